import { record } from '../audit/record.ts';
import type { AuditEvent } from '../audit/vocabulary.schema.ts';
import { holdsIdentifier } from '../calls/free-text.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { wrong } from '../letters/wrong.ts';
import type { ChangeIncident, Criteria, Incident, IncidentBanner, OpenIncident } from './incidents.schema.ts';
import * as store from './incidents.store.ts';
import type { IncidentField, IncidentFilter, IncidentRow } from './incidents.store.ts';

/** GDPR, article 33: the authority is told within 72 hours of the breach being known. */
export const hoursToNotify = 72;

export const deadlineOf = (knownAt: string): string =>
  new Date(Date.parse(knownAt) + hoursToNotify * 3_600_000).toISOString();

/** An incident with everything needed to decide about it. */
export type Known = {
  row: IncidentRow;
  organisationIds: string[];
  isWhole: boolean;
  criteria: Criteria | null;
};

/**
 * Opens an incident of one or several organisations; with a banner text, their desks read it from then on.
 *
 * @throws AppError `invalid-input` at the field for an organisation that is not the agent's own, moments in the
 * wrong order or ahead, and a text with a number, an address or a NIR in it.
 */
export const openIncident = async (ctx: Ctx, input: OpenIncident): Promise<Incident> => {
  const organisationIds = [...new Set(input.organisationIds)].sort();
  if (organisationIds.some((id) => !ctx.scope.organisationIds.includes(id)))
    throw wrong('organisationIds', 'incidents.unknownOrganisation');
  const { beganAt, knownAt } = momentsOf(ctx, input);
  const bannerText = input.bannerText ?? null;
  assertText(bannerText);
  const row: IncidentRow = {
    id: ctx.newId(),
    kind: input.kind,
    state: 'open',
    began_at: beganAt,
    known_at: knownAt,
    notified_at: null,
    banner_text: bannerText,
    criteria: input.criteria ? JSON.stringify(input.criteria) : null,
    opened_by: agentId(ctx),
    opened_at: ctx.now.toISOString(),
    closed_by: null,
    closed_at: null,
    version: 1,
  };
  await store.insertIncident(ctx.db, row, organisationIds);
  const data = { incidentId: row.id, kind: row.kind };
  inEach(ctx, organisationIds, { type: 'incident.opened', data });
  return one(ctx, row);
};

/** @throws AppError as `openIncident`; `conflict` when somebody changed or closed it first. */
export const changeIncident = async (ctx: Ctx, id: string, input: ChangeIncident): Promise<Incident> => {
  const { row, organisationIds } = await manageable(ctx, id);
  const { version, criteria, bannerText, notifiedAt, ...moments } = input;
  const { beganAt, knownAt } = momentsOf(ctx, {
    beganAt: moments.beganAt ?? row.began_at,
    knownAt: moments.knownAt ?? row.known_at,
  });
  assertText(bannerText ?? null);
  if (notifiedAt && Date.parse(notifiedAt) > ctx.now.getTime())
    throw wrong('notifiedAt', 'incidents.momentAhead');
  const change: Partial<IncidentRow> = { began_at: beganAt, known_at: knownAt };
  if (bannerText !== undefined) change.banner_text = bannerText;
  if (criteria !== undefined) change.criteria = criteria && JSON.stringify(criteria);
  if (notifiedAt !== undefined) change.notified_at = notifiedAt && new Date(notifiedAt).toISOString();
  if (!(await store.updateIncident(ctx.db, { id, version }, change)))
    throw new AppError('conflict', 'common.conflict');

  const after = { ...row, ...change, version: version + 1 };
  const changed = Object.keys(input).filter((key) => key !== 'version');
  const data = { incidentId: id, changed, banner: after.banner_text !== null };
  inEach(ctx, organisationIds, { type: 'incident.changed', data });
  return one(ctx, after);
};

/** Closes it, and takes its banner away. */
export const closeIncident = async (
  ctx: Ctx,
  id: string,
  { version }: { version: number },
): Promise<Incident> => {
  const { row, organisationIds } = await manageable(ctx, id);
  const change = {
    state: 'closed',
    closed_by: agentId(ctx),
    closed_at: ctx.now.toISOString(),
    banner_text: null,
  } as const;
  if (!(await store.updateIncident(ctx.db, { id, version }, change)))
    throw new AppError('conflict', 'common.conflict');
  inEach(ctx, organisationIds, { type: 'incident.closed', data: { incidentId: id } });
  return one(ctx, { ...row, ...change, version: version + 1 });
};

export const showIncident = async (ctx: Ctx, id: string): Promise<Incident> =>
  one(ctx, (await findKnown(ctx, id)).row);

export const listIncidents = async (
  ctx: Ctx,
  query: ListQuery<IncidentFilter, IncidentField>,
): Promise<Page<Incident>> => {
  const { rows, total } = await store.listIncidents(ctx.db, ctx.scope, query);
  return { rows: await toIncidents(ctx, rows), total };
};

