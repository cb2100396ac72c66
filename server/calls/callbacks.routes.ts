import { action, listing, reading, type Route } from '../http/routes.ts';
import {
  Callback,
  CallbackFilter,
  DoneCallback,
  NewCallback,
  OverdueCallbacks,
  TakeCallback,
} from './callbacks.schema.ts';
import {
  countOverdue,
  finishCallback,
  listCallbacks,
  promiseCall,
  takeCallback,
} from './callbacks.service.ts';

export const callbackRoutes: Route[] = [
  listing('/callbacks', {
    summary: 'What somebody owes members: an agent’s team’s, a supervisor’s organisations’',
    permission: 'callback.list',
    kind: 'look',
    filter: CallbackFilter,
    sortable: ['dueAt'],
    response: Callback,
    handle: listCallbacks,
  }),
  reading('/callbacks/overdue', {
    summary: 'How much of it is overdue',
    permission: 'callback.list',
    response: OverdueCallbacks,
    background: true,
    handle: (ctx) => countOverdue(ctx),
  }),
  action('post', '/callbacks', {
    summary: 'Promise a member a call, within 30 days',
    permission: 'callback.manage',
    body: NewCallback,
    response: Callback,
    status: 201,
    handle: (ctx, { body }) => promiseCall(ctx, body),
  }),
  action('post', '/callbacks/:id/take', {
    summary: 'Take it in hand',
    permission: 'callback.manage',
    body: TakeCallback,
    response: Callback,
    handle: (ctx, { id, body }) => takeCallback(ctx, id, body),
  }),
  action('post', '/callbacks/:id/done', {
    summary: 'Say how it went; a member who was not reached is still owed it',
    permission: 'callback.manage',
    body: DoneCallback,
    response: Callback,
    handle: (ctx, { id, body }) => finishCallback(ctx, id, body),
  }),
];
