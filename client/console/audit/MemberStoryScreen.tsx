import { Box, Button } from '@mui/material';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router-dom';
import type { AuditRow } from '../../../server/audit/audit.schema.ts';
import type { MemberStory, StoryCall } from '../../../server/supervision/stories.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useMay, useOrganisationName } from '../shared/useMe.ts';
import { useNumbers } from '../shared/useNumbers.ts';
import { CallHeading } from './CallHeading.tsx';
import { EventTable } from './EventTable.tsx';
import { consultationsPath } from './paths.ts';
import { WhoseFile } from './WhoseFile.tsx';

/** Everything the audit holds about one member, newest first, call by call. */
export const MemberStoryScreen = () => {
  const { id = '' } = useParams();
  return useMay('audit.list') ? <Story id={id} /> : <NoSuchPage />;
};

const Story = ({ id }: { id: string }) => {
  const translate = useTranslate();
  const { data, error, hasNextPage, fetchNextPage, isFetching } = useInfiniteQuery({
    queryKey: ['member-story', id],
    queryFn: ({ signal, pageParam }) =>
      getJson<MemberStory>(`/members/${encodeURIComponent(id)}/story${pageParam}`, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => (next === null ? undefined : `?after=${encodeURIComponent(next)}`),
    // Each reading is recorded.
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  const pages = data?.pages ?? [];
  const calls = pages.flatMap((page) => page.calls);
  return (
    <Page title={translate('audit.story.title')}>
      <Box sx={{ display: 'grid', gap: 1.5 }}>
        <ErrorText error={error} />
        {pages[0] && <Lead story={pages[0]} />}
        {groupsOf(pages.flatMap((page) => page.events)).map(({ callId, events }, at) => (
          <Group
            key={`${callId}-${at}`}
            memberId={id}
            call={calls.find((one) => one.id === callId)}
            events={events}
          />
        ))}
        {isFetching && <Box role="status">{translate('audit.story.loading')}</Box>}
        {hasNextPage && !isFetching && (
          <Button variant="outlined" onClick={() => void fetchNextPage()}>
            {translate('audit.story.more')}
          </Button>
        )}
      </Box>
    </Page>
  );
};

const Lead = ({ story: { memberId, who, organisationId, total, bounded } }: { story: MemberStory }) => {
  const translate = useTranslate();
  const nameOf = useOrganisationName();
  const numbers = useNumbers();
  const mayView = useMay('member.view');
  const mayConsult = useMay('consultations.view');
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 3, rowGap: 0.5 }}>
      <WhoseFile who={who} />
      <span>
        {nameOf(organisationId)} ·{' '}
        {translate(bounded ? 'audit.story.atLeast' : 'audit.story.total', {
          smart_count: total,
          rows: numbers(total),
        })}
      </span>
      {mayView && (
        <Link to={`/members/${encodeURIComponent(memberId)}/show`}>{translate('audit.member')}</Link>
      )}
      {mayConsult && <Link to={consultationsPath(memberId)}>{translate('audit.consultations.link')}</Link>}
    </Box>
  );
};

type GroupProps = { memberId: string; call: StoryCall | undefined; events: AuditRow[] };

const Group = ({ memberId, call, events }: GroupProps) => {
  const translate = useTranslate();
  const title = translate(call ? 'audit.story.call' : 'audit.story.outside');
  return (
    <Panel title={title} aside={call && <CallHeading call={call} withAgent />}>
      <EventTable label={title} events={events} without="whom" memberId={memberId} />
    </Panel>
  );
};

/** What belongs to one call stands together as long as nothing else comes between. */
const groupsOf = (events: AuditRow[]): { callId: string | null; events: AuditRow[] }[] => {
  const groups: { callId: string | null; events: AuditRow[] }[] = [];
  for (const event of events) {
    const last = groups.at(-1);
    if (last && last.callId === event.callId) last.events.push(event);
    else groups.push({ callId: event.callId, events: [event] });
  }
  return groups;
};
