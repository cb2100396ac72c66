import { FormControl, FormControlLabel, FormLabel, Radio, RadioGroup } from '@mui/material';
import { useId, useState } from 'react';
import { useDataProvider, useLocale, useNotify, useTranslate } from 'react-admin';
import type { Callback, CallbackOutcome, DoneCallback } from '../../../server/calls/callbacks.schema.ts';
import type { ConsoleDataProvider } from '../dataProvider.ts';
import { ActionDialog } from '../shared/ActionDialog.tsx';
import { formatMoment } from '../shared/dates.ts';
import { NoteField, noteFrom, type Written } from '../shared/NoteField.tsx';
import { useAct } from '../shared/useAct.ts';
import type { CallbackDialogProps } from './TakeDialog.tsx';

const outcomes: CallbackOutcome[] = ['reached', 'not-reached', 'no-longer-needed'];

/** How it went; a member who was not reached is still owed the call. */
export const DoneDialog = ({ callback, onDone, ...dialog }: CallbackDialogProps) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const notify = useNotify();
  const labelId = useId();
  const dataProvider = useDataProvider<ConsoleDataProvider>();
  const [outcome, setOutcome] = useState<CallbackOutcome | ''>('');
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const finish = useAct(
    (input: DoneCallback, key) => dataProvider.act<Callback>('callbacks', callback.id, 'done', input, key),
    ({ doneAt, dueAt }) => {
      const moment = formatMoment(dueAt, locale, translate);
      notify(translate(doneAt ? 'callbacks.done.settled' : 'callbacks.done.again', { moment }));
      onDone();
    },
  );
  return (
    <ActionDialog
      {...dialog}
      title={translate('callbacks.done.title')}
      confirm={translate('callbacks.done.confirm')}
      reload={translate('callbacks.reload')}
      canConfirm={outcome !== ''}
      isPending={finish.isPending}
      error={finish.error}
      onConfirm={() => {
        if (outcome) finish.mutate({ outcome, ...noteFrom(written), version: callback.version });
      }}
    >
      <FormControl margin="none" disabled={finish.isPending}>
        <FormLabel id={labelId} sx={{ fontWeight: 700, fontSize: 15 }}>
          {translate('callbacks.done.outcome')}
        </FormLabel>
        <RadioGroup
          aria-labelledby={labelId}
          value={outcome}
          onChange={(event) => setOutcome(event.target.value as CallbackOutcome)}
        >
          {outcomes.map((one) => (
            <FormControlLabel
              key={one}
              value={one}
              label={translate(`callbacks.done.${one}`)}
              control={<Radio size="small" sx={{ py: 0.5 }} />}
            />
          ))}
        </RadioGroup>
      </FormControl>
      <NoteField
        label={translate('callbacks.done.note')}
        written={written}
        onChange={setWritten}
        error={finish.error}
        disabled={finish.isPending}
      />
    </ActionDialog>
  );
};
