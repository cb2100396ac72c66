import { Box, MenuItem, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
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

const dayMs = 86_400_000;

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
  const organisationId = chosen || (own[0]?.id ?? '');
  const [begins, ends] = [fromParisField(from), fromParisField(to)];
  const query =
    organisationId && begins && ends
      ? new URLSearchParams({
          ...{ organisationId, every },
          ...{ from: begins.toISOString(), to: ends.toISOString() },
        })
      : undefined;
  const { data, error } = useQuery({
    queryKey: ['mass-locks', String(query), locale],
    queryFn: ({ signal }) => getJson<MassLocks>(`/mass-locks?${query}`, { signal }),
    enabled: query !== undefined,
  });
  return (
    <Page title={translate('incidents.locks.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Box sx={{ maxWidth: 860, color: 'var(--ink-soft)' }}>{translate('incidents.locks.lead')}</Box>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', alignItems: 'flex-start', gap: 1.5 }}>
          <TextField
            select
            margin="none"
            label={translate('incidents.locks.organisation')}
            value={own.length > 0 ? organisationId : ''}
            sx={{ minWidth: 220 }}
            onChange={(event) => setChosen(event.target.value)}
          >
            {own.map(({ id, name }) => (
              <MenuItem key={id} value={id}>
                {name}
              </MenuItem>
            ))}
          </TextField>
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
        <BulkRequests filter={{ kind: 'unblock' }} hideEmpty />
        {data && (
          <>
            <LockClusters clusters={data.clusters} organisationId={organisationId} />
            <Panel title={translate('incidents.locks.causes')}>
              <LockCauses causes={data.causes} />
            </Panel>
            <Panel title={translate('incidents.locks.overTime')}>
              <LocksOverTime locks={data} />
            </Panel>
          </>
        )}
      </Box>
    </Page>
  );
};
