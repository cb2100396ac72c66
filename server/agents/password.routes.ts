import { z } from 'zod';
import { steps, type Route } from '../http/routes.ts';
import { AcceptedInvitation, AcceptInvitation, ChangeOwnPassword } from './password.schema.ts';
import { acceptInvitation } from './invitations.service.ts';
import { changeOwnPassword } from './password.service.ts';

export const passwordRoutes: Route[] = [
  steps('post', '/invitations/accept', {
    summary: 'Choose the password of one’s own account, by the link that was handed over',
    permission: 'public',
    body: AcceptInvitation,
    response: AcceptedInvitation,
    handle: (visit, { body }) => acceptInvitation(visit, body),
  }),
  steps('post', '/own-account/password', {
    summary: 'Change one’s own password; every other session ends',
    permission: 'own-account',
    body: ChangeOwnPassword,
    response: z.null(),
    status: 204,
    handle: async (visit, { body }) => {
      await changeOwnPassword(visit, body);
      return null;
    },
  }),
];
