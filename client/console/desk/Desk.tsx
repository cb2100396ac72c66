import { Box, Typography } from '@mui/material';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useRedirect, useStore, useTranslate } from 'react-admin';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page } from '../shared/Page.tsx';
import { ResumeCalls } from '../shared/ResumeCalls.tsx';
import { EndedCall } from './EndedCall.tsx';
import { Results } from './Results.tsx';
import { optionId } from './ResultRow.tsx';
import { SearchBox } from './SearchBox.tsx';
import { SearchHelp } from './SearchHelp.tsx';
import { Understood } from './Understood.tsx';
import { useMemberSearch } from './useMemberSearch.ts';

/** The first screen of those who answer calls: one box, and what it finds. */
export const Desk = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  // In memory only, so that coming back from a member finds the list as it was.
  const [query, setQuery] = useStore('desk.query', '');
  const [organisation, setOrganisation] = useStore('desk.organisation', '');
  const [point, setPoint] = useState({ of: '', index: 0 });
  const search = useMemberSearch(query, organisation);
  const { members, answer } = search;
  // Another search begins again at its first line.
  const of = `${organisation} ${query}`;
  const chosen = point.of === of ? point.index : 0;
  const setChosen = (index: number) => setPoint({ of, index });

  // Enter pressed before the answer was there opens the only one found, once it is.
  const [awaited, setAwaited] = useState<string | null>(null);
  const isReady = search.isSettled && !search.isFetching;
  const only = members.length === 1 && isReady && awaited === of ? members[0]?.id : undefined;
  useEffect(() => {
    if (only) redirect('show', 'members', only);
  }, [only, redirect]);

  const open = (id: string) => redirect('show', 'members', id);
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(members.length - 1, chosen + step)));
    }
    const member = members[chosen];
    if (event.key === 'Enter' && !isReady) setAwaited(of);
    if (event.key === 'Enter' && member && isReady) open(member.id);
    if (event.key === 'Escape') setQuery('');
  };
  return (
    <Page
      title={translate('desk.title')}
      heading={
        <Typography variant="h1" sx={{ mb: 1 }}>
          {translate('desk.title')}
        </Typography>
      }
    >
      <SearchBox
        query={query}
        onQuery={(typed) => {
          setAwaited(null);
          setQuery(typed);
        }}
        organisation={organisation}
        onOrganisation={setOrganisation}
        onKeyDown={onKeyDown}
        isExpanded={members.length > 0}
        activeId={members[chosen] && optionId(members[chosen].id)}
      />
      <Understood
        query={query}
        answer={query.trim() ? answer : undefined}
        isBusy={search.isFetching || !search.isSettled}
        onQuery={setQuery}
      />
      <ErrorText error={search.error} />
      {query.trim() === '' ? (
        <>
          <EndedCall />
          <Box sx={{ mb: 2 }}>
            <ResumeCalls />
          </Box>
          <SearchHelp />
        </>
      ) : (
        <Results search={search} chosen={chosen} onChoose={setChosen} onOpen={open} />
      )}
      <Box sx={{ height: 24 }} />
    </Page>
  );
};
