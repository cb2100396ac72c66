import { Box } from '@mui/material';
import { useDataProvider, useTranslate } from 'react-admin';
import type { Outcome } from '../../../server/accounts/accounts.schema.ts';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { useCall } from '../shared/useCall.ts';
import type { Done } from './OutcomePanel.tsx';

/** As the routes are called. */
export type Report = 'suspicion' | 'death' | 'disputed-closure';

type Props = {
  member: MemberPage;
  report: Report;
  onDone: (done: Done) => void;
  onClose: () => void;
  onReload: () => void;
};

/** What a report will do; then the sentence to end the call with. */
export const ReportDialog = ({ member, report, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const call = useCall();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const send = useAct(
    (input: { version: number }, key) => dataProvider.act<Outcome>('members', member.id, report, input, key),
    onDone,
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate(`members.report.${report}.label`)}
      confirm={translate(`members.report.${report}.confirm`)}
      canConfirm
      isPending={send.isPending}
      error={send.error}
      onConfirm={() => send.mutate({ version: member.version })}
    >
      <WhatHappens>{translate(`members.report.${report}.what`)}</WhatHappens>
      {call?.caller === 'unsaid' && (
        <Box sx={{ color: 'var(--locked-ink)' }}>{translate('act.callerUnsaid')}</Box>
      )}
    </ActionDialog>
  );
};
