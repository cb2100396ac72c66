import { addDays, atParis } from '../core/calendar.ts';
import type { Ctx, Scope } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Role } from '../core/vocabulary.ts';
import type { AuditRow, AuditSelection } from './audit.schema.ts';
import type { StoredEvent } from './audit.store.ts';
import { countSelected, listSelected, type Place, type Selection, type Sight } from './reading.store.ts';
import { record } from './record.ts';
import { showingTypes } from './showing.ts';
import { eventTypes } from './vocabulary.schema.ts';

export type { Place, Selection } from './reading.store.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Agents, closed ones too, who have this role now; the agents room hands it over. */
    agentsOfRole: (db: Db, role: Role) => Promise<string[]>;
    /** Agents, closed ones too, who work at the site of this name now. */
    agentsOfSite: (db: Db, site: string) => Promise<string[]>;
  }
}

const countedAtMost = 10_000;

/** The audit list: reading it is itself recorded. */
export const listAudit = async (
  ctx: Ctx,
  { filter: { id, ...filter }, sort, offset, limit }: ListQuery<AuditSelection & { id?: string[] }>,
): Promise<Page<AuditRow>> => {
  const selection = { ...(await selectionOf(ctx, filter)), ...(id && { ids: id }) };
  const counted = await countSelected(ctx.db, selection, countedAtMost + 1);
  const total = Math.min(counted, countedAtMost);
  const rows =
    offset < counted
      ? await readRows(ctx, selection, { order: sort.order, offset, limit })
      : ([] as AuditRow[]);
  record(ctx, { type: 'audit.read', data: { filters: Object.keys({ ...filter, ...(id && { id }) }) } });
  return { rows, total, bounded: counted > countedAtMost };
};

/** A page of a selection with the names of agents, as its reader may see it. */
export const readRows = async (
  ctx: Ctx,
  selection: Selection,
  window: { order: 'asc' | 'desc'; offset?: number; limit: number; after?: Place | null },
): Promise<AuditRow[]> => {
  const rows = await withNames(ctx, await listSelected(ctx.db, selection, window));
  return rows.map((row) => withinScope(ctx.scope, row));
};

/** How many events a selection has; counting stops at `most`. */
export const countRows = ({ db }: Ctx, selection: Selection, most: number): Promise<number> =>
  countSelected(db, selection, most);

/**
 * What a filter selects of what its reader may see.
 *
 * @throws AppError `invalid-input` at `to` when it lies before `from`.
 */
export const selectionOf = async (ctx: Ctx, filter: AuditSelection): Promise<Selection> => {
  const { type, actorId, role, site, organisationId, from, to, ...same } = filter;
  const [begin, end] = [from && startOf(from), to && endOf(to)];
  if (begin && end && end <= begin) {
    const fields = { to: 'audit.backwards' };
    throw new AppError('invalid-input', 'audit.backwards', { fields });
  }
  return {
    ...within(await sightOf(ctx), organisationId),
    ...same,
    types: type === undefined ? undefined : typesOf([type].flat()),
    actorIds: await actorsOf(ctx, { actorId, role, site }),
    from: begin,
    before: end,
  };
};

/**
 * The same of one member, with the events that showed them beside somebody else: lists of names in their organisation,
 * and the pages of their relatives.
 */
export const selectionOfMember = async (
  ctx: Ctx,
  member: { id: string; organisationId: string; relativeIds: string[] },
  filter: AuditSelection = {},
): Promise<Selection> => ({
  ...(await selectionOf(ctx, { ...filter, memberId: member.id })),
  shown: {
    organisationId: member.organisationId,
    // Of a page, the relatives' names are shown: whose it is finds it.
    listTypes: showingTypes.filter((type) => type !== 'member.viewed'),
    pagesOf: member.relativeIds,
  },
});

/** Events of no organisation (sign-ins, refusals) are for those who share one with the agent; what the server
 * itself or somebody without session did is for those who work for every organisation, but for the rights that it
 * gave or took: these are for those of the organisations concerned. */
export const sightOf = async ({ db, house, scope: { organisationIds } }: Ctx): Promise<Sight> => {
  const hasAll = house.everyOrganisation().every((id) => organisationIds.includes(id));
  if (hasAll) return { organisationIds, ofNone: 'all' };
  const agentIds = await house.agentsSharing(db, organisationIds);
  return { organisationIds, ofNone: { agentIds, rightsIn: organisationIds } };
};

export const withNames = async (ctx: Ctx, rows: StoredEvent[]): Promise<AuditRow[]> => {
  const ids = new Set(rows.flatMap((row) => (row.actorKind === 'agent' && row.actorId ? [row.actorId] : [])));
  const names = await ctx.house.namesOfAgents(ctx.db, [...ids]);
  return rows.map((row) => ({ ...row, actorName: (row.actorId && names.get(row.actorId)) ?? null }));
};

const within = (sight: Sight, organisationId: string | undefined): Sight =>
  organisationId === undefined
    ? sight
    : { organisationIds: sight.organisationIds.filter((id) => id === organisationId), ofNone: 'nothing' };

const typesOf = (patterns: string[]): string[] => {
  const isMeant = (type: string) =>
    patterns.some((one) => one === type || (one.endsWith('.*') && type.startsWith(one.slice(0, -1))));
  return eventTypes.filter(isMeant);
};

/** Whoever is meant by each of these that is said. */
const actorsOf = async (
  { db, house }: Ctx,
  { actorId, role, site }: Pick<AuditSelection, 'actorId' | 'role' | 'site'>,
): Promise<string[] | undefined> => {
  const meant = [
    ...(actorId === undefined ? [] : [[actorId]]),
    ...(role === undefined ? [] : [await house.agentsOfRole(db, role)]),
    ...(site === undefined ? [] : [await house.agentsOfSite(db, site)]),
  ];
  const [first, ...others] = meant;
  return first?.filter((id) => others.every((ids) => ids.includes(id)));
};

const startOf = (moment: string): string =>
  atParis(moment.slice(0, 10), moment.slice(11) || '00:00').toISOString();

// The day or the minute named is meant whole.
const endOf = (moment: string): string => {
  const [day, time] = [moment.slice(0, 10), moment.slice(11)];
  if (time === '') return atParis(addDays(day, 1), '00:00').toISOString();
  return new Date(atParis(day, time).getTime() + 60_000).toISOString();
};

/** Which other organisations an agent works for is nothing that a reader of one learns. */
const withinScope = ({ organisationIds }: Scope, row: AuditRow): AuditRow => {
  if (row.data === null) return row;
  const data = Object.entries(row.data).map(([name, value]) => [
    name,
    namesOrganisations.has(name) && Array.isArray(value)
      ? value.filter((id: string) => organisationIds.includes(id))
      : value,
  ]);
  return { ...row, data: Object.fromEntries(data) as AuditRow['data'] };
};

const namesOrganisations: ReadonlySet<string> = new Set(['organisations', 'organisationsBefore']);
