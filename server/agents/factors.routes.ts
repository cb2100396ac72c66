import { z } from 'zod';
import { action, reading, steps, type Route } from '../http/routes.ts';
import { confirmIdentity } from './confirm.service.ts';
import { beginKey, beginTotp, confirmKey, confirmTotp } from './factor-enrolment.service.ts';
import {
  challengeKey,
  describeOwnFactors,
  proveBeforeAdding,
  removeFactor,
  renewRecoveryCodes,
  resetFactors,
} from './factors-own.service.ts';
import {
  ConfirmKey,
  ConfirmTotp,
  FactorAdded,
  KeyOffer,
  OwnFactors,
  RecoveryCodes,
  TotpOffer,
  WithProof,
} from './factors.schema.ts';

export const factorRoutes: Route[] = [
  reading('/own-account/factors', {
    summary: 'One’s own second factors',
    permission: 'own-account',
    response: OwnFactors,
    handle: (ctx) => describeOwnFactors(ctx),
  }),
  steps('post', '/own-account/challenge', {
    summary: 'Something new for one’s own security key to sign, before an act that asks for it',
    permission: 'own-account',
    response: KeyOffer,
    handle: (visit) => challengeKey(visit),
  }),
  steps('post', '/own-account/totp', {
    summary: 'Begin to enrol an authenticator app: its secret, shown this once',
    permission: 'own-account',
    body: WithProof,
    response: TotpOffer,
    handle: async (visit, { body }) => {
      await proveBeforeAdding(visit, body);
      return beginTotp(visit);
    },
  }),
  steps('post', '/own-account/totp/confirm', {
    summary: 'Enrol the authenticator app by a code of its own',
    permission: 'own-account',
    body: ConfirmTotp,
    response: FactorAdded,
    handle: (visit, { body }) => confirmTotp(visit, body),
  }),
  steps('post', '/own-account/security-keys', {
    summary: 'Begin to enrol a security key: what it is asked to make',
    permission: 'own-account',
    body: WithProof,
    response: KeyOffer,
    handle: async (visit, { body }) => {
      await proveBeforeAdding(visit, body);
      return beginKey(visit);
    },
  }),
  steps('post', '/own-account/security-keys/confirm', {
    summary: 'Enrol the security key by what it made',
    permission: 'own-account',
    body: ConfirmKey,
    response: FactorAdded,
    handle: (visit, { body }) => confirmKey(visit, body),
  }),
  action('post', '/own-account/factors/:id/remove', {
    summary: 'Remove one of one’s own second factors',
    permission: 'own-account',
    body: WithProof,
    response: z.null(),
    status: 204,
    first: async (visit, { body }) => {
      await confirmIdentity(visit, body, 'factor.remove');
      return {};
    },
    handle: (ctx, { id }) => removeFactor(ctx, id),
  }),
  steps('post', '/own-account/recovery-codes', {
    summary: 'New recovery codes in place of the former ones, shown this once',
    permission: 'own-account',
    body: WithProof,
    response: RecoveryCodes,
    handle: async (visit, { body }) => {
      await confirmIdentity(visit, body, 'recovery-codes.renew');
      return { recoveryCodes: await renewRecoveryCodes(visit) };
    },
  }),
  action('post', '/agents/:id/reset-factors', {
    summary: 'Take all second factors of an agent who lost them; their sessions end',
    permission: 'agent.manage',
    body: WithProof,
    response: z.null(),
    status: 204,
    first: async (visit, { body }) => {
      await confirmIdentity(visit, body, 'agent.reset-factors');
      return {};
    },
    handle: (ctx, { id }) => resetFactors(ctx, id),
  }),
];
