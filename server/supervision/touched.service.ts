import { agentsAtSite } from '../agents/at-site.service.ts';
import { siteOf } from '../agents/agents.service.ts';
import { eventsWithin, readTouches, type Touch } from '../audit/touching.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { sheetsOfLots } from '../letters/incident-letters.service.ts';
import { findLot } from '../letters/lots-view.service.ts';
import { wrong } from '../letters/wrong.ts';
import { canaryIds } from '../members/canaries.service.ts';
import type { Criteria, TouchedCounts } from './incidents.schema.ts';
import type { Known } from './incidents.service.ts';
import { touchOf, touchTypes, typesWithData, type TouchKind } from './touched-kinds.ts';

/** Past it nothing whole can be said in one answer: the period is to be made shorter. */
export const mostEvents = 200_000;
const mostDays = 366;

export type Person = {
  memberId: string;
  organisationId: string;
  firstAt: string | null;
  lastAt: string | null;
} & Record<TouchKind, number>;

/** Criteria as they were taken: with their period. */
export type Taken = { by: 'agent' | 'site' | 'lot' | 'period'; from: string; to: string } & Criteria;

/**
 * Everyone touched within the incident's organisations: looked at, acted on, sent a secret, or with a sheet that went
 * through those hands. A list of search results names nobody in the audit, and so counts nobody.
 *
 * @throws AppError `invalid-input` at the field: criteria that exclude each other, an agent, a site or a lot that is
 * not there (or not the reader's), a period that ends before it begins, ahead, too long, or with too much in it.
 */
export const everyoneTouched = async (
  ctx: Ctx,
  known: Known,
  criteria: Criteria,
): Promise<{ taken: Taken; people: Person[] }> => {
  const taken = takenFrom(ctx, criteria, known.row.began_at);
  const { agentId, siteId, lotId } = taken;
  if (siteId !== undefined && !(await siteOf(ctx.db, siteId))) throw wrong('siteId', 'incidents.unknownSite');
  if (lotId !== undefined) await assertLot(within(ctx, known), lotId);
  const { people, isAll } = await touchedBy(ctx, known, taken);
  // Whoever left every organisation of the reader's is still known by what they did there, and by nothing else.
  if (agentId !== undefined && isAll && people.length === 0) await assertAgent(ctx, agentId);
  if (!isAll) throw wrong('to', 'incidents.tooMuch', { most: mostEvents });
  return { taken, people };
};

/** The same by criteria that were taken before, whatever has become of the agent, the site or the lot since. */
export const touchedAsTaken = async (ctx: Ctx, known: Known, taken: Taken): Promise<Person[]> =>
  (await touchedBy(ctx, known, taken)).people;

/** `isAll`: false where a period holds more than is read. */
const touchedBy = async (
  ctx: Ctx,
  known: Known,
  taken: Taken,
): Promise<{ people: Person[]; isAll: boolean }> => {
  const { organisationIds } = known;
  const people = new Map<string, Person>();
  const lots = new Set<string>(taken.lotId === undefined ? [] : [taken.lotId]);
  const take = (event: Touch): void => {
    const touch = touchOf(event);
    if (!touch) return;
    if ('lotId' in touch) lots.add(touch.lotId);
    else for (const id of touch.memberIds) note(people, id, event.organisationId, touch.kind, event.at);
  };
  const { from, to } = taken;
  const asked = { organisationIds, from, to, types: touchTypes, withData: typesWithData };
  let [left, isAll] = [mostEvents, true];
  for (const actorId of taken.lotId === undefined ? await actorsOf(ctx, taken) : []) {
    isAll &&= await readTouches(ctx, { ...asked, actorId }, left, (event) => {
      left -= 1;
      take(event);
    });
  }
  for (const { memberId, organisationId } of await sheetsOfLots(within(ctx, known), [...lots]))
    note(people, memberId, organisationId, 'printed', null);
  // Invented people: nothing of anybody's was touched, and who they are stays hidden.
  const canaries = await canaryIds(ctx, organisationIds);
  const own = [...people.values()].filter(
    (one) => organisationIds.includes(one.organisationId) && !canaries.has(one.memberId),
  );
  return { people: inOrder(own), isAll };
};

const within = (ctx: Ctx, { organisationIds }: Known): Ctx => ({ ...ctx, scope: { organisationIds } });

export const countTouched = (people: Person[]): TouchedCounts => {
  const of = (kind: TouchKind) => ({
    people: people.filter((one) => one[kind] > 0).length,
    times: people.reduce((sum, one) => sum + one[kind], 0),
  });
  return {
    people: people.length,
    looked: of('looked'),
    acted: of('acted'),
    sent: of('sent'),
    printed: of('printed'),
  };
};

const takenFrom = (ctx: Ctx, criteria: Criteria, beganAt: string): Taken => {
  const { agentId, siteId, lotId } = criteria;
  const named = [agentId, siteId, lotId].filter((one) => one !== undefined);
  if (named.length > 1) throw wrong(lotId === undefined ? 'siteId' : 'lotId', 'incidents.oneOf');
  const from = new Date(criteria.from ?? beganAt).toISOString();
  const to = new Date(criteria.to ?? ctx.now).toISOString();
  if (to <= from) throw wrong('to', 'incidents.backwards');
  if (Date.parse(to) - Date.parse(from) > mostDays * 86_400_000)
    throw wrong('to', 'incidents.tooLong', { days: mostDays });
  const by =
    agentId !== undefined ? 'agent' : siteId !== undefined ? 'site' : lotId !== undefined ? 'lot' : 'period';
  return { ...criteria, by, from, to };
};

/** Whose events count; null stands for everybody's. */
const actorsOf = async (ctx: Ctx, { agentId, siteId, to }: Taken): Promise<(string | null)[]> => {
  if (agentId !== undefined) return [agentId];
  if (siteId === undefined) return [null];
  // Whoever was moved away meanwhile worked there too: of a breach rather one too many than one too few.
  const moves = await eventsWithin(ctx, ['agent.changed'], { from: '2000-01-01T00:00:00.000Z', to }, 50_000);
  const were = moves.flatMap(({ data }) =>
    data?.siteId === siteId && typeof data.agentId === 'string' ? [data.agentId] : [],
  );
  return [...new Set([...(await agentsAtSite(ctx.db, siteId)), ...were])];
};

const assertAgent = async ({ db, house, scope }: Ctx, agentId: string): Promise<void> => {
  const known = await house.agentsSharing(db, scope.organisationIds);
  if (!known.includes(agentId)) throw wrong('agentId', 'incidents.unknownAgent');
};

const assertLot = async (ctx: Ctx, lotId: string): Promise<void> => {
  if (!(await findLot(ctx, lotId).catch(() => undefined))) throw wrong('lotId', 'incidents.unknownLot');
};

const note = (
  people: Map<string, Person>,
  memberId: string,
  organisationId: string | null,
  kind: TouchKind,
  at: string | null,
): void => {
  const person = people.get(memberId) ?? {
    ...{ memberId, organisationId: organisationId ?? '' },
    ...{ looked: 0, acted: 0, sent: 0, printed: 0 },
    ...{ firstAt: null, lastAt: null },
  };
  person[kind] += 1;
  if (at !== null) {
    person.firstAt = person.firstAt === null || at < person.firstAt ? at : person.firstAt;
    person.lastAt = person.lastAt === null || at > person.lastAt ? at : person.lastAt;
  }
  people.set(memberId, person);
};

const inOrder = (people: Person[]): Person[] =>
  people.sort((a, b) => (b.lastAt ?? '').localeCompare(a.lastAt ?? '') || (a.memberId < b.memberId ? -1 : 1));
