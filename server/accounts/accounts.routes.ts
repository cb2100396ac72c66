import { Approval } from '../approvals/approvals.schema.ts';
import { action, type Route } from '../http/routes.ts';
import {
  AskApproval,
  Correct,
  IssueTemporaryPassword,
  Outcome,
  OnAccount,
  Unblock,
} from './accounts.schema.ts';
import { unblock, unfreeze } from './acts.service.ts';
import { correct } from './corrections.service.ts';
import { issueTemporaryPassword } from './issue.service.ts';
import { disputeClosure, reportDeath, reportSuspicion } from './reports.service.ts';
import { askApproval } from './requests.service.ts';

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
  action('post', '/members/:id/corrections', {
    summary: 'Correct a member’s contacts and address, with a reason',
    permission: 'member.correct',
    body: Correct,
    response: Outcome,
    handle: (ctx, { id, body }) => correct(ctx, id, body),
  }),
  action('post', '/members/:id/approvals', {
    summary: 'Ask a second person for an act that needs one',
    permission: 'approval.list',
    body: AskApproval,
    response: Approval,
    status: 201,
    handle: (ctx, { id, body }) => askApproval(ctx, id, body),
  }),
  action('post', '/members/:id/unfreeze', {
    summary: 'Lift the freeze of a member’s account after « Ce n’était pas moi », or a suspicion',
    permission: 'account.unfreeze',
    body: OnAccount,
    response: Outcome,
    handle: (ctx, { id, body }) => unfreeze(ctx, id, body),
  }),
  action('post', '/members/:id/suspicion', {
    summary:
      'Report that somebody seems to pass for the member: recoveries and unblocks stop for a day of the desk',
    permission: 'account.flag',
    body: OnAccount.partial(),
    response: Outcome,
    handle: (ctx, { id }) => reportSuspicion(ctx, id),
  }),
  action('post', '/members/:id/death', {
    summary: 'A death was reported: freeze the account and tell the back office',
    permission: 'account.flag',
    body: OnAccount,
    response: Outcome,
    handle: (ctx, { id, body }) => reportDeath(ctx, id, body),
  }),
  action('post', '/members/:id/disputed-closure', {
    summary: 'The caller disputes that the account is closed: ask the back office',
    permission: 'account.flag',
    body: OnAccount,
    response: Outcome,
    handle: (ctx, { id, body }) => disputeClosure(ctx, id, body),
  }),
];
