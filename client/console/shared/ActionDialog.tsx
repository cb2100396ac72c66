import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from '@mui/material';
import { useId, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { ErrorText, isConflict } from './ErrorText.tsx';

type Props = {
  title: string;
  confirm: string;
  cancel?: string;
  /** What will happen before it happens, and what must be chosen. */
  children: ReactNode;
  canConfirm: boolean;
  isPending: boolean;
  error: unknown;
  onConfirm: () => void;
  onClose: () => void;
  /** Offered when somebody else changed it first. */
  onReload?: () => void;
  /** What reloading is called, where it is not the member's page that is read again. */
  reload?: string;
};

/** One act, one dialog, one confirm button: closed by Escape unless the act is under way. */
export const ActionDialog = ({
  title,
  confirm,
  cancel,
  children,
  onConfirm,
  onClose,
  onReload,
  reload,
  ...state
}: Props) => {
  const translate = useTranslate();
  const titleId = useId();
  const { canConfirm, isPending, error } = state;
  return (
    <Dialog open onClose={isPending ? undefined : onClose} aria-labelledby={titleId} maxWidth="sm" fullWidth>
      <Box
        component="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          if (canConfirm && !isPending) onConfirm();
        }}
      >
        <DialogTitle id={titleId} sx={{ fontSize: 17, fontWeight: 700 }}>
          {title}
        </DialogTitle>
        <DialogContent>
          {children}
          <ErrorText error={error}>
            {onReload && isConflict(error) && (
              <Button size="small" color="inherit" onClick={onReload} sx={{ mt: 0.5, ml: -1 }}>
                {reload ?? translate('act.reload')}
              </Button>
            )}
          </ErrorText>
        </DialogContent>
        <DialogActions sx={{ px: 3, pb: 2 }}>
          <Button type="button" onClick={onClose} disabled={isPending}>
            {cancel ?? translate('act.cancel')}
          </Button>
          <Button type="submit" variant="contained" disabled={!canConfirm || isPending}>
            {isPending ? translate('act.pending') : confirm}
          </Button>
        </DialogActions>
      </Box>
    </Dialog>
  );
};

/** The part of an act's dialog that says what will happen. */
export const WhatHappens = ({ children }: { children: ReactNode }) => {
  const translate = useTranslate();
  return (
    <Box
      sx={{ mb: 2, px: 1.5, py: 1, borderLeft: '4px solid var(--accent)', backgroundColor: 'var(--raised)' }}
    >
      <Box sx={{ fontSize: 13, fontWeight: 700, color: 'var(--ink-soft)' }}>
        {translate('act.whatHappens')}
      </Box>
      {children}
    </Box>
  );
};
