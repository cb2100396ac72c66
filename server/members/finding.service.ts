import { countLook } from '../agents/agents.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { look, read } from '../core/perform.ts';
import { lookAt } from './canaries.service.ts';
import type { FindMember, FoundLine } from './members.schema.ts';
import { readNir } from './nir.ts';
import { nirIndex } from './sealed-nir.ts';
import { findPeople, type FoundRow } from './search.store.ts';
import { byValue } from './ways.store.ts';

/** Somebody with more people under one number than this is not found by it. */
const mostUnderOne = 25;

/**
 * Finds members by a whole number, NIR or member number, and shows the identity line only (DOMAIN, "People"). Recorded
 * whether somebody is found or not.
 *
 * @throws AppError `not-found` when nobody has it, and the same for another organisation's; `too-many` at the cap of
 * the reader's site.
 */
export const findByIdentifier = async (
  visit: Visit,
  { organisation, identifier }: FindMember,
): Promise<{ members: FoundLine[] }> => {
  const by = readNir(identifier).ok ? 'nir' : 'member-number';
  await countLook(visit);
  const rows = await read(visit, (ctx) => peopleWith(ctx, organisation, identifier));
  const isTheirs = visit.scope.organisationIds.includes(organisation);
  if (rows.length === 0) {
    const organisationId = isTheirs ? organisation : null;
    await look(visit, async (ctx) =>
      record(ctx, { type: 'member.found', organisationId, data: { by, found: 0 } }),
    );
    throw new AppError('not-found', 'members.nobodyFound');
  }
  return lookAt(visit, rows, async (ctx) => {
    const data = { by, found: rows.length };
    for (const { id, organisationId } of rows)
      record(ctx, { type: 'member.found', organisationId, memberId: id, data });
    return { members: rows };
  });
};

const peopleWith = async (ctx: Ctx, organisation: string, identifier: string): Promise<FoundRow[]> => {
  // Asked for another's too, among nobody's: the same work, so that time tells nothing.
  const organisationIds = [ctx.scope.organisationIds.includes(organisation) ? organisation : ''];
  const nir = readNir(identifier);
  const compact = identifier.replaceAll(/\s/g, '');
  const numbers = [...new Set([identifier, compact, compact.toUpperCase()])];
  const way = nir.ok
    ? byValue(organisationIds, 'nir_index', [nirIndex(ctx.house.keys, organisation, nir.body)])
    : byValue(organisationIds, 'member_number', numbers);
  const { rows } = await findPeople(ctx.db, [way], { offset: 0, limit: mostUnderOne, order: 'asc' });
  return rows;
};
