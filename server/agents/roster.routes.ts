import { z } from 'zod';
import { action, listing, reading, steps, type Route } from '../http/routes.ts';
import { confirmIdentity } from './confirm.service.ts';
import {
  AgentFilter,
  AgentPage,
  ChangeAgent,
  EndedSessions,
  Invited,
  ListedAgent,
  MakeAgent,
  OnAgent,
  OnAgentProved,
} from './roster.schema.ts';
import { changeAgent, closeAgent, givesRights, makeAgent } from './roster-acts.service.ts';
import {
  endSessions,
  inviteAgain,
  reopenAgent,
  requirePassword,
  withdrawInvitation,
} from './roster-access.service.ts';
import { agentPage, listAgents } from './roster.service.ts';
import { rosterFields } from './roster.store.ts';

export const rosterRoutes: Route[] = [
  listing('/agents', {
    summary: 'The desk’s accounts',
    permission: 'agent.list',
    filter: AgentFilter,
    sortable: rosterFields,
    response: ListedAgent,
    handle: listAgents,
  }),
  reading('/agents/:id', {
    summary: 'One account, with its sessions',
    permission: 'agent.manage',
    response: AgentPage,
    handle: (ctx, { id }) => agentPage(ctx, id),
  }),
  steps('post', '/agents', {
    summary: 'Make an account; its agent chooses a password by the link in the answer, shown once',
    permission: 'agent.manage',
    body: MakeAgent,
    response: Invited,
    status: 201,
    handle: (visit, { body }) => makeAgent(visit, body),
  }),
  action('patch', '/agents/:id', {
    summary: 'Change an account: role, organisations, site, team, relatives; never one’s own rights',
    permission: 'agent.manage',
    body: ChangeAgent,
    response: AgentPage,
    first: async (visit, { body }) => {
      const { password, code, assertion, sso, ...change } = body;
      if (givesRights(change)) await confirmIdentity(visit, { password, code, assertion, sso }, 'agent.role');
      return change;
    },
    handle: (ctx, { id, body }) => changeAgent(ctx, id, body),
  }),
  action('post', '/agents/:id/close', {
    summary: 'Close an account: its sessions end at their next request',
    permission: 'agent.manage',
    body: OnAgent,
    response: AgentPage,
    handle: (ctx, { id, body }) => closeAgent(ctx, id, body),
  }),
  steps('post', '/agents/:id/reopen', {
    summary: 'Open a closed account again, by a new link',
    permission: 'agent.manage',
    body: OnAgentProved,
    response: Invited,
    handle: (visit, { id, body }) => reopenAgent(visit, id, body),
  }),
  steps('post', '/agents/:id/invitation', {
    summary: 'A new link in place of the password, for an agent who lost theirs',
    permission: 'agent.manage',
    body: OnAgentProved,
    response: Invited,
    handle: (visit, { id, body }) => inviteAgain(visit, id, body),
  }),
  action('post', '/agents/:id/withdraw-invitation', {
    summary: 'Withdraw the link that waits: it works no more',
    permission: 'agent.manage',
    body: OnAgent,
    response: AgentPage,
    handle: (ctx, { id, body }) => withdrawInvitation(ctx, id, body),
  }),
  action('post', '/agents/:id/require-password', {
    summary: 'Have an agent choose a new password before anything else',
    permission: 'agent.manage',
    body: OnAgent,
    response: AgentPage,
    handle: (ctx, { id, body }) => requirePassword(ctx, id, body),
  }),
  action('post', '/agents/:id/end-sessions', {
    summary: 'End every session of an agent',
    permission: 'agent.end-sessions',
    body: z.strictObject({}),
    response: EndedSessions,
    handle: (ctx, { id }) => endSessions(ctx, id),
  }),
];
