import { action, type Route } from '../http/routes.ts';
import { IssueTemporaryPassword, Outcome, Unblock, Unfreeze } from './accounts.schema.ts';
import { unblock, unfreeze } from './acts.service.ts';
import { issueTemporaryPassword } from './issue.service.ts';

export const accountRoutes: Route[] = [
  action('post', '/members/:id/unblock', {
    summary: 'Unblock a member’s account: zero its failures and nothing else',
    permission: 'account.unblock',
    body: Unblock,
    response: Outcome,
    handle: (ctx, { id, body }) => unblock(ctx, id, body),
  }),
  action('post', '/members/:id/temporary-passwords', {
    summary: 'Send a temporary password or a reset link to what is on file: by letter, e-mail or SMS',
    permission: 'letter.request',
    body: IssueTemporaryPassword,
    response: Outcome,
    handle: (ctx, { id, body }) => issueTemporaryPassword(ctx, id, body),
  }),
  action('post', '/members/:id/unfreeze', {
    summary: 'Lift the freeze of a member’s account after « Ce n’était pas moi »',
    permission: 'account.unfreeze',
    body: Unfreeze,
    response: Outcome,
    handle: (ctx, { id, body }) => unfreeze(ctx, id, body),
  }),
];
