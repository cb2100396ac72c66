import ArrowBack from '@mui/icons-material/ArrowBack';
import Refresh from '@mui/icons-material/Refresh';
import { Box, Button } from '@mui/material';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import { formatTime } from '../shared/dates.ts';
import { ErrorText } from '../shared/ErrorText.tsx';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { Page } from '../shared/Page.tsx';
import { useMay } from '../shared/useMe.ts';
import { MemberBody } from './MemberBody.tsx';
import { MemberName } from './MemberName.tsx';
import { useMember } from './useMember.ts';

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
        <MemberBody
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
