import { raiseAlert } from '../audit/alerts.service.ts';
import { record } from '../audit/record.ts';
import { parisDay } from '../core/calendar.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { perform, systemVisit } from '../core/perform.ts';
import { permissionsOf } from '../core/permissions.ts';
import type { Role } from '../core/vocabulary.ts';
import type { ConfirmManyRights, RightsLine } from './rights-review.schema.ts';
import * as store from './rights-review.store.ts';
import type { RightsField, RightsFilterValues } from './rights-review.store.ts';
import { findInReach, reachOf, toListed } from './roster.service.ts';
import type { RosterRow } from './roster.store.ts';

/** Rights are read again every year (CNIL, guide de la sécurité des données personnelles, « Gérer les habilitations »). */
const yearMs = 365 * 86_400_000;

export const listRights = async (
  ctx: Ctx,
  query: ListQuery<RightsFilterValues, RightsField>,
): Promise<Page<RightsLine>> => {
  const { rows, total } = await store.listRights(ctx.db, reachOf(ctx), query, longAgo(ctx));
  return { rows: await toLines(ctx, rows), total };
};

export const countDue = async (ctx: Ctx): Promise<{ due: number }> => {
  const query = {
    filter: { due: true },
    sort: { field: 'name', order: 'asc' },
    offset: 0,
    limit: 1,
  } as const;
  return { due: (await store.listRights(ctx.db, reachOf(ctx), query, longAgo(ctx))).total };
};

/**
 * Somebody else says that what an agent may do is right, as it stands.
 *
 * @throws AppError `not-found`; `policy-refused` for one's own; `conflict` when it changed since it was read.
 */
export const confirmRights = async (
  ctx: Ctx,
  id: string,
  { version }: { version: number },
): Promise<RightsLine> => {
  await confirmOne(ctx, id, version);
  return (await toLines(ctx, [await findInReach(ctx, id)]))[0] as RightsLine;
};

const confirmOne = async (ctx: Ctx, id: string, version: number): Promise<void> => {
  if (ctx.actor.kind !== 'agent') throw new AppError('forbidden', 'common.forbidden');
  await findInReach(ctx, id);
  if (ctx.actor.id === id) throw new AppError('policy-refused', 'rights.own', { rule: 'agent.own-rights' });
  const by = { rights_reviewed_at: ctx.now.toISOString(), rights_reviewed_by: ctx.actor.id };
  if (!(await store.confirmRights(ctx.db, reachOf(ctx), { id, version }, by)))
    throw new AppError('conflict', 'common.conflict');
  record(ctx, { type: 'rights.confirmed', data: { agentId: id } });
};

/** The same of several, in one act: of all of them or of none. @throws AppError as `confirmRights` does. */
export const confirmManyRights = async (
  ctx: Ctx,
  { lines }: ConfirmManyRights,
): Promise<{ confirmed: number }> => {
  // In one order whoever asks: two who confirm the same accounts wait for each other, never crosswise.
  const inOrder = [...lines].sort((one, other) => (one.id < other.id ? -1 : 1));
  for (const { id, version } of inOrder) await confirmOne(ctx, id, version);
  return { confirmed: inOrder.length };
};

/** Tells the supervisors, once, of accounts that nobody has reviewed for a year. Answers for how many organisations. */
export const runRightsReview = async (house: House): Promise<number> => {
  const before = longAgo({ now: house.clock() });
  if (!(await store.isAnyUntold(house.pool, before))) return 0;
  try {
    return await perform(systemVisit(house, 'rights-review', house.everyOrganisation()), async (ctx) => {
      const organisations = await store.tellOnce(ctx.db, before, ctx.now.toISOString());
      // Another server was faster, or the same alert still waits to be seen: nothing is recorded.
      if (organisations.length === 0) throw new Nothing();
      for (const organisationId of organisations) {
        await raiseAlert(ctx, { organisationId, kind: 'rights-review-due', subject: 'rights-review' });
      }
      record(ctx, { type: 'rights.due', data: { organisations: organisations.length } });
      return organisations.length;
    });
  } catch (error) {
    if (error instanceof Nothing) return 0;
    throw error;
  }
};

class Nothing extends Error {}

export const toLines = async (ctx: Ctx, rows: RosterRow[]): Promise<RightsLine[]> => {
  const { house, language, actor } = ctx;
  const say = (key: string) => house.words.say(language, `rights.${key}`);
  const listed = await toListed(ctx, rows);
  const names = await house.namesOfAgents(ctx.db, [
    ...new Set(rows.flatMap((row) => row.rights_reviewed_by ?? [])),
  ]);
  const mayConfirm = actor.kind === 'agent' && actor.permissions.has('rights.confirm');
  return rows.map((row, index) => {
    const one = listed[index];
    const isOwn = actor.kind === 'agent' && actor.id === row.id;
    const due = new Date(Date.parse(row.rights_reviewed_at) + yearMs);
    return {
      id: row.id,
      username: row.username,
      name: row.name,
      role: row.role,
      roleInWords: say(`roles.${row.role}`),
      permissions: permissionsInWords(ctx, row.role),
      organisations: one?.organisations ?? [],
      site: one?.site ?? null,
      team: row.team,
      experience: row.experience ?? 'usual',
      experienceInWords: say(`experiences.${row.experience ?? 'usual'}`),
      lastSignedInAt: row.last_signed_in_at,
      reviewedAt: row.rights_reviewed_at,
      reviewedByName: names.get(row.rights_reviewed_by ?? '') ?? null,
      dueOn: parisDay(due),
      isDue: row.rights_reviewed_at < longAgo(ctx),
      can: { confirm: { allowed: mayConfirm && !isOwn, why: isOwn ? say('own') : null } },
      version: Number(row.version),
    };
  });
};

/** What a role may do, one sentence each; what every agent may do is not said. */
const permissionsInWords = ({ house, language }: Ctx, role: Role): string[] =>
  [...permissionsOf(role)]
    .filter((permission) => permission !== 'signed-in' && permission !== 'own-account')
    .map((permission) => house.words.say(language, `rights.permissions.${permission}`));

const longAgo = ({ now }: { now: Date }): string => new Date(now.getTime() - yearMs).toISOString();
