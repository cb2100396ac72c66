import { z } from 'zod';
import { Role } from '../core/vocabulary.ts';
import { listing, reading, steps, type Route } from '../http/routes.ts';
import { Agent, Me, SignIn, Welcome } from './agents.schema.ts';
import { describeMe, listAgents, signIn, signOut } from './agents.service.ts';

export const agentRoutes: Route[] = [
  steps('post', '/session', {
    summary: 'Sign in to the desk',
    permission: 'public',
    body: SignIn,
    response: Me,
    handle: (visit, { body }) => signIn(visit, body.username),
  }),
  steps('delete', '/session', {
    summary: 'Sign out',
    permission: 'public',
    response: z.null(),
    status: 204,
    handle: async (visit) => {
      await signOut(visit);
      return null;
    },
  }),
  reading('/welcome', {
    summary: 'Whether these are the demo’s accounts: known before signing in',
    permission: 'public',
    response: Welcome,
    handle: async (ctx) => ({ demo: ctx.house.demo }),
  }),
  reading('/me', {
    summary: 'Who is signed in, and what they may do',
    permission: 'signed-in',
    response: Me,
    background: true,
    handle: (ctx) => describeMe(ctx),
  }),
  listing('/agents', {
    summary: 'The desk’s accounts',
    permission: 'agent.list',
    filter: { role: Role.optional(), q: z.string().max(100).optional() },
    sortable: ['name', 'username', 'role', 'createdAt'],
    response: Agent,
    handle: listAgents,
  }),
];
