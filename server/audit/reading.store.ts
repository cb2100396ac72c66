import type { Knex } from 'knex';
import type { Db } from '../core/ctx.ts';
import { toEvent, type EventRow, type StoredEvent } from './audit.store.ts';
import type { EventType } from './vocabulary.schema.ts';

/**
 * Whose events a reader sees: those of the organisations, and of none all, or those of `agentIds` and those by which
 * nobody's act, but the server or a provider's groups, gave or took rights in one of `rightsIn`.
 */
export type Sight = {
  organisationIds: readonly string[];
  ofNone: 'all' | 'nothing' | { agentIds: readonly string[]; rightsIn: readonly string[] };
};

/** Which events, within a reader's sight. Moments are ISO 8601 in UTC, `from` included and `before` not. */
export type Selection = Sight & {
  ids?: readonly string[] | undefined;
  types?: readonly string[] | undefined;
  actorIds?: readonly string[] | undefined;
  actorKind?: string | undefined;
  memberId?: string | undefined;
  /** Beside the member's own events, those that showed them: lists in their organisation, pages of their relatives. */
  shown?: Shown | undefined;
  callId?: string | undefined;
  result?: string | undefined;
  from?: string | undefined;
  before?: string | undefined;
  /** Nothing that was recorded after this place: a file that is being written does not grow. */
  upTo?: number | undefined;
};

export type Shown = { organisationId: string; listTypes: readonly string[]; pagesOf: readonly string[] };

/** The place of a row in the order of these lists: by moment, then as recorded. */
export type Place = { at: string; seq: number };
type Window = { order: 'asc' | 'desc'; offset?: number; limit: number; after?: Place | null | undefined };

/**
 * Events of a selection, in order. A million rows are never sorted: each part of the selection is read in this order
 * from one index, to its first rows, and the parts are merged.
 */
export const listSelected = async (db: Db, selection: Selection, window: Window): Promise<StoredEvent[]> => {
  const { order, offset = 0, limit, after } = window;
  const inOrder = [
    { column: 'at', order },
    { column: 'seq', order },
  ];
  const parts = walksOf(db, selection, order).map((walk) => {
    const rest = after ? walk.where((some) => void beyond(some, after, order)) : walk;
    const first = rest
      .select('seq', 'at')
      .orderBy(inOrder)
      .limit(offset + limit);
    return db.select('*').from(first.as('part'));
  });
  const [first, ...others] = parts;
  if (!first) return [];
  const page = db
    .from(first.unionAll(others).as('every'))
    .select('seq')
    .orderBy(inOrder)
    .offset(offset)
    .limit(limit);
  const rows = await db<EventRow>('audit_events').whereIn('seq', page).orderBy(inOrder);
  return rows.map(toEvent);
};

/** How many there are; counting stops at `most`. */
export const countSelected = async (db: Db, selection: Selection, most: number): Promise<number> => {
  const [first, ...others] = walksOf(db, selection).map((walk) => walk.select('seq'));
  if (!first) return 0;
  const found = db.from(first.unionAll(others).as('every')).select('seq').limit(most);
  const [counted] = (await db.from(found.as('counted')).count({ n: '*' })) as { n: number | string }[];
  return Number(counted?.n ?? 0);
};

/** SQLite joins at most 500 queries, and more than these are no longer cheap. */
const mostWalks = 200;

/** Queries that answer from one index each and have no row in common. */
const walksOf = (db: Db, selection: Selection, order?: Window['order']): Knex.QueryBuilder[] => {
  const { ids, memberId, shown, callId, actorIds, result, actorKind, types, ofNone } = selection;
  const events = () => restricted(db('audit_events'), selection);
  if (memberId !== undefined && shown)
    return [inSight(events(), selection), ...walksOfShown(db, selection, { memberId, ...shown })];
  if (ids || memberId !== undefined || callId !== undefined) return [inSight(events(), selection)];
  if (actorIds && actorIds.length <= mostWalks)
    return actorIds.map((id) => inSight(events(), selection).where({ actor_id: id }));
  // As the partial indexes say it: SQLite compares words, not values.
  if (result !== undefined && result !== 'done')
    return [inSight(events(), selection).whereRaw("result <> 'done'")];
  if (actorKind !== undefined && actorKind !== 'agent')
    return [inSight(events(), selection).whereRaw("actor_kind <> 'agent'")];

  const organisations = organisationsOf(selection);
  const rest = { ...selection, types: undefined };
  const areFew = types && organisations.length * types.length <= mostWalks;
  return organisations.flatMap((organisationId) => {
    const place = { organisationId, order, ofNone };
    if (!areFew) return [ofOrganisation(events(), place)];
    // The one condition on the type: beside a list of types SQLite takes the index without it.
    const walk = () => ofOrganisation(restricted(db('audit_events'), rest), place);
    return types.map((type) => walk().where({ type }));
  });
};

