import { action, listing, reading, type Route } from '../http/routes.ts';
import { Approval, ApprovalFilter, Approve, Refuse, WaitingApprovals, Withdraw } from './approvals.schema.ts';
import { approve, refuse, withdraw } from './approvals.service.ts';
import { countWaiting, listApprovals } from './approvals-view.service.ts';
import { approvalFields } from './approvals.store.ts';

export const approvalRoutes: Route[] = [
  reading('/approvals/waiting', {
    summary: 'How many requests wait for an answer of this agent',
    permission: 'approval.decide',
    response: WaitingApprovals,
    background: true,
    handle: (ctx) => countWaiting(ctx),
  }),
  listing('/approvals', {
    summary: 'Requests to a second person: one’s own, and those one may decide',
    permission: 'approval.list',
    kind: 'look',
    filter: ApprovalFilter,
    sortable: approvalFields,
    response: Approval,
    handle: listApprovals,
  }),
  action('post', '/approvals/:id/approve', {
    summary: 'Approve a request: the act runs as it was asked, or says that the world changed meanwhile',
    permission: 'approval.decide',
    body: Approve,
    response: Approval,
    handle: (ctx, { id, body }) => approve(ctx, id, body),
  }),
  action('post', '/approvals/:id/refuse', {
    summary: 'Refuse a request, with a word for whoever asked',
    permission: 'approval.decide',
    body: Refuse,
    response: Approval,
    handle: (ctx, { id, body }) => refuse(ctx, id, body),
  }),
  action('post', '/approvals/:id/withdraw', {
    summary: 'Take back one’s own request',
    permission: 'approval.list',
    body: Withdraw,
    response: Approval,
    handle: (ctx, { id, body }) => withdraw(ctx, id, body),
  }),
];
