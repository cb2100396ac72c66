import ArrowBack from '@mui/icons-material/ArrowBack';
import { Box, Button, Typography } from '@mui/material';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLocale, useRedirect, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import type { AgentPage } from '../../../server/agents/roster.schema.ts';
import { NoSuchPage } from '../layout/ScreenProblem.tsx';
import { getJson } from '../request.ts';
import { formatMoment } from '../shared/dates.ts';
import { Fact, Facts } from '../shared/Facts.tsx';
import { Page, Panel } from '../shared/Page.tsx';
import { useMay, useOrganisationName } from '../shared/useMe.ts';
import { AgentActs } from './AgentActs.tsx';
import { AgentState } from './AgentState.tsx';

/** One account of the desk: what it may do, its sessions, and what can be done about it. */
export const AgentScreen = () => {
  const { id = '' } = useParams();
  const mayManage = useMay('agent.manage');
  const client = useQueryClient();
  const queryKey = ['agents', 'page', id];
  const { data, error } = useQuery({
    queryKey,
    queryFn: ({ signal }) => getJson<AgentPage>(`/agents/${encodeURIComponent(id)}`, { signal }),
    enabled: mayManage,
  });
  if (!mayManage || error) return <NoSuchPage />;
  if (!data) return null;
  return <ShowAgent agent={data} onDone={() => void client.invalidateQueries({ queryKey })} />;
};

const ShowAgent = ({ agent, onDone }: { agent: AgentPage; onDone: () => void }) => {
  const translate = useTranslate();
  const redirect = useRedirect();
  return (
    <Page
      title={translate('agents.one')}
      heading={
        <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 2, mb: 1.5 }}>
          <Typography variant="h1">{agent.name}</Typography>
          <Button size="small" startIcon={<ArrowBack />} onClick={() => redirect('/agents')}>
            {translate('agents.back')}
          </Button>
        </Box>
      }
    >
      <Box sx={{ display: 'grid', gridTemplateColumns: '1fr 1fr', gap: 1.5, alignItems: 'start' }}>
        <Account agent={agent} />
        <Rights agent={agent} />
        <Sessions agent={agent} />
      </Box>
      <AgentActs agent={agent} onDone={onDone} />
    </Page>
  );
};

const Account = ({ agent }: { agent: AgentPage }) => {
  const translate = useTranslate();
  const moment = useMoment();
  return (
    <Panel title={translate('agents.account')}>
      <Facts>
        <Fact name={translate('agents.form.username')}>{agent.username}</Fact>
        <Fact name={translate('resources.agents.fields.closedAt')}>
          <AgentState agent={agent} />
        </Fact>
        <Fact name={translate('agents.form.email')}>{agent.email ?? translate('agents.none')}</Fact>
        <Fact name={translate('resources.agents.fields.createdAt')}>{moment(agent.createdAt)}</Fact>
        <Fact name={translate('resources.agents.fields.lastSignedInAt')}>
          {agent.lastSignedInAt ? moment(agent.lastSignedInAt) : translate('agents.never')}
        </Fact>
      </Facts>
    </Panel>
  );
};

const Rights = ({ agent }: { agent: AgentPage }) => {
  const translate = useTranslate();
  const nameOf = useOrganisationName();
  const none = translate('agents.none');
  const households = (list: AgentPage['own']) =>
    list.map(({ organisationId, memberNumber }) => `${nameOf(organisationId)} ${memberNumber}`).join(', ') ||
    none;
  return (
    <Panel title={translate('agents.rights')}>
      <Facts>
        <Fact name={translate('agents.form.role')}>{translate(`role.${agent.role}`)}</Fact>
        <Fact name={translate('agents.form.experience')}>
          {translate(`agents.experience.${agent.experience}`)}
        </Fact>
        <Fact name={translate('agents.form.organisations')}>
          {agent.organisations.map(nameOf).join(', ')}
        </Fact>
        <Fact name={translate('agents.form.site')}>{agent.site ?? none}</Fact>
        <Fact name={translate('agents.form.team')}>{agent.team ?? none}</Fact>
        <Fact name={translate('agents.form.own')}>{households(agent.own)}</Fact>
        <Fact name={translate('agents.form.relatives')}>{households(agent.relatives)}</Fact>
      </Facts>
    </Panel>
  );
};

const Sessions = ({ agent: { sessions } }: { agent: AgentPage }) => {
  const translate = useTranslate();
  const moment = useMoment();
  return (
    <Panel title={translate('agents.sessions.title')}>
      {sessions.length === 0 && translate('agents.sessions.none')}
      {sessions.map(({ signedInAt, lastSeenAt }) => (
        <Box key={signedInAt}>
          {translate('agents.sessions.line', { signedIn: moment(signedInAt), seen: moment(lastSeenAt) })}
        </Box>
      ))}
    </Panel>
  );
};

const useMoment = (): ((iso: string) => string) => {
  const translate = useTranslate();
  const locale = useLocale() ?? 'fr';
  return (iso) => formatMoment(iso, locale, translate);
};
