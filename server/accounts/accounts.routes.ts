import { action, type Route } from '../http/routes.ts';
import { IssueTemporaryPassword, Outcome, Unblock } from './accounts.schema.ts';
import { issueTemporaryPassword, unblock } from './acts.service.ts';

export const accountRoutes: Route[] = [
  action('post', '/members/:id/unblock', {
    summary: 'Unblock a member’s account: zero its failures and nothing else',
    permission: 'account.unblock',
    body: Unblock,
    response: Outcome,
    handle: (ctx, { id, body }) => unblock(ctx, id, body),
  }),
  action('post', '/members/:id/temporary-passwords', {
    summary: 'Send a temporary password to what is on file',
    permission: 'letter.request',
    body: IssueTemporaryPassword,
    response: Outcome,
    handle: (ctx, { id, body }) => issueTemporaryPassword(ctx, id, body),
  }),
];
