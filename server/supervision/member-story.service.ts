import { countRows, readRows, selectionOf } from '../audit/reading.service.ts';
import { record } from '../audit/record.ts';
import { callsNamed } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { findMemberFile } from '../members/members.service.ts';
import type { MemberStory } from './stories.schema.ts';

const rowsAtOnce = 100;
const countedAtMost = 10_000;

/**
 * Everything about one member: what they did, what was done for them, who looked. A page; looking is recorded.
 *
 * @throws AppError `not-found`, the same for another organisation's member and for nobody.
 */
export const memberStory = async (
  ctx: Ctx,
  memberId: string,
  { after }: { after?: string | undefined },
): Promise<MemberStory> => {
  const { organisationId } = await findMemberFile(ctx, memberId);
  const selection = await selectionOf(ctx, { memberId });
  const [at = '', seq] = after?.split('_') ?? [];
  const place = after === undefined ? null : { at, seq: Number(seq) };
  const events = await readRows(ctx, selection, { order: 'desc', limit: rowsAtOnce + 1, after: place });
  const counted = await countRows(ctx, selection, countedAtMost + 1);

  const shown = events.slice(0, rowsAtOnce);
  const last = events.length > rowsAtOnce ? shown.at(-1) : undefined;
  record(ctx, { type: 'audit.story-read', organisationId, memberId, data: { rows: shown.length } });
  return {
    memberId,
    organisationId,
    total: Math.min(counted, countedAtMost),
    bounded: counted > countedAtMost,
    events: shown,
    calls: await callsNamed(ctx, [...new Set(shown.flatMap(({ callId }) => callId ?? []))]),
    next: last ? `${last.at}_${last.seq}` : null,
  };
};
