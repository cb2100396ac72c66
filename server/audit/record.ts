import type { Ctx } from '../core/ctx.ts';
import { vocabulary, type AuditEvent } from './vocabulary.schema.ts';

/**
 * Notes what happened; `perform` and `look` append what was noted as their last step.
 *
 * @throws ZodError when the data is not what the vocabulary says: a bug, and nothing is done.
 */
export const record = (ctx: Ctx, event: AuditEvent): void => {
  const data = vocabulary[event.type].parse(event.data) as Record<string, unknown>;
  ctx.events.push({
    type: event.type,
    organisationId: event.organisationId ?? null,
    memberId: event.memberId ?? null,
    callId: event.callId ?? null,
    result: event.result ?? 'done',
    data,
  });
};
