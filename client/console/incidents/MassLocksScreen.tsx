import { Box, MenuItem, TextField } from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocale, useTranslate } from 'react-admin';
import type { MassLocks } from '../../../server/supervision/mass-locks.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { ErrorText, fieldErrorOf } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { fromParisField, toParisField } from '../shared/parisClock.ts';
import { useMay, useOrganisations } from '../shared/useMe.ts';
import { BulkRequests } from './BulkRequests.tsx';
import { LockCauses } from './LockCauses.tsx';
import { LockClusters } from './LockClusters.tsx';
import { LocksOverTime } from './LocksOverTime.tsx';
import { MomentField } from './MomentField.tsx';
import { useBulk } from './useBulk.ts';

const dayMs = 86_400_000;
const unblocks = { kind: 'unblock' };

/** Locks over time by what brought them about: one wrong release of a portal locks thousands. */
export const MassLocksScreen = () => (useMay('incident.view') ? <ReadLocks /> : <NoSuchPage />);

const ReadLocks = () => {
  const translate = useTranslate();
  const locale = useLocale();
  const own = useOrganisations();
  const [chosen, setChosen] = useState('');
  const [from, setFrom] = useState(() => toParisField(new Date(Date.now() - dayMs)));
  const [to, setTo] = useState(() => toParisField(new Date(Date.now() + 60_000)));
  const [every, setEvery] = useState<'quarter' | 'minute'>('quarter');
  const isOfSeveral = own.length > 1;
  const [begins, ends] = [fromParisField(from), fromParisField(to)];
  const query =
    begins && ends
      ? new URLSearchParams({
          ...(chosen && { organisationId: chosen }),
          ...{ every, from: begins.toISOString(), to: ends.toISOString() },
        })
      : undefined;
  const bulk = useBulk(unblocks);
  // What is unblocked is not locked any more: read again with each step of it.
  const steps = bulk.data?.map(({ id, state, donePlace }) => `${id} ${state} ${donePlace}`).join();
  const { data, error } = useQuery({
    queryKey: ['mass-locks', String(query), locale, steps],
    queryFn: ({ signal }) => getJson<MassLocks>(`/mass-locks?${query}`, { signal }),
    enabled: query !== undefined && !bulk.isPending,
    placeholderData: keepPreviousData,
  });
  return (
    <Page title={translate('incidents.locks.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Box sx={{ maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('incidents.locks.lead')}</Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 1.5 }}>
          {isOfSeveral && (
            <TextField
              select
              margin="none"
              label={translate('incidents.locks.organisation')}
              value={chosen}
              sx={{ minWidth: 220 }}
              slotProps={{ select: { displayEmpty: true }, inputLabel: { shrink: true } }}
              onChange={(event) => setChosen(event.target.value)}
            >
              <MenuItem value="">{translate('incidents.locks.all')}</MenuItem>
              {own.map(({ id, name }) => (
                <MenuItem key={id} value={id}>
                  {name}
                </MenuItem>
              ))}
            </TextField>
          )}
          <MomentField
            label={translate('incidents.touched.from')}
            value={from}
            error={fieldErrorOf(error, 'from')}
            onChange={setFrom}
          />
          <MomentField
            label={translate('incidents.locks.to')}
            value={to}
            error={fieldErrorOf(error, 'to')}
            onChange={setTo}
          />
          <TextField
            select
            margin="none"
            label={translate('incidents.locks.every')}
            value={every}
            sx={{ minWidth: 160 }}
            onChange={(event) => setEvery(event.target.value === 'minute' ? 'minute' : 'quarter')}
          >
            {(['quarter', 'minute'] as const).map((one) => (
              <MenuItem key={one} value={one}>
                {translate(`incidents.locks.every-${one}`)}
              </MenuItem>
            ))}
          </TextField>
        </Box>
        <ErrorText error={error} />
        <BulkRequests filter={unblocks} hideEmpty />
        {data && (
          <>
            <LockClusters clusters={data.clusters} />
            <Panel title={translate('incidents.locks.causes')}>
              <LockCauses causes={data.causes} isOfSeveral={isOfSeveral} />
            </Panel>
            <Panel title={translate('incidents.locks.overTime')}>
              <LocksOverTime locks={data} isOfSeveral={isOfSeveral} />
            </Panel>
          </>
        )}
      </Box>
    </Page>
  );
};
