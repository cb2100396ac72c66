import { z } from 'zod';
import { action, steps, type Route } from '../http/routes.ts';
import { Me } from './agents.schema.ts';
import { confirmIdentity } from './confirm.service.ts';
import { permitLink } from './sso-accounts.service.ts';
import { SsoFinish, SsoPermit, SsoReturn, SsoStart } from './sso.schema.ts';
import { finishSso, returnFromSso, startSso } from './sso.service.ts';

export const ssoRoutes: Route[] = [
  steps('post', '/sso/start', {
    summary: 'Begin to sign in through the identity provider: where the browser goes',
    permission: 'public',
    response: SsoStart,
    handle: (visit) => startSso(visit),
  }),
  steps('post', '/sso/return', {
    summary: 'Come back from the identity provider',
    permission: 'public',
    body: SsoReturn,
    response: Me,
    handle: (visit, { body }) => returnFromSso(visit, body.query),
  }),
  steps('post', '/sso/finish', {
    summary: 'Give the second factor of the account that the identity provider vouched for',
    permission: 'public',
    body: SsoFinish,
    response: Me,
    handle: (visit, { body }) => finishSso(visit, body),
  }),
  action('post', '/agents/:id/permit-sso', {
    summary: 'Let an account be linked, once, to whom the identity provider knows by the same username',
    permission: 'agent.manage',
    body: SsoPermit,
    response: z.null(),
    status: 204,
    first: async (visit, { body }) => {
      await confirmIdentity(visit, body, 'agent.permit-sso');
      return {};
    },
    handle: (ctx, { id }) => permitLink(ctx, id),
  }),
];
