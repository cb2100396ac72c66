import { record } from '../audit/record.ts';
import { callsReferenced } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import type { FoundCalls } from './stories.schema.ts';

/**
 * Calls by the reference that the list of calls shows, of the reader's organisations, the latest first; at most
 * twenty. Looking is recorded, what was typed is not.
 *
 * @throws AppError `invalid-input` for what looks like somebody's number.
 */
export const findCalls = async (ctx: Ctx, reference: string): Promise<FoundCalls> => {
  const calls = await callsReferenced(ctx, reference);
  record(ctx, { type: 'call.listed', data: { filters: ['reference'] } });
  return { calls };
};
