import ArrowBack from '@mui/icons-material/ArrowBack';
import Refresh from '@mui/icons-material/Refresh';
import { Box, Button } from '@mui/material';
import { useState } from 'react';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import type { MemberPage } from '../../../server/desk/desk.schema.ts';
import { formatTime } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { Page } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { ActsPanel } from './ActsPanel.tsx';
import { ContactsPanel } from './ContactsPanel.tsx';
import { HeadlineBand } from './HeadlineBand.tsx';
import { HouseholdPanel } from './HouseholdPanel.tsx';
import { IdentityPanel } from './IdentityPanel.tsx';
import { LettersPanel } from './LettersPanel.tsx';
import { MessagesPanel } from './MessagesPanel.tsx';
import { MemberName } from './MemberName.tsx';
import { OutcomePanel, type Done } from './OutcomePanel.tsx';
import { SayBanner } from './SayBanner.tsx';
import { TimelinePanel } from './TimelinePanel.tsx';
import { useMember } from './useMember.ts';
import { useProgress } from './useProgress.ts';
import { WhoSpeaks } from './WhoSpeaks.tsx';

/** The member's page, read from top to bottom: who, may they get in, what to say, what can be done, then the rest. */
export const MemberScreen = () => (useMay('member.view') ? <ReadMember /> : <NoSuchPage />);

const ReadMember = () => {
  const translate = useTranslate();
  const { member, error, isFetching, readAt, refetch } = useMember();
  const reload = () => void refetch();
  return (
    <Page
      title={translate('members.title')}
      heading={
        <Box
          sx={{ display: 'flex', alignItems: 'flex-start', justifyContent: 'space-between', gap: 2, mb: 1 }}
        >
          <MemberName member={member} />
          <Tools readAt={readAt} isFetching={isFetching} onRefresh={reload} />
        </Box>
      }
    >
      {!member && !error && <Box role="status">{translate('members.loading')}</Box>}
      <ErrorText error={error} />
      {member && (
        <Body
          // Another member is another page: nothing of the former may stay, least of all its NIR.
          key={member.id}
          member={member}
          readAt={readAt}
          onReload={reload}
        />
      )}
    </Page>
  );
};

type BodyProps = { member: MemberPage; readAt: number | undefined; onReload: () => void };

const Body = ({ member, readAt, onReload }: BodyProps) => {
  const progress = useProgress(member, readAt);
  const [done, setDone] = useState<Done | null>(null);
  const onDone = (what: Done) => {
    setDone(what);
    onReload();
  };
  return (
    <Box sx={{ display: 'grid', gap: 1.5 }}>
      <HeadlineBand headline={progress?.headline ?? member.headline} />
      <Box sx={{ display: 'grid', gridTemplateColumns: '7fr 5fr', gap: 1.5, alignItems: 'start' }}>
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          {done ? (
            <OutcomePanel done={done} onDismiss={() => setDone(null)} />
          ) : (
            <SayBanner toSay={member.toSay} />
          )}
          <WhoSpeaks />
          <ActsPanel member={member} onDone={onDone} onReload={onReload} />
          <MessagesPanel messages={member.messages} progress={progress} />
          <LettersPanel member={member} onDone={onDone} onReload={onReload} />
          <TimelinePanel timeline={member.timeline} />
        </Box>
        <Box sx={{ display: 'grid', gap: 1.5 }}>
          <IdentityPanel member={member} />
          <ContactsPanel contacts={member.contacts} />
          <HouseholdPanel household={member.household} />
        </Box>
      </Box>
    </Box>
  );
};

type ToolsProps = { readAt: number | undefined; isFetching: boolean; onRefresh: () => void };

const Tools = ({ readAt, isFetching, onRefresh }: ToolsProps) => {
  const translate = useTranslate();
  const redirect = useRedirect();
  const locale = useLocale() ?? 'fr';
  return (
    <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, flexShrink: 0 }}>
      <Box sx={{ fontSize: 13, color: 'var(--ink-soft)' }}>
        {readAt ? translate('members.readAt', { time: formatTime(readAt, locale) }) : null}
      </Box>
      <Button size="small" startIcon={<Refresh />} onClick={onRefresh} disabled={isFetching}>
        {translate('members.refresh')}
      </Button>
      <Button size="small" startIcon={<ArrowBack />} onClick={() => redirect('/')}>
        {translate('members.back')}
      </Button>
    </Box>
  );
};
