import { z } from 'zod';
import { action, listing, reading, type Route } from '../http/routes.ts';
import { Call, ChangeCall, CurrentCall, NewCall, ResumableCalls, ResumeCall } from './calls.schema.ts';
import { changeCall, currentCall, listCalls, openCall } from './calls.service.ts';
import { resumableCalls, resumeCall } from './resume.service.ts';

const Id = z.string().max(64).optional();

export const callRoutes: Route[] = [
  action('post', '/calls', {
    summary: 'Open a call; the agent’s former one ends',
    permission: 'call.manage',
    body: NewCall,
    response: Call,
    status: 201,
    handle: (ctx, { body }) => openCall(ctx, body),
  }),
  reading('/calls/current', {
    summary: 'The agent’s open call',
    permission: 'call.manage',
    response: CurrentCall,
    background: true,
    handle: (ctx) => currentCall(ctx),
  }),
  action('patch', '/calls/:id', {
    summary: 'Say who calls and why, or end the call',
    permission: 'call.manage',
    body: ChangeCall,
    response: Call,
    handle: (ctx, { id, body }) => changeCall(ctx, id, body),
  }),
  reading('/calls/resumable', {
    summary: 'Calls cut or left idle a short while ago that this agent may go on with',
    permission: 'call.manage',
    response: ResumableCalls,
    background: true,
    handle: (ctx) => resumableCalls(ctx),
  }),
  action('post', '/calls/:id/resume', {
    summary: 'Open a call that goes on with one that was cut; once, for its agent or one of the same site',
    permission: 'call.manage',
    body: ResumeCall,
    response: Call,
    status: 201,
    handle: (ctx, { id }) => resumeCall(ctx, id),
  }),
  listing('/calls', {
    summary: 'Calls: an agent’s own, a supervisor’s organisations’',
    permission: 'call.list',
    kind: 'look',
    filter: { agentId: Id, memberId: Id, organisationId: Id, open: z.boolean().optional() },
    sortable: ['openedAt'],
    response: Call,
    handle: listCalls,
  }),
];
