import { Box, Button, TextField } from '@mui/material';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { FoundCalls, StoryCall } from '../../../server/supervision/stories.schema.ts';
import { request } from '../request.ts';
import { ActionDialog } from '../shared/ActionDialog.tsx';
import { formatMoment } from '../shared/dates.ts';
import { useAct } from '../shared/useAct.ts';
import { CallHeading } from './CallHeading.tsx';

type Props = { onClose: () => void; onChoose: (id: string, words: string) => void };

/** A call by its reference; which of several is chosen among what each was. */
export const FindCallDialog = ({ onClose, onChoose }: Props) => {
  const translate = useTranslate();
  const [reference, setReference] = useState('');
  const find = useAct(async (given: string) => {
    const body = JSON.stringify({ reference: given });
    return ((await request('/api/calls/find', { method: 'POST', body })).json as FoundCalls).calls;
  });
  return (
    <ActionDialog
      title={translate('audit.filter.callId')}
      confirm={translate('audit.find.confirm')}
      cancel={translate('audit.find.close')}
      canConfirm={reference.trim() !== ''}
      isPending={find.isPending}
      error={find.error}
      onConfirm={() => find.mutate(reference.trim())}
      onClose={onClose}
    >
      <Box sx={{ mb: 1.5 }}>{translate('audit.find.whatCall')}</Box>
      <TextField
        fullWidth
        autoFocus
        label={translate('audit.find.reference')}
        value={reference}
        slotProps={{ htmlInput: { autoComplete: 'off', spellCheck: false, maxLength: 60 } }}
        onChange={(event) => setReference(event.target.value)}
      />
      {find.data && <Found calls={find.data} onChoose={onChoose} />}
    </ActionDialog>
  );
};

const Found = ({ calls, onChoose }: { calls: StoryCall[] } & Pick<Props, 'onChoose'>) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  const wordsOf = ({ openedAt }: StoryCall) =>
    translate('audit.filter.callOf', { moment: formatMoment(openedAt, locale, translate) });
  if (calls.length === 0) return <Box role="status">{translate('audit.find.noCall')}</Box>;
  return (
    <Box component="ul" role="status" sx={{ listStyle: 'none', m: 0, mt: 1.5, p: 0 }}>
      {calls.map((call) => (
        <Box component="li" key={call.id} sx={{ py: 1, borderTop: '1px solid var(--line)' }}>
          <CallHeading call={call} withAgent />
          <Button size="small" onClick={() => onChoose(call.id, wordsOf(call))}>
            {translate('audit.find.choose')}
          </Button>
        </Box>
      ))}
    </Box>
  );
};