/** Rare types, each along its index, and few people's pages: what else an organisation did in years is not read. */
const walksOfShown = (
  db: Db,
  selection: Selection,
  { memberId, organisationId, listTypes, pagesOf }: Shown & { memberId: string },
): Knex.QueryBuilder[] => {
  const others = () =>
    restricted(db('audit_events'), { ...selection, memberId: undefined, types: undefined })
      .whereRaw("coalesce(member_id, '') <> ?", [memberId])
      .where(namedInList([memberId]));
  const { types } = selection;
  const wanted = listTypes.filter((type) => !types || types.includes(type));
  const lists = wanted.map((type) => others().where({ organisation_id: organisationId, type }));
  if (pagesOf.length === 0) return lists;
  // What a list already gives stands once.
  const pages = others()
    .whereIn('member_id', [...pagesOf])
    .whereNotIn('type', [...listTypes])
    .modify((page) => void (types && page.whereIn('type', [...types])));
  return [...lists, pages.whereRaw("coalesce(organisation_id, '') = ?", [organisationId])];
};

const organisationsOf = ({ organisationIds, ofNone }: Sight): (string | null)[] => [
  ...organisationIds,
  ...(ofNone === 'nothing' ? [] : [null]),
];

type PlaceOf = { organisationId: string | null; order: Window['order'] | undefined } & Pick<Sight, 'ofNone'>;

const ofOrganisation = (found: Knex.QueryBuilder, place: PlaceOf): Knex.QueryBuilder => {
  const { organisationId, order, ofNone } = place;
  if (organisationId !== null) return found.where({ organisation_id: organisationId });
  const none = found.whereNull('organisation_id');
  // To PostgreSQL a column that is null is not one that is equal: said in the order, the index gives it all the same.
  if (order) none.orderBy('organisation_id', order);
  return typeof ofNone === 'string' ? none : none.where(seenOfNone(ofNone));
};

type SomeOfNone = Exclude<Sight['ofNone'], string>;

const seenOfNone = (ofNone: SomeOfNone) => (some: Knex.QueryBuilder) => {
  some.where(
    (theirs) => void theirs.where({ actor_kind: 'agent' }).whereIn('actor_id', [...ofNone.agentIds]),
  );
  some.orWhere((rights) => {
    rights.whereNot({ actor_kind: 'agent' }).whereIn('type', rightsEvents);
    rights.where(namedInList(ofNone.rightsIn));
  });
};

/** Events whose data name the organisations in which somebody has or had rights. */
const rightsEvents: EventType[] = ['agent.created', 'agent.rights-changed', 'agent.rights-from-groups'];

const namedInList = (ids: readonly string[]) => (named: Knex.QueryBuilder) => {
  named.whereRaw('1 = 0');
  for (const id of ids) for (const place of placesInList(id)) named.orWhereLike('payload', place);
};

/** As canonical JSON writes a text of a list: after a comma elsewhere a name would stand, with a colon after it. */
const placesInList = (id: string): string[] => [`%["${id}"%`, `%,"${id}",%`, `%,"${id}"]%`];

/** The sight without its index: other conditions have the better one. */
const inSight = (found: Knex.QueryBuilder, { organisationIds, ofNone }: Sight): Knex.QueryBuilder => {
  const ids = [...organisationIds, ...(ofNone === 'all' ? [''] : [])];
  const list = ids.map(() => '?').join(', ') || 'null';
  const ofThese = `coalesce(organisation_id, '') in (${list})`;
  if (typeof ofNone === 'string') return found.whereRaw(ofThese, ids);
  return found.where((some) => {
    some.whereRaw(ofThese, ids);
    some.orWhere((none) => void none.whereNull('organisation_id').where(seenOfNone(ofNone)));
  });
};

const restricted = (found: Knex.QueryBuilder, selection: Selection): Knex.QueryBuilder => {
  const { ids, types, actorIds, actorKind, memberId, callId, result, from, before, upTo } = selection;
  if (ids) found.whereIn('id', [...ids]);
  if (types) found.whereIn('type', [...types]);
  if (actorIds) found.whereIn('actor_id', [...actorIds]);
  if (actorKind !== undefined) found.where({ actor_kind: actorKind });
  if (memberId !== undefined) found.where({ member_id: memberId });
  if (callId !== undefined) found.where({ call_id: callId });
  if (result !== undefined) found.where({ result });
  // What retention took away has no moment any more, and is nobody's to read.
  found.where('at', '>=', from ?? '0');
  if (before !== undefined) found.where('at', '<', before);
  if (upTo !== undefined) found.where('seq', '<=', upTo);
  return found;
};

const beyond = (found: Knex.QueryBuilder, { at, seq }: Place, order: Window['order']): Knex.QueryBuilder => {
  const further = order === 'asc' ? '>' : '<';
  // The first bound is the index's, the second tells rows of one moment apart.
  return found.where('at', `${further}=`, at).where((some) => {
    some.where('at', further, at).orWhere('seq', further, seq);
  });
};
