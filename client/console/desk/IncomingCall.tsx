import Gpp from '@mui/icons-material/GppMaybeOutlined';
import { Box, Button } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState, type KeyboardEvent } from 'react';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { IncomingCall as Incoming } from '../../../server/desk/incoming-calls.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { Page } from '../shared/Page.tsx';
import { useCall, useOpenCall, useRefreshCall } from '../shared/useCall.ts';
import { useMay } from '../shared/useMe.ts';
import { FoundList } from './FoundList.tsx';

/** What the telephone system opens while a call rings: who may be calling, which proves nothing. */
export const IncomingCall = () => (useMay('member.search') ? <Ringing /> : <NoSuchPage />);

const Ringing = () => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const { incoming, error } = useIncoming();
  return (
    <Page title={translate('desk.incoming.title')}>
      {!incoming && !error && <Box role="status">{translate('desk.incoming.loading')}</Box>}
      <ErrorText error={error} />
      {incoming && (
        <>
          <Box sx={{ display: 'flex', gap: 1, mb: 1.5, fontSize: 17 }}>
            <Gpp aria-hidden sx={{ color: 'var(--locked-ink)' }} />
            {incoming.note ?? translate('desk.incoming.provesNothing')}
          </Box>
          {incoming.members.length > 0 && <Candidates incoming={incoming} />}
        </>
      )}
      <Button sx={{ mt: 1.5 }} onClick={() => redirect('/')}>
        {translate('desk.incoming.search')}
      </Button>
    </Page>
  );
};

const Candidates = ({ incoming: { members, more } }: { incoming: Incoming }) => {
  const translate = useTranslate();
  const [chosen, setChosen] = useState(0);
  const { open, error } = useOpenCandidate();
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      setChosen(Math.max(0, Math.min(members.length - 1, chosen + step)));
    }
    const member = members[chosen];
    if (event.key === 'Enter' && member) open(member.id);
  };
  return (
    <>
      <FoundList members={members} chosen={chosen} onChoose={setChosen} onOpen={open} onKeyDown={onKeyDown}>
        {more && translate('desk.incoming.more')}
      </FoundList>
      <ErrorText error={error} />
    </>
  );
};

/** Read once: it is recorded as a search. */
const useIncoming = () => {
  const { id = '' } = useParams();
  const locale = useLocale();
  const refreshCall = useRefreshCall();
  const { data, error } = useQuery({
    queryKey: ['incoming', id, locale],
    queryFn: async ({ signal }) => {
      const read = await getJson<Incoming>(`/incoming-calls/${encodeURIComponent(id)}`, { signal });
      refreshCall();
      return read;
    },
    staleTime: Infinity,
    gcTime: 0,
    refetchOnReconnect: false,
  });
  return { incoming: data, error };
};

/** A call that rings is another call: the one before it ends, unless it has only just begun with nobody. */
const useOpenCandidate = () => {
  const redirect = useRedirect();
  const call = useCall();
  const { mutate, error } = useOpenCall();
  const open = (memberId: string) => {
    const show = () => redirect('show', 'members', memberId);
    const isFresh = call?.channel === 'telephone' && call.caller === 'unsaid' && call.memberId === null;
    if (isFresh) return show();
    return mutate({ channel: 'telephone', caller: 'unsaid', memberId }, { onSuccess: show });
  };
  return { open, error };
};
