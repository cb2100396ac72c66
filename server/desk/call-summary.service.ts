import type { AuditRow } from '../audit/audit.schema.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
import { eventsOfCalls } from '../audit/audit.service.ts';
import { record } from '../audit/record.ts';
import { callChain, findCallToRead, outcomeSoFar } from '../calls/calls.service.ts';
import type { Visit } from '../core/ctx.ts';
import { look } from '../core/perform.ts';
import { levelOfCall } from '../verifications/call-level.service.ts';
import type { CallSummary } from './call-summary.schema.ts';
import { callInWords } from './call-text.ts';
import { tell, together } from './timeline.ts';
import { lineOf, toldTypes, type Line } from './timeline-lines.ts';

/**
 * What happened in a call, for its agent or a supervisor. It belongs to no open call: reading it opens none.
 *
 * @throws AppError `not-found` for a call that the agent may not list.
 */
export const callSummary = (visit: Visit, id: string): Promise<CallSummary> =>
  look(visit, async (ctx) => {
    const call = await findCallToRead(ctx, id);
    const chain = await callChain(ctx, id);
    const events = await eventsOfCalls(ctx, [id, ...chain], [...toldTypes, ...ofCallsOnly]);
    const { organisationId, memberId } = call;
    record(ctx, { type: 'call.viewed', organisationId, memberId, callId: id, data: {} });

    const steps = together(tell(ctx, events, (event) => lineInCall(event, memberId)));
    const level = await levelOfCall(ctx, call, chain);
    const outcome = call.outcome ?? (await outcomeSoFar(ctx, id));
    return { call, steps, level, outcome, text: callInWords(ctx, { call, events, steps, level, outcome }) };
  });

const ofCallsOnly: EventType[] = ['member.viewed', 'call.ended', 'call.resumed', 'callback.owed'];

const lineInCall = (event: AuditRow, memberId: string | null): Line | undefined => {
  const desk = (words: string): Line => ({ side: 'desk', words });
  if (event.type === 'member.viewed')
    return desk(event.memberId === memberId ? 'page-viewed' : 'other-page-viewed');
  if (event.type === 'call.resumed') return desk('call-resumed');
  if (event.type === 'call.ended') return event.data?.by === 'dropped' ? desk('call-dropped') : undefined;
  return lineOf(event);
};
