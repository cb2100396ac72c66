import { Box } from '@mui/material';
import { useState, type ReactNode } from 'react';
import { useTranslate } from 'react-admin';
import { ActionDialog, WhatHappens } from './ActionDialog.tsx';
import { ReasonChoice } from './ReasonChoice.tsx';
import { useAct } from './useAct.ts';
import { useCall } from './useCall.ts';

type Props<Answer> = {
  title: string;
  confirm: string;
  cancel?: string;
  what: ReactNode;
  reasons: { id: string; label: string }[];
  /** What else may be chosen, below the reasons. */
  more?: (reason: string, disabled: boolean) => ReactNode;
  /** Asked besides, of who sits at the session: what it needs to be tried, and what of an error it says itself. */
  proof?: { isGiven: boolean; isSaid: (error: unknown) => boolean; field: (error: unknown) => ReactNode };
  /** What was chosen there: part of what is asked, so that another choice is another attempt. */
  chosen?: unknown;
  run: (reason: string, key: string) => Promise<Answer>;
  onDone: (answer: Answer) => void;
  onClose: () => void;
  onReload?: () => void;
};

/** An act that asks a reason, chosen beforehand when the call's own reason is on the list. */
export const ReasonDialog = <Answer,>(props: Props<Answer>) => {
  const { what, reasons, more, proof, chosen: alsoChosen, run, onDone, ...dialog } = props;
  const translate = useTranslate();
  const call = useCall();
  const fromCall = reasons.find(({ id }) => id === call?.reason)?.id ?? '';
  const [chosen, setChosen] = useState('');
  const reason = chosen || fromCall;
  const act = useAct((input: { reason: string; alsoChosen: unknown }, key) => run(input.reason, key), onDone);
  return (
    <ActionDialog
      {...dialog}
      canConfirm={reason !== '' && (proof?.isGiven ?? true)}
      isPending={act.isPending}
      error={proof?.isSaid(act.error) ? null : act.error}
      onConfirm={() => act.mutate({ reason, alsoChosen })}
    >
      <WhatHappens>{what}</WhatHappens>
      {call?.caller === 'unsaid' && (
        <Box sx={{ mb: 2, color: 'var(--locked-ink)' }}>{translate('act.callerUnsaid')}</Box>
      )}
      <ReasonChoice reasons={reasons} value={reason} onChange={setChosen} disabled={act.isPending} />
      <Box sx={{ mt: 1, minHeight: 20, fontSize: 13, color: 'var(--ink-soft)' }}>
        {reason === '' && reasons.length > 0 && translate('act.chooseReason')}
      </Box>
      {more?.(reason, act.isPending)}
      {proof?.field(act.error)}
    </ActionDialog>
  );
};
