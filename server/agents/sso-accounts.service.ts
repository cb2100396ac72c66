import { record } from '../audit/record.ts';
import { digest } from '../core/crypto.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { Identified } from '../http/session.ts';
import { NewAgent } from './agents.schema.ts';
import * as agents from './agents.store.ts';
import * as roster from './roster.store.ts';
import { listSites } from './sites.store.ts';
import type { GroupRights } from './sso-file.ts';
import type { SsoPerson } from './sso.schema.ts';
import * as store from './sso.store.ts';

/** Whether an account is linked to the single sign-on that is offered. */
export const isLinked = async (house: House, agentId: string): Promise<boolean> =>
  house.sso !== null && (await store.findIdentityOf(house.pool, agentId)) !== undefined;

/** Whether an account signs in through single sign-on only, as SSO_FILE says of those that are linked. */
export const isPasswordShut = async (house: House, agentId: string): Promise<boolean> =>
  house.sso !== null && !house.sso.allowPasswords && (await isLinked(house, agentId));

/** Whose account the provider vouches for, where it is linked already. */
export const agentOfPerson = async (house: House, person: SsoPerson): Promise<string | undefined> => {
  const subject = { issuer: person.issuer, subject_digest: subjectOf(house, person) };
  return (await store.findIdentity(house.pool, subject))?.agent_id;
};

/**
 * The account of whom the provider vouches for: linked before; or of this username, when an administrator lets it be
 * linked; or made now. What the groups give is given anew each time, and taken away as well.
 *
 * @throws AppError `policy-refused` with a sentence that says whom to ask; nothing is changed then.
 */
export const accountOfPerson = async (
  ctx: Ctx,
  person: SsoPerson,
  rights: GroupRights,
): Promise<Identified> => {
  const siteId = await siteIdOf(ctx, rights.site);
  const subject = { issuer: person.issuer, subject_digest: subjectOf(ctx.house, person) };
  const linked = await store.findIdentity(ctx.db, subject);
  const agentId = linked?.agent_id ?? (await linkOrMake(ctx, person, { ...rights, siteId }, subject));
  const agent = await roster.findAgent(ctx.db, everywhere(ctx), agentId);
  if (!agent || agent.closed_at !== null) throw refused('closed');
  await giveRights(ctx, agent, { ...rights, siteId });
  const { name, team } = agent;
  return { id: agentId, name, role: rights.role, siteId: siteId ?? agent.site_id, team };
};

/** Lets an account be linked by its username, once. @throws AppError `not-found`, or `policy-refused` for one's own. */
export const permitLink = async (ctx: Ctx, agentId: string): Promise<null> => {
  if (ctx.house.sso === null) throw new AppError('not-found', 'sso.none');
  const actorId = ctx.actor.kind === 'agent' ? ctx.actor.id : '';
  if (actorId === agentId) throw new AppError('policy-refused', 'sso.notOwn', { rule: 'agent.own-rights' });
  const agent = await roster.findAgent(ctx.db, { ...ctx.scope, wholly: true }, agentId);
  if (!agent || agent.closed_at !== null) throw new AppError('not-found', 'common.notFound');
  if (await store.findIdentityOf(ctx.db, agentId)) throw new AppError('conflict', 'sso.linkedAlready');
  await store.setPermit(ctx.db, {
    agent_id: agentId,
    permitted_by: actorId,
    permitted_at: ctx.now.toISOString(),
  });
  record(ctx, { type: 'agent.sso-permitted', data: { agentId } });
  return null;
};

type Rights = GroupRights & { siteId: string | null };
type Subject = Pick<store.IdentityRow, 'issuer' | 'subject_digest'>;

const linkOrMake = async (ctx: Ctx, person: SsoPerson, rights: Rights, subject: Subject): Promise<string> => {
  const found = await agents.findByUsername(ctx.db, person.username);
  // Whoever may choose their username at the provider would else be whom they like here.
  if (found && !(await store.takePermit(ctx.db, found.id))) throw refused('not-permitted');
  const agentId = found?.id ?? (await make(ctx, person, rights));
  if (await store.findIdentityOf(ctx.db, agentId)) throw refused('not-permitted');
  await store.insertIdentity(ctx.db, { ...subject, agent_id: agentId, linked_at: ctx.now.toISOString() });
  record(ctx, { type: 'agent.sso-linked', data: { agentId, made: !found } });
  return agentId;
};

const make = async (ctx: Ctx, person: SsoPerson, { role, organisations }: Rights): Promise<string> => {
  const username = NewAgent.shape.username.safeParse(person.username).data;
  if (username === undefined) throw refused('username');
  const id = ctx.newId();
  const createdAt = ctx.now.toISOString();
  const account = { id, username, name: person.name, role, organisations, createdAt, passwordHash: null };
  // Of a closed account the username stays taken.
  if (!(await agents.insertAgent(ctx.db, account))) throw refused('closed');
  record(ctx, { type: 'agent.created', data: { agentId: id, role, organisations } });
  return id;
};

const giveRights = async (ctx: Ctx, agent: roster.RosterRow, rights: Rights): Promise<void> => {
  const before = (await roster.organisationsOf(ctx.db, everywhere(ctx), [agent.id])).get(agent.id) ?? [];
  const after = [...rights.organisations].sort();
  const siteId = rights.siteId ?? agent.site_id;
  const isSame = agent.role === rights.role && agent.site_id === siteId && before.join() === after.join();
  if (isSame) return;

  await roster.lockAdministrators(ctx.db);
  const isAdministrator = agent.role === 'administrator';
  const leaving = before.filter((id) => rights.role !== 'administrator' || !after.includes(id));
  const wanted = { id: agent.id, version: agent.version, leaving: isAdministrator ? leaving : [] };
  const change = { role: rights.role, site_id: siteId };
  if (!(await roster.updateAgent(ctx.db, everywhere(ctx), wanted, change)))
    throw refused('last-administrator');
  await roster.replaceOrganisations(ctx.db, agent.id, after);
  await roster.deleteSessionsOf(ctx.db, agent.id);
  record(ctx, {
    type: 'agent.rights-from-groups',
    data: {
      agentId: agent.id,
      from: agent.role,
      to: rights.role,
      organisations: after,
      organisationsBefore: before,
    },
  });
};

const siteIdOf = async (ctx: Ctx, name: string | null): Promise<string | null> => {
  if (name === null) return null;
  const site = (await listSites(ctx.db)).find((one) => one.name === name);
  if (!site) throw refused('site');
  return site.id;
};

const everywhere = ({ house }: Ctx) => ({ organisationIds: house.everyOrganisation(), wholly: false });

const subjectOf = ({ keys }: House, { issuer, subject }: SsoPerson): string =>
  digest(keys, 'agent-sso', issuer, subject);

/** Why somebody whom the provider vouches for does not come in: a sentence each, and a name in the audit. */
export type SsoRefusal =
  | 'not-vouched'
  | 'not-anew'
  | 'other-person'
  | 'no-group'
  | 'not-permitted'
  | 'username'
  | 'closed'
  | 'site'
  | 'last-administrator';

export const refused = (why: SsoRefusal): AppError =>
  new AppError('policy-refused', `sso.refused.${why}`, { rule: `sso.${why}` });
