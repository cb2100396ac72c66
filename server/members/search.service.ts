import { countLook } from '../agents/agents.service.ts';
import { record } from '../audit/record.ts';
import { openCallOf } from '../calls/calls.service.ts';
import type { Ctx, Db, Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import type { Page } from '../core/page.ts';
import { look } from '../core/perform.ts';
import { fold, oneEdit } from '../core/text.ts';
import type { FoundMember, MemberSearch, Understanding, Way } from './members.schema.ts';
import { gapsOf, isForgiven } from './names.ts';
import { corsicanReadings } from './nir.ts';
import * as plans from './search.ts';
import type { Plan } from './search.ts';
import * as store from './search.store.ts';
import * as ways from './ways.service.ts';
import type { WaysOf } from './ways.service.ts';
import * as waysStore from './ways.store.ts';
import type { FoundRow, Window } from './search.store.ts';

/**
 * Answers the search box. What was typed leaves no trace but a keyed digest in the audit, in the agent's call,
 * which a search opens. Never lists everyone: at least two letters of a name or another whole criterion.
 *
 * @throws AppError `not-found` for an organisation that the agent has not; `too-many` at the cap of their site.
 */
export const searchMembers = async (
  visit: Visit,
  { filter, range, sort }: MemberSearch,
): Promise<Page<FoundMember>> => {
  const organisationIds = organisationsOf(visit, filter.organisation);
  const plan = plans.readSearch(filter.q);
  const [from, to] = range ?? [0, 24];
  const window: Window = { offset: from, limit: to - from + 1, order: orderOf(sort) };
  if (plan.kind !== 'nothing') await countLook(visit);
  const call = plan.kind === 'nothing' ? { id: null } : await openCallOf(visit);

  return look(visit, async (ctx) => {
    const found = await find({ db: ctx.db, house: ctx.house, organisationIds, plan, window });
    const total = Math.min(found.total, store.mostFound);
    const more = found.total > store.mostFound;
    record(ctx, {
      type: 'member.searched',
      organisationId: organisationIds.length === 1 ? (organisationIds[0] ?? null) : null,
      callId: call.id,
      data: {
        understoodAs: found.understood.kind,
        query: digest(ctx.house.keys, 'identifier-index', plan.canonical),
        found: total,
        more,
      },
    });
    return { rows: await withHeadlines(ctx, found.rows), total, bounded: more, note: found.understood };
  });
};

type Search = WaysOf & { db: Db; window: Window };
type Found = { rows: FoundRow[]; total: number };

const nobody: Found = { rows: [], total: 0 };

const find = async (search: Search): Promise<Found & { understood: Understanding }> => {
  const { plan, organisationIds } = search;
  const understood = {
    kind: plan.kind,
    problem: plan.problem,
    forgiven: [],
    corsican: false,
    needs: plan.needs,
  };
  if (plan.nir) {
    const found = await run(search, ways.byNir(search, [plan.nir]));
    // Corsica and the mainland share keys: offered, never answered in place of what was typed (FACTS 1.2).
    const twins = found.total > 0 ? [] : corsicanReadings(plan.nir);
    const corsican = twins.length > 0 && (await run(search, ways.byNir(search, twins))).total > 0;
    return { ...found, understood: { ...understood, corsican } };
  }
  if (plan.words.length > 0) return findWords(search, understood);

  const found = await run(search, [
    ...(plan.contacts.length > 0 ? [waysStore.byContact(organisationIds, plan.contacts)] : []),
    ...(plan.memberNumbers.length > 0 ? [waysStore.byMemberNumber(organisationIds, plan.memberNumbers)] : []),
    ...ways.byFilters(search, []),
  ]);
  return { ...found, understood: { ...understood, ...readAs(plan, found) } };
};

/** As typed with one side exact; then beginnings, any order, towns; then one slip of the finger. */
const findWords = async (
  search: Search,
  understood: Understanding,
): Promise<Found & { understood: Understanding }> => {
  const { words, filters } = search.plan;
  const names = words.map(plans.begins);
  if (filters.birthDate) {
    const found = await run(search, ways.byFilters(search, names));
    if (found.total > 0) return { ...found, understood };
    return findNear(search, understood);
  }
  const asTyped = await run(search, [
    ...ways.byReadings(search, plans.exactReadings(words)),
    ...ways.byOneWord(search),
  ]);
  if (asTyped.total > 0) return { ...asTyped, understood };

  const looser = await run(search, [
    ...ways.byReadings(search, plans.looseReadings(words)),
    ...(plans.areShort(words) ? ways.byFilters(search, names) : []),
    ...ways.byTown(search),
  ]);
  if (looser.total > 0) return { ...looser, understood };
  const anyOrder = await run(search, ways.inAnyOrder(search, names));
  return anyOrder.total > 0 ? { ...anyOrder, understood } : findNear(search, understood);
};

const findNear = async (
  search: Search,
  understood: Understanding,
): Promise<Found & { understood: Understanding }> => {
  const { plan, db, organisationIds } = search;
  const typed = [...new Set(plan.words.filter(isForgiven))];
  if (typed.length === 0) return { ...nobody, understood };
  const near = await store.listNearWords(db, organisationIds, typed, [...new Set(typed.flatMap(gapsOf))]);
  const readAs = typed.map((word) => ({
    typed: word,
    readAs: [...new Set(near)].filter((other) => other !== word && oneEdit(word, other)).slice(0, 30),
  }));
  if (readAs.every((one) => one.readAs.length === 0)) return { ...nobody, understood };

  const found = await run(
    search,
    ways.byNearWords(search, new Map(readAs.map((one) => [one.typed, one.readAs]))),
  );
  return {
    ...found,
    understood: { ...understood, forgiven: found.total > 0 ? seenIn(found.rows, readAs) : [] },
  };
};

const run = ({ db, window }: Search, all: Way[]): Promise<Found> => store.findPeople(db, all, window);

/** What could be two things is said to be the one that was found. */
const readAs = (plan: Plan, found: Found): Pick<Understanding, 'kind' | 'needs'> => {
  const isNumber = ({ memberNumber }: FoundRow) => plan.memberNumbers.includes(memberNumber);
  if (found.rows.length > 0 && found.rows.every(isNumber)) return { kind: 'member-number', needs: null };
  return { kind: plan.kind, needs: found.total > 0 ? null : plan.needs };
};

const seenIn = (rows: FoundRow[], forgiven: Understanding['forgiven']): Understanding['forgiven'] => {
  const seen = new Set(
    rows.flatMap((row) => fold(`${row.lastName} ${row.birthName ?? ''} ${row.firstName}`).split(' ')),
  );
  return forgiven
    .map(({ typed, readAs }) => ({ typed, readAs: readAs.filter((word) => seen.has(word)) }))
    .filter(({ readAs }) => readAs.length > 0);
};

/** With whether each may get in, as a list of people found shows it. */
export const withHeadlines = async (ctx: Ctx, rows: FoundRow[]): Promise<FoundMember[]> => {
  if (rows.length === 0) return [];
  const headlines = await ctx.house.headlinesOf(ctx, rows);
  return rows.map((row) => ({ ...row, headline: headlines.get(row.id) ?? 'no-account' }));
};

const orderOf = (sort: MemberSearch['sort']): Window['order'] => {
  if (!sort) return 'best';
  return sort[1] === 'DESC' ? 'desc' : 'asc';
};

const organisationsOf = ({ scope }: Visit, wanted: string | undefined): string[] => {
  if (wanted === undefined) return [...scope.organisationIds];
  if (!scope.organisationIds.includes(wanted)) throw new AppError('not-found', 'common.notFound');
  return [wanted];
};
