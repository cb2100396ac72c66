import { Box, Checkbox, FormControlLabel } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { AskKill, ToKill } from '../../../server/supervision/bulk.schema.ts';
import type { Criteria, Incident } from '../../../server/supervision/incidents.schema.ts';
import { getJson } from '../request.ts';
import { ActionDialog, WhatHappens } from '../shared/ActionDialog.tsx';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Facts } from '../shared/Facts.tsx';
import { NoteField, type Written } from '../shared/NoteField.tsx';
import { useNumbers } from '../shared/useNumbers.ts';
import { CountedFacts } from './CountedFacts.tsx';
import { bulkKey, useAskBulk, whyFrom } from './useBulk.ts';

type Props = { incident: Incident; criteria: Criteria; onClose: () => void };

/** Asks that what opens these accounts dies; nothing happens before somebody else approves. */
export const KillDialog = ({ incident, criteria, onClose }: Props) => {
  const translate = useTranslate();
  const { data, error } = useToKill(incident.id, criteria);
  const [chosen, setChosen] = useState<boolean | null>(null);
  // What an agent sent by letter without a reason would go out all the same.
  const withLetters = chosen ?? (data !== undefined && data.counted.letters > 0);
  const [written, setWritten] = useState<Written>({ text: '', confirmed: false });
  const ask = useAskBulk<AskKill>(`/incidents/${encodeURIComponent(incident.id)}/kill-requests`, onClose);
  return (
    <ActionDialog
      title={translate('incidents.kill.title')}
      confirm={translate('incidents.kill.confirm')}
      canConfirm={data !== undefined && written.text.trim() !== ''}
      isPending={ask.isPending}
      error={ask.error}
      onClose={onClose}
      onConfirm={() => ask.mutate({ ...criteria, withLetters, ...whyFrom(written) })}
    >
      <ErrorText error={error} />
      {data && <Targets toKill={data} withLetters={withLetters} />}
      <FormControlLabel
        label={translate('incidents.kill.letters')}
        control={<Checkbox checked={withLetters} onChange={(_event, isOn) => setChosen(isOn)} />}
      />
      <NoteField
        label={translate('incidents.bulk.why')}
        warning="incidents.bulk.whyWarning"
        written={written}
        onChange={setWritten}
        error={ask.error}
        disabled={ask.isPending}
      />
    </ActionDialog>
  );
};

/** Counted again each time: the request freezes whom it is about. */
const useToKill = (incidentId: string, criteria: Criteria) => {
  const query = new URLSearchParams(
    Object.entries(criteria).filter((one): one is [string, string] => !!one[1]),
  );
  const path = `/incidents/${encodeURIComponent(incidentId)}/to-kill?${query}`;
  return useQuery({
    queryKey: [...bulkKey, 'to-kill', path],
    queryFn: ({ signal }) => getJson<ToKill>(path, { signal }),
    gcTime: 0,
  });
};

const Targets = ({ toKill, withLetters }: { toKill: ToKill; withLetters: boolean }) => {
  const translate = useTranslate();
  const format = useNumbers();
  const { people, accounts, counted } = toKill;
  return (
    <>
      <WhatHappens>
        {translate('incidents.kill.what', { smart_count: accounts, count: format(accounts) })}{' '}
        {people !== accounts &&
          translate('incidents.kill.people', { smart_count: people, count: format(people) })}
      </WhatHappens>
      <Box sx={{ mb: 1 }}>
        <Facts>
          <CountedFacts counted={counted} withLetters={withLetters} />
        </Facts>
      </Box>
    </>
  );
};
