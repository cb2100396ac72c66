import { Box, TextField } from '@mui/material';
import { useState } from 'react';
import { useLocale, useNotify, useTranslate } from 'react-admin';
import type { Callback, NewCallback } from '../../../server/calls/callbacks.schema.ts';
import { sendJson } from '../request.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { formatMoment } from '../shared/dates.ts';
import { NoteField, noteFrom, type Written } from '../shared/NoteField.tsx';
import { fromParisField, toParisField } from '../shared/parisClock.ts';
import { useAct } from '../shared/useAct.ts';
import { useCall, useRefreshCall } from '../shared/useCall.ts';

const hourMs = 3_600_000;

type Props = { memberId: string; onDone: () => void; onClose: () => void };

/** A moment that the caller is told, in Paris time whatever this computer's zone. */
export const PromiseDialog = ({ memberId, onDone, ...dialog }: Props) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const notify = useNotify();
  const call = useCall();
  const refreshCall = useRefreshCall();
  // In two hours, on the hour: something to say at once, and easily changed.
  const [typed, setTyped] = useState(() =>
    toParisField(new Date(Math.ceil(Date.now() / hourMs) * hourMs + 2 * hourMs)),
  );
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const promise = useAct(
    (input: NewCallback, key) => sendJson<Callback>('POST', '/callbacks', input, key),
    ({ dueAt }) => {
      notify(translate('callbacks.promise.done', { moment: formatMoment(dueAt, locale, translate) }));
      refreshCall();
      onDone();
    },
  );
  const at = fromParisField(typed);
  return (
    <ActionDialog
      {...dialog}
      title={translate('callbacks.promise.title')}
      confirm={translate('callbacks.promise.confirm')}
      canConfirm={at !== undefined}
      isPending={promise.isPending}
      error={promise.error}
      onConfirm={() => {
        if (at) promise.mutate({ memberId, dueAt: at.toISOString(), ...noteFrom(written) });
      }}
    >
      <WhatHappens>{translate('callbacks.promise.what')}</WhatHappens>
      {call?.caller === 'unsaid' && (
        <Box sx={{ mb: 2, color: 'var(--locked-ink)' }}>{translate('act.callerUnsaid')}</Box>
      )}
      <TextField
        fullWidth
        type="datetime-local"
        margin="dense"
        label={translate('callbacks.promise.at')}
        helperText={translate('callbacks.promise.atHelp')}
        value={typed}
        disabled={promise.isPending}
        slotProps={{ inputLabel: { shrink: true } }}
        onChange={(event) => setTyped(event.target.value)}
      />
      <NoteField
        label={translate('callbacks.promise.note')}
        written={written}
        onChange={setWritten}
        error={promise.error}
        disabled={promise.isPending}
      />
    </ActionDialog>
  );
};
