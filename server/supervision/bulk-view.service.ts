import { listSites } from '../agents/sites.service.ts';
import type { Ctx } from '../core/ctx.ts';
import { momentInWords } from '../core/days.ts';
import { numbersOfLots } from '../letters/overdue.service.ts';
import type { BulkRequest } from './bulk.schema.ts';
import type { Criteria } from './incidents.schema.ts';
import * as store from './bulk.store.ts';
import type { BulkRow } from './bulk.store.ts';
import { titleOf } from './incidents.service.ts';
import { kindsOf } from './incidents.store.ts';

type Refusal = { code: 'conflict' | 'forbidden' | 'policy-refused'; words: string; rule: string };

/** Why this actor may not approve, or refuse, this request now; null when they may. */
export const refusalOf = ({ actor, now }: Ctx, row: BulkRow, act: 'approve' | 'refuse'): Refusal | null => {
  const permission = act === 'approve' ? 'bulk.approve' : 'bulk.ask';
  if (actor.kind !== 'agent' || !actor.permissions.has(permission))
    return { code: 'forbidden', words: 'common.forbidden', rule: 'bulk.role' };
  if (row.state !== 'waiting')
    return { code: 'conflict', words: `bulk.ended.${row.state}`, rule: 'bulk.ended' };
  if (row.expires_at <= now.toISOString())
    return { code: 'conflict', words: 'bulk.ended.expired', rule: 'bulk.ended' };
  if (act === 'approve' && row.asked_by === actor.id)
    return { code: 'policy-refused', words: 'bulk.own', rule: 'bulk.own' };
  if (row.asked_by !== actor.id && (JSON.parse(row.criteria) as Kept).agentId === actor.id)
    return { code: 'policy-refused', words: 'bulk.ownActs', rule: 'bulk.own-acts' };
  return null;
};

/** Rows as a second person reads them before deciding, with what this actor may do with each. */
export const toRequests = async (ctx: Ctx, rows: BulkRow[]): Promise<BulkRequest[]> => {
  const organisations = await store.organisationsOfRequests(
    ctx.db,
    rows.map(({ id }) => id),
  );
  const kept = new Map(rows.map((row) => [row.id, JSON.parse(row.criteria) as Kept]));
  const people = rows.flatMap((row) => [
    row.asked_by,
    ...[row.decided_by, kept.get(row.id)?.agentId].flatMap((id) => id ?? []),
  ]);
  const names = await ctx.house.namesOfAgents(ctx.db, [...new Set(people)]);
  const titles = await titlesOf(ctx, rows);
  const fromOf = await namesOfCriteria(ctx, [...kept.values()], names);
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    state: row.state,
    incidentId: row.incident_id,
    incidentTitle: titles.get(row.incident_id ?? '') ?? null,
    organisationIds: organisations.get(row.id) ?? [],
    about: aboutIn(ctx, row),
    from: fromOf(kept.get(row.id)),
    why: row.why,
    withLetters: row.with_letters === 1,
    targets: Number(row.targets),
    counted: JSON.parse(row.counted) as BulkRequest['counted'],
    countedNow: null,
    askedByName: names.get(row.asked_by) ?? null,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    decidedByName: names.get(row.decided_by ?? '') ?? null,
    decidedAt: row.decided_at,
    donePlace: Number(row.done_place),
    hit: Number(row.hit),
    secrets: Number(row.secrets),
    letters: Number(row.letters),
    finishedAt: row.finished_at,
    can: { approve: can(ctx, row, 'approve'), refuse: can(ctx, row, 'refuse') },
    version: Number(row.version),
  }));
};

const can = (ctx: Ctx, row: BulkRow, act: 'approve' | 'refuse'): BulkRequest['can']['approve'] => {
  const refusal = refusalOf(ctx, row, act);
  return { allowed: refusal === null, why: refusal && ctx.house.words.say(ctx.language, refusal.words) };
};

const titlesOf = async (ctx: Ctx, rows: BulkRow[]): Promise<Map<string, string>> => {
  const ids = rows.flatMap(({ incident_id: id }) => id ?? []);
  return new Map((await kindsOf(ctx.db, ids)).map(({ id, kind }) => [id, titleOf(ctx, kind)]));
};

/** The agent, site or lot that a request was counted from, by the name that people know. */
const namesOfCriteria = async (ctx: Ctx, all: Kept[], agents: ReadonlyMap<string, string>) => {
  const withSite = all.some(({ siteId }) => siteId !== undefined);
  const sites = new Map((withSite ? await listSites(ctx) : []).map(({ id, name }) => [id, name]));
  const lots = await numbersOfLots(
    ctx,
    all.flatMap(({ lotId }) => lotId ?? []),
  );
  return (kept: Kept | undefined): BulkRequest['from'] => ({
    agentName: agents.get(kept?.agentId ?? '') ?? null,
    siteName: sites.get(kept?.siteId ?? '') ?? null,
    lotNumber: lots.get(kept?.lotId ?? '') ?? null,
  });
};

type Kept = Criteria & {
  by?: string;
  via?: string;
  secret?: string;
  block?: string;
  from: string;
  to: string;
};

/** « Par un conseiller, du 18 novembre … au … »: from what its accounts were found. */
const aboutIn = ({ house, language }: Ctx, { kind, criteria }: BulkRow): string => {
  const { by, via, secret, block, from, to } = JSON.parse(criteria) as Kept;
  const say = (key: string, params = {}): string => house.words.say(language, `bulk.about.${key}`, params);
  const span = { from: momentInWords(language, from), to: momentInWords(language, to) };
  if (kind === 'kill-secrets') return say(`by-${by ?? 'period'}`, span);
  const way = say(via === 'pages' ? 'pages' : 'client');
  const tried = say(`secret-${secret ?? 'password'}`);
  return say(block === undefined ? 'locks' : 'locks-of-block', {
    ...span,
    way,
    secret: tried,
    block: block ?? '',
  });
};
