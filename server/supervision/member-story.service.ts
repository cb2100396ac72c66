import { countRows, readRows, selectionOfMember } from '../audit/reading.service.ts';
import { record } from '../audit/record.ts';
import { callsNamed } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { findMemberFile, relativesOf, type MemberFile } from '../members/members.service.ts';
import type { MemberStory } from './stories.schema.ts';

const rowsAtOnce = 100;
const countedAtMost = 10_000;

/**
 * Everything about one member: what they did, what was done for them or refused, who looked, on lists too. A page;
 * looking is recorded.
 *
 * @throws AppError `not-found`, the same for another organisation's member and for nobody.
 */
export const memberStory = async (
  ctx: Ctx,
  memberId: string,
  { after }: { after?: string | undefined },
): Promise<MemberStory> => {
  const member = await findMemberFile(ctx, memberId);
  const { organisationId } = member;
  const relativeIds = (await relativesOf(ctx, member)).map(({ id }) => id);
  const selection = await selectionOfMember(ctx, { id: memberId, organisationId, relativeIds });
  const [at = '', seq] = after?.split('_') ?? [];
  const place = after === undefined ? null : { at, seq: Number(seq) };
  const events = await readRows(ctx, selection, { order: 'desc', limit: rowsAtOnce + 1, after: place });
  const counted = await countRows(ctx, selection, countedAtMost + 1);

  const shown = events.slice(0, rowsAtOnce);
  const last = events.length > rowsAtOnce ? shown.at(-1) : undefined;
  record(ctx, { type: 'audit.story-read', organisationId, memberId, data: { rows: shown.length } });
  return {
    memberId,
    who: identityLine(member),
    organisationId,
    total: Math.min(counted, countedAtMost),
    bounded: counted > countedAtMost,
    events: shown,
    calls: await callsNamed(ctx, [...new Set(shown.flatMap(({ callId }) => callId ?? []))]),
    next: last ? `${last.at}_${last.seq}` : null,
  };
};

/** Whose story or list it is; reading that is the look that is recorded. */
export const identityLine = (member: MemberFile): MemberStory['who'] => {
  const { usualName: lastName, firstName, memberNumber, rank } = member;
  return { lastName, firstName, number: [memberNumber, rank].filter(Boolean).join(' / ') };
};
