import { callAbout, callChain, type StoredCall } from '../calls/calls.service.ts';
import { parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import type { Caller, ContactKind } from '../core/vocabulary.ts';
import { waitingContactsOf } from '../members/contact-trust.service.ts';
import { kinOfMember } from '../members/kin.service.ts';
import { isMandateInForce } from '../members/mandate.ts';
import { sharedKindsOf, type MemberFile } from '../members/members.service.ts';
import type { VerificationLevel } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { isEntitled } from './entitlement.ts';
import { levelOf, nothingProved, type Proved } from './levels.ts';
import { methodsOf, type Methods } from './methods.service.ts';
import { provedInCall } from './proved.service.ts';
import type { ProofRow } from './verifications.store.ts';

/** Who calls about a member, what they proved in the agent's call, and what they may still prove. */
export type CallerStanding = {
  /** The agent's open call, when it is about this member. */
  call: StoredCall | null;
  caller: Caller;
  hasMandate: boolean;
  kin: 'self' | 'relative' | null;
  proved: Proved;
  level: VerificationLevel;
  /** The contacts proved, without those that several people have and that nothing else supports. */
  confirmed: ReadonlySet<ContactKind>;
  confirmable: ReadonlySet<ContactKind>;
  /** The highest level that this call can still reach. */
  best: VerificationLevel;
  methods: Methods;
  /** The calls that this one goes on with, nearest first. */
  former: string[];
  /** The row of this very call, if anything was tried in it. */
  proof: ProofRow | undefined;
};

/** Reads it all, for the page, for a step of verification and for an act alike. */
export const callerStandingOf = async (
  ctx: Ctx,
  policy: Policy,
  member: MemberFile,
  accountId: string | null,
): Promise<CallerStanding> => {
  const call = ctx.actor.kind === 'agent' ? ((await callAbout(ctx, member.id)) ?? null) : null;
  const former = call ? await callChain(ctx, call.id) : [];
  const caller = call?.caller ?? 'unsaid';
  const hasMandate = isMandateInForce(member.representative, parisDay(ctx.now));
  const found = call ? await provedInCall(ctx, member, call, former) : undefined;
  const proof = found?.proof;
  const shared = found?.shared ?? (await sharedKindsOf(ctx, member));
  // What was proved of the member says nothing of whoever speaks now, should the agent say that it is someone else.
  const proved = (isEntitled({ caller, hasMandate }) && found?.proved) || nothingProved;

  const needed = policy.verification.neededFacts;
  const level = levelOf(proved, { needed, shared });
  const waiting = await waitingContactsOf(ctx, member);
  const methods = await methodsOf(ctx, { policy, member, accountId, call, proof, proved, waiting });
  const confirmable = new Set([...methods.confirmable, ...proved.confirmed]);
  const best = levelOf(
    {
      right: methods.facts.state === 'open' ? needed : proved.right,
      confirmed: confirmable,
      hasDocument:
        proved.hasDocument || methods.document.state === 'open' || methods.document.state === 'sent',
    },
    { needed, shared },
  );
  return {
    call,
    caller,
    hasMandate,
    kin: ctx.actor.kind === 'agent' ? await kinOfMember(ctx, ctx.actor.id, member) : null,
    proved,
    level,
    // A contact that several people have counts once anything else does: facts, a document, another contact.
    confirmed: level === 'none' ? nothingProved.confirmed : proved.confirmed,
    confirmable,
    best,
    methods,
    former,
    proof,
  };
};

/** What the screen says of whoever speaks. */
export const callerSaid = (standing: CallerStanding): 'unsaid' | 'entitled' | 'not-entitled' => {
  if (standing.caller === 'unsaid') return 'unsaid';
  return isEntitled(standing) ? 'entitled' : 'not-entitled';
};
