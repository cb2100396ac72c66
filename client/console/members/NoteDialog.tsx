import { Box, Checkbox, FormControlLabel } from '@mui/material';
import { useState } from 'react';
import { useDataProvider, useNotify, useTranslate } from 'react-admin';
import type { NewNote, Note } from '../../../server/calls/notes.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { NoteField, type Written } from '../shared/NoteField.tsx';
import { useAct } from '../shared/useAct.ts';
import { useCall, useRefreshCall } from '../shared/useCall.ts';

type Props = { memberId: string; onDone: () => void; onClose: () => void };

/** A note about a member, in the open call. */
export const NoteDialog = ({ memberId, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const notify = useNotify();
  const call = useCall();
  const refreshCall = useRefreshCall();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const [isDifficult, setDifficult] = useState(false);
  const add = useAct(
    (input: NewNote, key) => dataProvider.act<Note>('members', memberId, 'notes', input, key),
    () => {
      notify('notes.done');
      refreshCall();
      onDone();
    },
  );
  const { text, confirmed } = written;
  return (
    <ActionDialog
      {...dialog}
      title={translate('notes.add')}
      confirm={translate('notes.confirm')}
      canConfirm={text.trim() !== ''}
      isPending={add.isPending}
      error={add.error}
      onConfirm={() =>
        add.mutate({
          kind: isDifficult ? 'difficult-caller' : 'note',
          text,
          ...(confirmed && { confirmed }),
        })
      }
    >
      <WhatHappens>{translate('notes.what')}</WhatHappens>
      {call?.caller === 'unsaid' && (
        <Box sx={{ mb: 2, color: 'var(--locked-ink)' }}>{translate('act.callerUnsaid')}</Box>
      )}
      <NoteField
        label={translate('notes.field')}
        written={written}
        onChange={setWritten}
        error={add.error}
        disabled={add.isPending}
      />
      <FormControlLabel
        sx={{ mt: 0.5 }}
        label={translate('notes.difficult')}
        control={
          <Checkbox
            size="small"
            checked={isDifficult}
            disabled={add.isPending}
            onChange={(event) => setDifficult(event.target.checked)}
          />
        }
      />
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>{translate('notes.difficultHelp')}</Box>
    </ActionDialog>
  );
};
