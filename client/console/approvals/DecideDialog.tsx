import { Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useTranslate } from 'react-admin';
import type { Approval, Approve } from '../../../server/approvals/approvals.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { useAct } from '../shared/useAct.ts';
import { ApprovalFacts } from './ApprovalFacts.tsx';

export type Decision = 'approve' | 'refuse' | 'withdraw';

type Props = {
  approval: Approval;
  decision: Decision;
  onDone: () => void;
  onClose: () => void;
  onReload: () => void;
};

/** As in the server's schema. */
const wordLength = 200;

/** A second person's yes or no, or its asker taking it back; says what came of it. */
export const DecideDialog = ({ approval, decision, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const notify = useNotify();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [word, setWord] = useState('');
  const said = word.trim();
  const decide = useAct(
    (input: Approve, key) => dataProvider.act<Approval>('approvals', approval.id, decision, input, key),
    ({ state, outcome }) => {
      notify(outcome ?? `approvals.state.${state}`, { type: state === 'overtaken' ? 'warning' : 'info' });
      onDone();
    },
  );
  const words = `approvals.${decision}.${approval.act === 'document' ? 'document' : 'act'}`;
  return (
    <ActionDialog
      {...dialog}
      title={translate(`approvals.${decision}.title`, { what: approval.what })}
      confirm={translate(`approvals.${decision}.confirm`)}
      reload={translate('approvals.reload')}
      canConfirm={decision !== 'refuse' || said !== ''}
      isPending={decide.isPending}
      error={decide.error}
      onConfirm={() => decide.mutate({ ...(said && { word: said }), version: approval.version })}
    >
      <WhatHappens>{translate(words)}</WhatHappens>
      <ApprovalFacts approval={approval} />
      {decision !== 'withdraw' && (
        <Box sx={{ mt: 1 }}>
          <TextField
            fullWidth
            multiline
            margin="dense"
            required={decision === 'refuse'}
            label={translate(`approvals.${decision}.word`)}
            helperText={translate('approvals.wordHelp')}
            value={word}
            disabled={decide.isPending}
            slotProps={{ htmlInput: { maxLength: wordLength } }}
            onChange={(event) => setWord(event.target.value)}
          />
        </Box>
      )}
    </ActionDialog>
  );
};
