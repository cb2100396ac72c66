import { Box, Button } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useDataProvider, useNotify, useRefresh, useTranslate } from 'react-admin';
import type { RightsLine } from '../../../server/agents/rights-review.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { dueKey } from './useDue.ts';

/** Somebody else says that these rights are right; one's own say why they cannot be. */
export const ConfirmRights = ({ line }: { line: RightsLine }) => {
  const translate = useTranslate();
  const whyId = useId();
  const [isOpen, setOpen] = useState(false);
  const { allowed, why } = line.can.confirm;
  if (!allowed && !why) return null;
  return (
    <Box sx={{ maxWidth: 200, displayPrint: 'none' }}>
      <Button
        size="small"
        variant="outlined"
        disabled={!allowed}
        aria-label={translate('rights.confirm.of', { name: line.name })}
        aria-describedby={why ? whyId : undefined}
        onClick={() => setOpen(true)}
      >
        {translate('rights.confirm.button')}
      </Button>
      {why && (
        <Box id={whyId} sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
          {why}
        </Box>
      )}
      {isOpen && <ConfirmDialog line={line} onClose={() => setOpen(false)} />}
    </Box>
  );
};

const ConfirmDialog = ({ line, onClose }: { line: RightsLine; onClose: () => void }) => {
  const translate = useTranslate();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const client = useQueryClient();
  const refresh = useRefresh();
  const notify = useNotify();
  const readAgain = () => {
    onClose();
    void client.invalidateQueries({ queryKey: dueKey });
    refresh();
  };
  const confirm = useAct(
    (input: { version: number }, key) =>
      dataProvider.act<RightsLine>('rights-review', line.id, 'confirm', input, key),
    () => {
      notify('rights.confirm.done');
      readAgain();
    },
  );
  return (
    <ActionDialog
      title={translate('rights.confirm.title', { name: line.name })}
      confirm={translate('rights.confirm.confirm')}
      canConfirm
      isPending={confirm.isPending}
      error={confirm.error}
      onClose={onClose}
      onReload={readAgain}
      reload={translate('rights.confirm.reload')}
      onConfirm={() => confirm.mutate({ version: line.version })}
    >
      <WhatHappens>{translate('rights.confirm.what')}</WhatHappens>
      <Box sx={{ fontWeight: 700 }}>{line.roleInWords}</Box>
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {line.permissions.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </Box>
    </ActionDialog>
  );
};
