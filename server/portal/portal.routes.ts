import { z } from 'zod';
import { reading, steps, type Route } from '../http/routes.ts';
import { ChooseNewPassword, MemberSignIn, PasswordChosen, PortalSession, SignedIn } from './portal.schema.ts';
import { chooseNewPassword, describePortalSession, signInMember, signOutMember } from './portal.service.ts';

/** Under /portal/api/:organisation, which every handler finds in its params. */
export const portalRoutes: Route[] = [
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
    handle: async (ctx, { params }) => describePortalSession(ctx, params.organisation ?? ''),
  }),
  steps('post', '/password', {
    summary: 'Choose a new password in a session that a temporary secret opened',
    permission: 'portal-change',
    body: ChooseNewPassword,
    response: PasswordChosen,
    handle: (visit, { params, body }) =>
      chooseNewPassword(visit, params.organisation ?? '', body.newPassword),
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
];
