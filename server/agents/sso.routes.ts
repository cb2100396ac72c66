import { z } from 'zod';
import { action, steps, type Route } from '../http/routes.ts';
import { Me } from './agents.schema.ts';
import { confirmIdentity } from './confirm.service.ts';
import { permitLink } from './sso-accounts.service.ts';
import { returnSsoProof, startSsoProof } from './sso-proof.service.ts';
import { SsoBegin, SsoFinish, SsoPermit, SsoProof, SsoReturn, SsoStart } from './sso.schema.ts';
import { finishSso, returnFromSso, startSso } from './sso.service.ts';

export const ssoRoutes: Route[] = [
  steps('post', '/sso/start', {
    summary: 'Begin to sign in through the identity provider: where the browser goes',
    permission: 'public',
    body: SsoBegin,
    response: SsoStart,
    handle: (visit, { body }) => startSso(visit, body),
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
  steps('post', '/sso/proof', {
    summary: 'Have the identity provider ask anew who sits here, before an act that asks for a proof',
    permission: 'own-account',
    response: SsoStart,
    handle: (visit) => startSsoProof(visit),
  }),
  steps('post', '/sso/proof/return', {
    summary: 'Come back from there: a proof for one act',
    permission: 'own-account',
    body: SsoReturn,
    response: SsoProof,
    handle: (visit, { body }) => returnSsoProof(visit, body.query),
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
