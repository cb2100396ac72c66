import { z } from 'zod';
import { action, looking, reading, steps, type Route } from '../http/routes.ts';
import { makeChallenge } from './challenge.service.ts';
import { describePortal } from './description.service.ts';
import {
  AcceptTerms,
  Challenge,
  ChooseNewPassword,
  ConfirmContactChange,
  ContactConfirmation,
  ContactsSaved,
  FranceConnectLink,
  FranceConnectReturn,
  FranceConnectReturned,
  FranceConnectStart,
  MemberSignIn,
  NextAnswer,
  OwnContacts,
  PortalDescription,
  PasswordChosen,
  PortalSession,
  SaveContacts,
  SignedIn,
  Terms,
} from './portal.schema.ts';
import { confirmOwnContact } from './contact-confirmation.service.ts';
import { linkFranceConnect } from './france-connect-link.service.ts';
import { returnFromFranceConnect, startFranceConnect } from './france-connect.service.ts';
import { saveOwnContacts, showOwnContacts } from './own-contacts.service.ts';
import { signInMember, signOutMember } from './portal.service.ts';
import { recoveryRoutes } from './recoveries.routes.ts';
import { chooseNewPassword, describePortalSession } from './session.service.ts';
import { acceptTermsOfUse, readTermsOfUse } from './terms.service.ts';
import { AcknowledgeTestLetter, TestLetterAcknowledged } from './test-letter.schema.ts';
import { sayTestLetterCame } from './test-letter.service.ts';

/** Under /portal/api/:organisation, which every handler finds in its params. */
export const portalRoutes: Route[] = [
  reading('/description', {
    summary: 'What the member’s pages show before anybody signs in; no member is looked at',
    permission: 'public',
    response: PortalDescription,
    handle: async (ctx, { params }) => describePortal(ctx, params.organisation ?? ''),
  }),
  reading('/challenge', {
    summary: 'A task for the anti-robot step, where the organisation has one',
    permission: 'public',
    response: Challenge,
    handle: async (ctx, { params }) => ({ challenge: await makeChallenge(ctx, params.organisation ?? '') }),
  }),
  steps('post', '/sign-in', {
    summary: 'Sign in to the member space; one gate for passwords, codes and temporary passwords',
    permission: 'public',
    body: MemberSignIn,
    response: SignedIn,
    handle: (visit, { params, body }) => signInMember(visit, params.organisation ?? '', body),
  }),
  reading('/session', {
    summary: 'Whether a session is open, and what it allows',
    permission: 'portal-change',
    response: PortalSession,
    handle: (ctx, { params }) => describePortalSession(ctx, params.organisation ?? ''),
  }),
  steps('post', '/password', {
    summary: 'Choose a new password; with the current one unless a temporary secret opened the session',
    permission: 'portal-change',
    body: ChooseNewPassword,
    response: PasswordChosen,
    handle: (visit, { params, body }) => chooseNewPassword(visit, params.organisation ?? '', body),
  }),
  reading('/terms', {
    summary: 'The terms of use that members accept',
    permission: 'portal-terms',
    response: Terms,
    handle: async (ctx, { params }) => readTermsOfUse(ctx, params.organisation ?? ''),
  }),
  action('post', '/terms', {
    summary: 'Accept the terms of use',
    permission: 'portal-terms',
    body: AcceptTerms,
    response: NextAnswer,
    handle: (ctx, { params, body }) => acceptTermsOfUse(ctx, params.organisation ?? '', body.version),
  }),
  looking('get', '/contacts', {
    summary: 'The member’s own contacts, to confirm or correct',
    permission: 'portal-contacts',
    response: OwnContacts,
    handle: (visit, { params }) => showOwnContacts(visit, params.organisation ?? ''),
  }),
  steps('put', '/contacts', {
    summary: 'Confirm the contacts, or correct them with the current password',
    permission: 'portal-contacts',
    body: SaveContacts,
    response: ContactsSaved,
    handle: (visit, { params, body }) => saveOwnContacts(visit, params.organisation ?? '', body),
  }),
  steps('post', '/contacts/confirmation', {
    summary: 'Confirm a change through the former contact: asks for a code, then gives it',
    permission: 'portal',
    body: ConfirmContactChange,
    response: ContactConfirmation,
    handle: (visit, { params, body }) => confirmOwnContact(visit, params.organisation ?? '', body),
  }),
  steps('post', '/france-connect', {
    summary: 'Begin signing in through FranceConnect, where it is offered',
    permission: 'public',
    response: FranceConnectStart,
    handle: (visit, { params }) => startFranceConnect(visit, params.organisation ?? ''),
  }),
  steps('post', '/france-connect/return', {
    summary: 'Come back from FranceConnect with what it put into the address',
    permission: 'public',
    body: FranceConnectReturn,
    response: FranceConnectReturned,
    handle: (visit, { params, body }) =>
      returnFromFranceConnect(visit, params.organisation ?? '', body.query),
  }),
  steps('post', '/france-connect/link', {
    summary: 'The first time after FranceConnect: the identifier, which links the account and signs in',
    permission: 'public',
    body: FranceConnectLink,
    response: SignedIn,
    handle: (visit, { params, body }) => linkFranceConnect(visit, params.organisation ?? '', body.identifier),
  }),
  steps('delete', '/session', {
    summary: 'Sign out',
    permission: 'portal-change',
    response: z.null(),
    status: 204,
    handle: async (visit, { params }) => {
      await signOutMember(visit, params.organisation ?? '');
      return null;
    },
  }),
  steps('post', '/test-letter', {
    summary: 'Say that the organisation’s letter to itself has come, by its password; signs nobody in',
    permission: 'public',
    body: AcknowledgeTestLetter,
    response: TestLetterAcknowledged,
    handle: (visit, { params, body }) => sayTestLetterCame(visit, params.organisation ?? '', body.password),
  }),
  ...recoveryRoutes,
];
