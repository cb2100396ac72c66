import { experienceOf } from '../agents/agents.service.ts';
import type { Ctx } from '../core/ctx.ts';
import type { ContactKind } from '../core/vocabulary.ts';
import { isSpent, type Want } from '../credentials/budgets.service.ts';
import { countLettersByAsker } from '../letters/letters.service.ts';
import { changedBy, changedInCalls } from '../members/outgoing-changes.service.ts';
import type { MemberFile } from '../members/members.service.ts';
import { countSecretsByAsker } from '../messages/messages.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { CallerStanding } from '../verifications/caller.service.ts';
import type { Desk } from './decision-facts.ts';
import { isFarFromDesk } from './desk-volume.ts';

/** What is proved in a call, as a request to a second person keeps it: for that act alone. */
export type FrozenDesk = Pick<Desk, 'caller' | 'hasMandate' | 'level' | 'best' | 'hasFailed'> & {
  confirmed: ContactKind[];
  confirmable: ContactKind[];
};

/** Who asks at the desk and what their call proved, together with what bounds them now. */
export const deskOf = async (
  ctx: Ctx,
  policy: Policy,
  member: MemberFile,
  standing: CallerStanding,
): Promise<Desk> => {
  const { caller, hasMandate, level, confirmed, confirmable, best, proved, kin } = standing;
  const callIds = standing.call ? [standing.call.id, ...standing.former] : [];
  return {
    caller,
    hasMandate,
    level,
    confirmed,
    confirmable,
    best,
    hasFailed: proved.hasFailed,
    kin,
    isFarFromDesk: await isAskerFar(ctx, policy),
    isBeginner: await isAskerNew(ctx),
    changedHere: await changedInCalls(ctx, member.id, callIds),
    changedByAsker:
      ctx.actor.kind === 'agent' ? await changedByAgent(ctx, policy, member, ctx.actor.id) : new Set(),
    lettersWithoutProofSpent: await isSpent(ctx, letterWants(policy, member)),
  };
};

/** The same for an approved act: what was proved when it was asked for, what bounds it now. */
export const thawed = (
  frozen: FrozenDesk,
  now: Omit<Desk, keyof FrozenDesk> & Pick<Desk, 'hasMandate'>,
): Desk => ({
  ...frozen,
  ...now,
  confirmed: new Set(frozen.confirmed),
  confirmable: new Set(frozen.confirmable),
});

export const frozenOf = (desk: Desk): FrozenDesk => ({
  caller: desk.caller,
  hasMandate: desk.hasMandate,
  level: desk.level,
  best: desk.best,
  hasFailed: desk.hasFailed,
  confirmed: [...desk.confirmed],
  confirmable: [...desk.confirmable],
});

/** What an agent changed within the file's waiting time: sent there, it goes where they said. */
export const changedByAgent = (
  ctx: Ctx,
  policy: Policy,
  member: MemberFile,
  agentId: string,
): Promise<Desk['changedByAsker']> => {
  const since = new Date(ctx.now.getTime() - policy.contacts.waitingDays * 86_400_000).toISOString();
  return changedBy(ctx, member.id, { agentId, since });
};

/** Letters that go out without a verified caller have a budget of their own: nobody is flooded with them. */
export const letterWants = ({ id }: Pick<Policy, 'id'>, member: Pick<MemberFile, 'id'>): Want[] => [
  { budget: 'letters-without-proof-per-member', key: member.id },
  { budget: 'letters-without-proof-per-organisation', key: id },
];

const isAskerNew = async (ctx: Ctx): Promise<boolean> =>
  ctx.actor.kind === 'agent' && (await experienceOf(ctx, ctx.actor.id)).experience === 'beginner';

const isAskerFar = async (ctx: Ctx, policy: Policy): Promise<boolean> => {
  if (ctx.actor.kind !== 'agent') return false;
  const far = ctx.house.farFromDesk();
  const since = new Date(ctx.now.getTime() - far.hours * 3_600_000).toISOString();
  const sent = await countSecretsByAsker(ctx, policy.id, since);
  for (const [agent, letters] of await countLettersByAsker(ctx, policy.id, since)) {
    sent.set(agent, (sent.get(agent) ?? 0) + letters);
  }
  return isFarFromDesk(sent, ctx.actor.id, far);
};
