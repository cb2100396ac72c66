import { reading, steps, type Route } from '../http/routes.ts';
import { typeRecoveryCode } from './codes.service.ts';
import { openLink, repudiate } from './links.service.ts';
import {
  AskRecovery,
  ChooseChannel,
  OpenLink,
  OpenRecovery,
  RecoveryStep,
  Repudiate,
  Repudiated,
  SignedIn,
  TypeCode,
} from './portal.schema.ts';
import { askRecovery } from './recoveries.service.ts';
import { chooseRecoveryChannel, openRecovery } from './recovery-choices.service.ts';

/** The member's ways back in, under /portal/api/:organisation. */
export const recoveryRoutes: Route[] = [
  steps('post', '/recoveries', {
    summary: 'Ask for a way back in; the same answer for every identifier until a proof is given',
    permission: 'public',
    body: AskRecovery,
    response: RecoveryStep,
    handle: (visit, { params, body }) => askRecovery(visit, params.organisation ?? '', body),
  }),
  reading('/recoveries', {
    summary: 'Where this browser’s recovery stands: a page that was loaded again goes on from there',
    permission: 'public',
    response: OpenRecovery,
    handle: (ctx, { params }) => openRecovery(ctx, params.organisation ?? ''),
  }),
  steps('post', '/recoveries/channel', {
    summary: 'Choose by which channel, or another one because nothing arrived',
    permission: 'public',
    body: ChooseChannel,
    response: RecoveryStep,
    handle: (visit, { params, body }) => chooseRecoveryChannel(visit, params.organisation ?? '', body),
  }),
  steps('post', '/recoveries/code', {
    summary: 'Type the code that was sent, in the browser that asked for it',
    permission: 'public',
    body: TypeCode,
    response: RecoveryStep,
    handle: (visit, { params, body }) => typeRecoveryCode(visit, params.organisation ?? '', body.code),
  }),
  steps('post', '/links', {
    summary: 'Use a reset link: opens a session in which a new password is chosen',
    permission: 'public',
    body: OpenLink,
    response: SignedIn,
    handle: (visit, { params, body }) => openLink(visit, params.organisation ?? '', body.token),
  }),
  steps('post', '/repudiations', {
    summary: '“It was not me”: freezes the account, if the link is valid; the same answer if not',
    permission: 'public',
    body: Repudiate,
    response: Repudiated,
    handle: (visit, { params, body }) => repudiate(visit, params.organisation ?? '', body.token),
  }),
];
