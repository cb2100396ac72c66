import { z } from 'zod';
import { reading, steps, type Route } from '../http/routes.ts';
import { Me, SignIn, Welcome } from './agents.schema.ts';
import { describeMe, signIn, signOut } from './sign-in.service.ts';

export const agentRoutes: Route[] = [
  steps('post', '/session', {
    summary: 'Sign in to the desk',
    permission: 'public',
    body: SignIn,
    response: Me,
    handle: (visit, { body }) => signIn(visit, body),
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
    summary:
      'Whether these are the demo’s accounts, and whether there is single sign-on: known before signing in',
    permission: 'public',
    response: Welcome,
    handle: async ({ house, language }) => ({
      demo: house.demo,
      training: house.training,
      sso: house.sso?.label[language] ?? null,
    }),
  }),
  reading('/me', {
    summary: 'Who is signed in, and what they may do',
    permission: 'own-account',
    response: Me,
    background: true,
    handle: (ctx) => describeMe(ctx),
  }),
];
