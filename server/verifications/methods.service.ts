import { mayUnmask } from '../agents/agents.service.ts';
import type { StoredCall } from '../calls/calls.service.ts';
import { parisDay } from '../core/calendar.ts';
import { digest } from '../core/crypto.ts';
import type { Ctx } from '../core/ctx.ts';
import type { ContactKind, MessageChannel } from '../core/vocabulary.ts';
import { isSpent, type Want } from '../credentials/budgets.service.ts';
import type { MemberFile } from '../members/members.service.ts';
import { isReachedBySms } from '../members/sms-reach.ts';
import { smsScopeOf } from '../messages/notices.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { askableFactsOf } from './facts.service.ts';
import type { Proved } from './levels.ts';
import type { CallBackKind } from './verifications.schema.ts';
import type { ProofRow } from './verifications.store.ts';

/** `sent`: a code is out, a number was shown, a document waits for its check. `why`: a key of the words. */
type State = { state: 'open' | 'sent' | 'done' | 'failed' | 'unavailable'; why: string | null };

export type Methods = {
  facts: State & { question: string | null };
  codes: (State & { channel: MessageChannel; value: string | null })[];
  callBacks: (State & { kind: CallBackKind; value: string | null })[];
  document: State;
  /** Contacts that a code or a call back may still prove. */
  confirmable: ContactKind[];
};

type Seen = {
  policy: Policy;
  member: MemberFile;
  accountId: string | null;
  call: StoredCall | null;
  proof: ProofRow | undefined;
  proved: Proved;
  waiting: ReadonlySet<ContactKind>;
};

/** So many codes a call: a fourth one would help nobody who is really on the line. */
export const codesACall = 3;
const wrongAnswersAllowed = 1;
const kindOf = { sms: 'mobile', email: 'email' } as const satisfies Record<MessageChannel, ContactKind>;

/** What may be asked, sent, called or shown now in this call, and why the rest may not. */
export const methodsOf = async (ctx: Ctx, seen: Seen): Promise<Methods> => {
  const codesSpent = await isSpent(ctx, [codeWant(seen.member)]);
  const codes = seen.policy.verification.codeBy.map((channel) => codeBy(channel, seen, codesSpent));
  const maySee = await mayUnmask(ctx);
  const callBacks = (['mobile', 'landline'] as const).map((kind) => callBackTo(kind, seen, maySee));
  const usable = ({ state }: State) => state === 'open' || state === 'sent' || state === 'done';
  return {
    facts: await factsIn(ctx, seen),
    codes,
    callBacks,
    document: documentIn(seen),
    confirmable: [
      ...codes.filter(usable).map(({ channel }) => kindOf[channel]),
      ...callBacks.filter(usable).map(({ kind }) => kind),
    ],
  };
};

/** Answers are counted for each member, whoever asks and in whichever call. */
export const answerWant = ({ id }: Pick<MemberFile, 'id'>): Want => ({
  budget: 'caller-answers-per-member',
  key: id,
});

/** The same for codes sent. */
export const codeWant = ({ id }: Pick<MemberFile, 'id'>): Want => ({
  budget: 'caller-codes-per-member',
  key: id,
});

/** Whether enough questions are left after these answers. */
export const mayStillIdentify = (
  { needed, right, wrong }: { needed: number; right: number; wrong: number },
  questionsLeft: number,
): boolean => wrong <= wrongAnswersAllowed && right + questionsLeft >= needed;

const factsIn = async (ctx: Ctx, { policy, member, proof, proved }: Seen): Promise<Methods['facts']> => {
  const closed = (state: State['state'], why: string | null = null) => ({ state, why, question: null });
  const needed = policy.verification.neededFacts;
  if (proved.right >= needed) return closed('done');
  const askable = await askableFactsOf(ctx, policy, member.id);
  const left = askable.filter((fact) => !proof?.asked.includes(fact));
  const [right, wrong] = [proof?.rightAnswers ?? 0, proof?.wrongAnswers ?? 0];
  if (!mayStillIdentify({ needed, right, wrong }, left.length)) {
    return wrong > 0 ? closed('failed', 'facts-failed') : closed('unavailable', 'facts-too-few');
  }
  if (await isSpent(ctx, [answerWant(member)])) return closed('unavailable', 'facts-spent');
  return { state: 'open', why: null, question: chosenOf(ctx, member, left) };
};

// The server chooses, and chooses the same all day in every call: nobody can wait, or call again, for an easier one.
const chosenOf = (ctx: Ctx, member: MemberFile, left: string[]): string | null => {
  const today = parisDay(ctx.now);
  const place = (fact: string) => digest(ctx.house.keys, 'member-fact', 'question', member.id, today, fact);
  return [...left].sort((one, other) => (place(one) < place(other) ? -1 : 1))[0] ?? null;
};

const codeBy = (channel: MessageChannel, seen: Seen, isSpent: boolean): Methods['codes'][number] => {
  const { policy, member, accountId, proof, proved, waiting } = seen;
  const kind = kindOf[channel];
  const value = member.contacts.find((contact) => contact.kind === kind)?.value ?? null;
  const as = (state: State['state'], why: string | null = null) => ({ channel, value, state, why });
  if (!accountId || value === null) return as('unavailable', `${kind}-unknown`);
  if (proved.confirmed.has(kind)) return as('done');
  if (channel === 'sms' && !isReachedBySms(smsScopeOf(policy), value))
    return as('unavailable', 'mobile-overseas');
  if (waiting.has(kind)) return as('unavailable', `${kind}-recent`);
  if (proof?.codeChannel === channel) {
    return proof.codeTries < policy.code.tries ? as('sent') : again(as, proof, isSpent);
  }
  return again(as, proof, isSpent);
};

const again = <T>(
  as: (state: State['state'], why?: string | null) => T,
  proof: ProofRow | undefined,
  isSpent: boolean,
): T => {
  if (isSpent || (proof?.codesAsked ?? 0) >= codesACall) return as('unavailable', 'codes-spent');
  return as('open');
};

const callBackTo = (kind: CallBackKind, seen: Seen, maySee: boolean): Methods['callBacks'][number] => {
  const { policy, member, proof, proved, waiting } = seen;
  const value = member.contacts.find((contact) => contact.kind === kind)?.value ?? null;
  const as = (state: State['state'], why: string | null = null) => ({ kind, value, state, why });
  if (!policy.verification.callBack) return as('unavailable', 'call-back-none');
  if (value === null) return as('unavailable', `${kind}-unknown`);
  if (proved.confirmed.has(kind)) return as('done');
  if (waiting.has(kind)) return as('unavailable', `${kind}-recent`);
  // Whoever calls back reads the whole number.
  if (!maySee) return as('unavailable', 'call-back-masked');
  return as(proof?.shown.includes(kind) ? 'sent' : 'open');
};

/** Seen in a branch, or received by post or e-mail and checked by another employee; never over the telephone. */
const documentIn = ({ policy, call, proof, proved }: Seen): State => {
  if (policy.verification.documents.length === 0) return { state: 'unavailable', why: 'document-none' };
  if (proved.hasDocument) return { state: 'done', why: null };
  if (proof?.documentState === 'waiting') return { state: 'sent', why: null };
  const channels = ['branch', 'email', 'post'];
  if (!call || !channels.includes(call.channel)) return { state: 'unavailable', why: 'document-not-here' };
  if (proof?.documentState === 'refused') return { state: 'open', why: 'document-refused' };
  return { state: 'open', why: null };
};
