import { record } from '../audit/record.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { Household, OwnProof } from './agents.schema.ts';
import { insertAgent } from './agents.store.ts';
import { confirmIdentity } from './confirm.service.ts';
import { dropInvitation } from './invitations.store.ts';
import { placeAgent, saysWhere } from './placement.service.ts';
import { countHouseholds } from './placement.store.ts';
import type { AgentChange, AgentPage, AgentToMake, Invited } from './roster.schema.ts';
import { agentPage, findInReach } from './roster.service.ts';
import { invited } from './roster-access.service.ts';
import { assertAnother, updateAccount } from './roster-update.service.ts';
import * as store from './roster.store.ts';
import type { RosterRow } from './roster.store.ts';

type Proved<T> = T & OwnProof;

/** A new account and the link to its first password. @throws AppError as `makeAgentIn` does, and for the proof. */
export const makeAgent = async (visit: Visit, body: Proved<AgentToMake>): Promise<Invited> => {
  const { password, code, assertion, sso, ...input } = body;
  await confirmIdentity(visit, { password, code, assertion, sso }, 'agent.role');
  return perform(visit, async (ctx) => invited(ctx, await makeAgentIn(ctx, input)));
};

/**
 * An account without a password.
 *
 * @throws AppError `conflict` when an account, open or closed, has the username; `invalid-input` for an organisation
 * that whoever makes it has not, or an unknown site.
 */
export const makeAgentIn = async (ctx: Ctx, input: AgentToMake): Promise<string> => {
  const { username, name, role, organisations, experience, ...placement } = input;
  assertTheirs(ctx, input);
  const id = ctx.newId();
  const createdAt = ctx.now.toISOString();
  const agent = {
    id,
    username,
    name,
    role,
    organisations: unique(organisations),
    passwordHash: null,
    createdAt,
  };
  if (!(await insertAgent(ctx.db, agent))) {
    throw new AppError('conflict', 'agents.usernameTaken', { fields: { username: 'agents.usernameTaken' } });
  }
  record(ctx, { type: 'agent.created', data: { agentId: id, role, organisations: agent.organisations } });
  if (experience) await changeAgentIn(ctx, id, { experience, version: 1 });
  if (saysWhere(placement)) await placeAgent(ctx, id, placement);
  return id;
};

/** @throws AppError as `changeAgentIn` does. */
export const changeAgent = async (ctx: Ctx, id: string, change: AgentChange): Promise<AgentPage> => {
  await changeAgentIn(ctx, id, change);
  return agentPage(ctx, id);
};

const rights = ['role', 'organisations', 'experience', 'site', 'team', 'own', 'relatives'] as const;

/** Whether a change touches what an agent may do. */
export const givesRights = (change: Partial<AgentChange>): boolean =>
  (['role', 'organisations', 'experience', 'site', 'own', 'relatives'] as const).some(
    (part) => change[part] !== undefined,
  );

/**
 * Changes an account; what is not named stays. Another role or other organisations end its sessions.
 *
 * @throws AppError `not-found`; `conflict` when someone else changed it first, or it is closed; `policy-refused` for
 * one's own rights, and for the last administrator of an organisation; `invalid-input` as `makeAgentIn`.
 */
export const changeAgentIn = async (ctx: Ctx, id: string, change: AgentChange): Promise<void> => {
  const { version, name, role, organisations, experience, ...placement } = change;
  if (rights.some((part) => change[part] !== undefined)) assertAnother(ctx, id);
  assertTheirs(ctx, change);
  await store.lockAdministrators(ctx.db);
  const row = await findInReach(ctx, id);
  if (row.closed_at) throw new AppError('conflict', 'agents.isClosed');
  const had = (await store.organisationsOf(ctx.db, ctx.scope, [id])).get(id) ?? [];
  const has = organisations ? unique(organisations) : had;
  const leaving = leavingBy(row, had, role ?? row.role, has);
  await updateAccount(
    ctx,
    row,
    { version, leaving },
    {
      ...(name !== undefined && { name }),
      ...(role !== undefined && { role }),
      ...(experience !== undefined && { experience: experience === 'usual' ? null : experience }),
    },
  );
  if (organisations) await store.replaceOrganisations(ctx.db, id, has);
  if (name !== undefined) await noteName(ctx, row);
  const isOther = (role ?? row.role) !== row.role || has.join() !== had.join();
  if (isOther || experience !== undefined) {
    const sessions = isOther ? await store.deleteSessionsOf(ctx.db, id) : 0;
    record(ctx, {
      type: 'agent.rights-changed',
      data: {
        agentId: id,
        role: role ?? row.role,
        organisations: has,
        organisationsBefore: had,
        experience: experience ?? row.experience ?? 'usual',
        sessionsEnded: sessions,
      },
    });
  }
  if (saysWhere(placement)) await placeAgent(ctx, id, placement);
  // Named, and as it was: done all the same, and remembered.
  if (ctx.events.length === 0) await noteName(ctx, row);
};

/** Nobody signs in with it any more, from the next request on. @throws AppError as `changeAgentIn` does. */
export const closeAgent = async (
  ctx: Ctx,
  id: string,
  { version }: { version: number },
): Promise<AgentPage> => {
  assertAnother(ctx, id);
  await store.lockAdministrators(ctx.db);
  const row = await findInReach(ctx, id);
  if (row.closed_at) throw new AppError('conflict', 'agents.isClosed');
  const had = (await store.organisationsOf(ctx.db, ctx.scope, [id])).get(id) ?? [];
  const leaving = row.role === 'administrator' ? had : [];
  await updateAccount(ctx, row, { version, leaving }, { closed_at: ctx.now.toISOString() });
  await dropInvitation(ctx.db, id);
  const sessionsEnded = await store.deleteSessionsOf(ctx.db, id);
  record(ctx, { type: 'agent.closed', data: { agentId: id, sessionsEnded } });
  return agentPage(ctx, id);
};

/** The organisations that have one administrator less by it. */
const leavingBy = (row: RosterRow, had: string[], role: string, has: string[]): string[] => {
  if (row.role !== 'administrator') return [];
  return role === 'administrator' ? had.filter((one) => !has.includes(one)) : had;
};

type Given = { organisations?: string[]; own?: Household[]; relatives?: Household[] };

/** Nobody gives what they have not: another's organisation is answered as one that does not exist. */
const assertTheirs = ({ scope }: Ctx, { organisations = [], own = [], relatives = [] }: Given): void => {
  const lists = {
    organisations,
    own: own.map(({ organisationId }) => organisationId),
    relatives: relatives.map(({ organisationId }) => organisationId),
  };
  for (const [field, ids] of Object.entries(lists)) {
    if (ids.every((id) => scope.organisationIds.includes(id))) continue;
    throw new AppError('invalid-input', 'agents.unknownOrganisation', {
      params: { known: scope.organisationIds.join(', ') },
      fields: { [field]: 'agents.unknownOrganisation' },
    });
  }
};

const noteName = async (ctx: Ctx, { id: agentId, site_id: siteId }: RosterRow): Promise<void> => {
  const relatives = await countHouseholds(ctx.db, agentId);
  record(ctx, { type: 'agent.changed', data: { agentId, changed: ['name'], siteId, relatives } });
};

const unique = (ids: string[]): string[] => [...new Set(ids)].sort();
