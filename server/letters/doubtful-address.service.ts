import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { onFile, markAddressDoubtful } from '../members/addresses.service.ts';
import { moveLetters, unreleased, type LetterRow } from './letters.store.ts';
import { wentTo } from './returned-from.ts';
import { listUnreleased } from './returns.store.ts';

/**
 * A letter came back: no other goes to that address, as long as it is the one on file. The management system hears
 * of it, and what was asked for and not released is called back. Whoever is no member of the organisation, such as
 * those whom test letters go to, has no file to doubt.
 */
export const doubtAddressOf = async (ctx: Ctx, letter: LetterRow): Promise<void> => {
  const { organisation_id: organisationId, member_id: memberId } = letter;
  const now = await onFile(ctx, { id: memberId, organisationId });
  if (!now || !wentTo(linesOf(letter), now)) return;

  const by = ctx.actor.kind === 'agent' ? ctx.actor.id : 'system';
  await markAddressDoubtful(ctx, { id: memberId, organisationId, address: now.address }, by);

  const waiting = await listUnreleased(ctx.db, memberId);
  const ids = waiting.filter((one) => wentTo(linesOf(one), now)).map(({ id }) => id);
  if (ids.length === 0) return;
  const change = { state: 'cancelled', state_at: ctx.now.toISOString() } as const;
  for (const letterId of await moveLetters(ctx.db, { ids }, unreleased, change)) {
    const data = { letterId, reason: 'address-doubtful' };
    record(ctx, { type: 'letter.cancelled', organisationId, memberId, data });
  }
};

const linesOf = ({ address_lines }: LetterRow): string[] => JSON.parse(address_lines) as string[];
