import { record } from '../audit/record.ts';
import { openCallOf } from '../calls/calls.service.ts';
import type { Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { look } from '../core/perform.ts';
import type { CallerNumber } from './caller-number.ts';
import type { FoundMember } from './members.schema.ts';
import { withHeadlines } from './search.service.ts';
import { findPeople, mostFound } from './search.store.ts';
import { byContact } from './ways.store.ts';

/**
 * The members of the agent's organisations who have the number that a caller shows: a search like any other, in the
 * agent's call and recorded with a digest of the number. Numbers can be forged: it proves nothing.
 */
export const membersWithNumber = async (
  visit: Visit,
  { kind, e164 }: CallerNumber,
): Promise<{ members: FoundMember[]; more: boolean }> => {
  const call = await openCallOf(visit);
  return look(visit, async (ctx) => {
    const { organisationIds } = ctx.scope;
    const ways = e164 === null ? [] : [byContact([...organisationIds], [e164])];
    const window = { offset: 0, limit: shown, order: 'asc' } as const;
    const { rows, total } = await findPeople(ctx.db, ways, window);
    const found = Math.min(total, mostFound);
    record(ctx, {
      type: 'member.searched',
      organisationId: organisationIds.length === 1 ? (organisationIds[0] ?? null) : null,
      callId: call.id,
      data: {
        understoodAs: kind === 'phone' ? kind : `phone-${kind}`,
        query: digest(ctx.house.keys, 'identifier-index', e164 ?? ''),
        found,
        more: total > mostFound,
      },
    });
    return { members: await withHeadlines(ctx, rows), more: total > rows.length };
  });
};

const shown = 25;
