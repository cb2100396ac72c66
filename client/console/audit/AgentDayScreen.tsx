import { Box, TextField } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useLocale, useTranslate } from 'react-admin';
import { useParams, useSearchParams } from 'react-router-dom';
import type { AgentDay } from '../../../server/supervision/stories.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { formatDay } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { toParisField } from '../shared/parisClock.ts';
import { useMay } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { CallHeading } from './CallHeading.tsx';
import { EventTable } from './EventTable.tsx';

/** What one agent did on one day, call by call. It compares nobody. */
export const AgentDayScreen = () => {
  const { id = '' } = useParams();
  return useMay('audit.list') ? <OneDay id={id} /> : <NoSuchPage />;
};

const OneDay = ({ id }: { id: string }) => {
  const translate = useTranslate();
  const [params, setParams] = useSearchParams();
  const day = params.get('day') ?? toParisField(new Date()).slice(0, 10);
  const { data, error } = useQuery({
    queryKey: ['agent-day', id, day],
    queryFn: ({ signal }) =>
      getJson<AgentDay>(`/agents/${encodeURIComponent(id)}/day?day=${day}`, { signal }),
    // Each reading is recorded.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  return (
    <Page title={translate('audit.day.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <Box sx={{ display: 'flex', alignItems: 'center', gap: 2 }}>
          <TextField
            type="date"
            margin="none"
            label={translate('audit.day.day')}
            value={day}
            slotProps={{ inputLabel: { shrink: true } }}
            onChange={({ target: { value } }) => {
              if (value) setParams({ day: value }, { replace: true });
            }}
          />
          <Box sx={{ fontWeight: 700 }}>{data?.agentName}</Box>
        </Box>
        <ErrorText error={error} />
        {!data && !error && <Box role="status">{translate('audit.day.loading')}</Box>}
        {data && <Told data={data} callId={params.get('call')} />}
      </Box>
    </Page>
  );
};

type ToldProps = { data: AgentDay; callId: string | null };

const Told = ({ data: { day, counts, groups, cut }, callId }: ToldProps) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  if (groups.length === 0)
    return <Box>{translate('audit.day.nothing', { day: formatDay(day, locale) })}</Box>;
  return (
    <>
      <Panel title={translate('audit.day.counts')}>
        <Counts counts={counts} />
      </Panel>
      {cut && <Box role="status">{translate('audit.day.cut')}</Box>}
      {groups.map(({ call, events }, at) => {
        const title = translate(call ? 'audit.story.call' : 'audit.story.outside');
        return (
          <Box key={call?.id ?? `outside-${at}`} ref={call && call.id === callId ? bringIntoView : undefined}>
            <Panel title={title} aside={call && <CallHeading call={call} withAgent={false} />}>
              <EventTable label={title} events={events} without="who" timeOnly />
            </Panel>
          </Box>
        );
      })}
    </>
  );
};

const bringIntoView = (place: HTMLElement | null): void => place?.scrollIntoView({ block: 'start' });

const Counts = ({ counts }: Pick<AgentDay, 'counts'>) => {
  const translate = useTranslate();
  const numbers = useNumbers();
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: 'grid',
        gridTemplateColumns: 'repeat(auto-fill, minmax(280px, 1fr))',
        columnGap: 3,
        rowGap: 0.25,
      }}
    >
      {counts.map(({ type, times }) => (
        <Box key={type} sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
          <Box component="dt" sx={{ color: 'var(--ink-soft)' }}>
            {translate(`audit.type.${type}`, { _: type })}
          </Box>
          <Box component="dd" sx={{ m: 0, fontVariantNumeric: 'tabular-nums' }}>
            {numbers(times)}
          </Box>
        </Box>
      ))}
    </Box>
  );
};