/** What the agent's desk shows on top of every screen now. */
export const readBanners = async (ctx: Ctx): Promise<IncidentBanner[]> =>
  (await store.listBanners(ctx.db, ctx.scope)).map(({ id, kind, banner_text: text }) => ({
    incidentId: id,
    title: titleOf(ctx, kind),
    text: text ?? '',
  }));

/** @throws AppError `not-found`, the same for one that concerns none of the agent's organisations. */
export const findKnown = async (ctx: Ctx, id: string): Promise<Known> => {
  const row = await store.findIncident(ctx.db, ctx.scope, id);
  if (!row) throw new AppError('not-found', 'common.notFound');
  const all = (await store.organisationsOf(ctx.db, [id])).get(id) ?? [];
  const organisationIds = all.filter((one) => ctx.scope.organisationIds.includes(one));
  return { row, organisationIds, isWhole: organisationIds.length === all.length, criteria: criteriaOf(row) };
};

/**
 * One that this agent may act on: of all its organisations, and open.
 *
 * @throws AppError `policy-refused` when it concerns organisations beyond theirs, `conflict` once it is closed.
 */
export const manageable = async (ctx: Ctx, id: string): Promise<Known> => {
  const known = await findKnown(ctx, id);
  if (!known.isWhole)
    throw new AppError('policy-refused', 'incidents.notWhole', { rule: 'incident.not-whole' });
  if (known.row.state === 'closed') throw new AppError('conflict', 'incidents.closed');
  return known;
};

/** The same event in each organisation: each sees what concerns it. */
export const inEach = (ctx: Ctx, organisationIds: readonly string[], event: AuditEvent): void => {
  for (const organisationId of organisationIds) record(ctx, { ...event, organisationId });
};

export const titleOf = ({ house, language }: Pick<Ctx, 'house' | 'language'>, kind: string): string =>
  house.words.say(language, `incidents.kinds.${kind}`);

export const agentId = ({ actor }: Pick<Ctx, 'actor'>): string => {
  if (actor.kind !== 'agent') throw new AppError('forbidden', 'common.forbidden');
  return actor.id;
};

const one = async (ctx: Ctx, row: IncidentRow): Promise<Incident> =>
  (await toIncidents(ctx, [row]))[0] as Incident;

const toIncidents = async (ctx: Ctx, rows: IncidentRow[]): Promise<Incident[]> => {
  const organisations = await store.organisationsOf(
    ctx.db,
    rows.map(({ id }) => id),
  );
  const people = rows.flatMap((row) => [row.opened_by, row.closed_by ?? []].flat());
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(people)]);
  return rows.map((row) => {
    const all = organisations.get(row.id) ?? [];
    const own = all.filter((id) => ctx.scope.organisationIds.includes(id));
    return {
      id: row.id,
      kind: row.kind,
      title: titleOf(ctx, row.kind),
      state: row.state,
      organisationIds: own,
      beganAt: row.began_at,
      knownAt: row.known_at,
      deadlineAt: deadlineOf(row.known_at),
      notifiedAt: row.notified_at,
      bannerText: row.banner_text,
      criteria: criteriaOf(row),
      openedByName: names.get(row.opened_by) ?? null,
      openedAt: row.opened_at,
      closedByName: names.get(row.closed_by ?? '') ?? null,
      closedAt: row.closed_at,
      can: { manage: mayManage(ctx, row, own.length === all.length) },
      version: Number(row.version),
    };
  });
};

const mayManage = (ctx: Ctx, { state }: IncidentRow, isWhole: boolean): Incident['can']['manage'] => {
  const isHolder = ctx.actor.kind === 'agent' && ctx.actor.permissions.has('incident.manage');
  const no = !isHolder
    ? 'common.forbidden'
    : state === 'closed'
      ? 'incidents.closed'
      : isWhole
        ? null
        : 'incidents.notWhole';
  return { allowed: no === null, why: no && ctx.house.words.say(ctx.language, no) };
};

const criteriaOf = ({ criteria }: Pick<IncidentRow, 'criteria'>): Criteria | null =>
  criteria === null ? null : (JSON.parse(criteria) as Criteria);

const momentsOf = (
  ctx: Ctx,
  { beganAt, knownAt }: { beganAt: string; knownAt: string },
): { beganAt: string; knownAt: string } => {
  if (Date.parse(knownAt) > ctx.now.getTime()) throw wrong('knownAt', 'incidents.momentAhead');
  if (Date.parse(beganAt) > Date.parse(knownAt)) throw wrong('beganAt', 'incidents.beganAfter');
  return { beganAt: new Date(beganAt).toISOString(), knownAt: new Date(knownAt).toISOString() };
};

const assertText = (text: string | null): void => {
  if (text !== null && holdsIdentifier(text)) throw wrong('bannerText', 'incidents.identifier');
};
