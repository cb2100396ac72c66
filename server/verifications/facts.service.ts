import { parisDay } from '../core/calendar.ts';
import { digest, type Keys } from '../core/crypto.ts';
import type { Ctx } from '../core/ctx.ts';
import type { FactPolicy } from '../organisations/policy-parts.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { monthsBefore, readFactValue } from './fact-value.ts';
import * as store from './facts.store.ts';
import type { FactKey, FactRow } from './facts.store.ts';

export { walkFacts, deleteFacts } from './facts.store.ts';
export type { FactKey, FactRow } from './facts.store.ts';

/** `value` as anybody writes it; `happenedOn` 'YYYY-MM-DD', null where nobody says when. */
export type FactToKeep = { memberId: string; fact: string; value: string; happenedOn: string | null };
export type Kept = { added: number; updated: number; unchanged: number };

/** DOMAIN, "Verification": shared by more than 1 % of members, and by more than five. */
const sharedAbove = { share: 0.01, members: 5 };
/** Counting stops here: 1 % of two million members. */
const bearersCounted = 20_000;

/**
 * Keeps what a member can prove, as keyed digests; the same one again changes nothing but to a later day.
 * `importId`: the file that names them.
 *
 * @throws RangeError for a fact that the organisation's file does not list, or a value that reads as nothing.
 */
export const keepFacts = async (
  ctx: Pick<Ctx, 'db' | 'house' | 'now'>,
  policy: Policy,
  facts: FactToKeep[],
  importId: string | null = null,
): Promise<Kept> => {
  const memberIds = [...new Set(facts.map(({ memberId }) => memberId))];
  const rows = new Map((await store.listFactsOf(ctx.db, memberIds)).map((row) => [keyOf(row), row]));
  const written = new Map<string, FactRow>();
  const kept: Kept = { added: 0, updated: 0, unchanged: 0 };
  for (const { memberId, fact, value, happenedOn } of facts) {
    const digest = factDigest(ctx.house.keys, policy, { fact, typed: value, now: ctx.now });
    if (digest === null) throw new RangeError('No such fact, or a value of another kind.');
    const key: FactKey = { member_id: memberId, fact, digest };
    const before = rows.get(keyOf(key));
    const row: FactRow = {
      ...key,
      organisation_id: policy.id,
      happened_on: happenedOn,
      import_id: importId ?? before?.import_id ?? null,
    };
    const isLater = before !== undefined && (happenedOn ?? '') > (before.happened_on ?? '');
    kept[before ? (isLater ? 'updated' : 'unchanged') : 'added'] += 1;
    const next = before && !isLater ? { ...row, happened_on: before.happened_on } : row;
    rows.set(keyOf(key), next);
    if (next.happened_on !== before?.happened_on || next.import_id !== before.import_id) {
      written.set(keyOf(key), next);
    }
  }
  await store.saveFacts(ctx.db, [...written.values()]);
  return kept;
};

/**
 * Whether `typed` is right for this member, within the months of the organisation's file and not a value that
 * many share (DOMAIN, "Verification"). What cannot be read, or is no fact here, is wrong. The same queries where
 * there is no member.
 */
export const isFactRight = async (
  ctx: Pick<Ctx, 'db' | 'house' | 'now'>,
  policy: Policy,
  asked: { memberId: string | null; fact: string; typed: string },
): Promise<boolean> => {
  const { db, house, now } = ctx;
  const known = factOf(policy, asked.fact);
  const readable = factDigest(house.keys, policy, { ...asked, now });
  const key = { fact: asked.fact, digest: readable ?? '' };
  const found = await store.findFact(db, { ...key, member_id: asked.memberId ?? '' });
  const isShared = await isSharedByMany(ctx, policy, key);
  if (!known || readable === null || !found || asked.memberId === null) return false;
  return !isShared && isRecent(known, found.happened_on, now);
};

/** The facts of the file that this member can be asked now: kept of them, recent, and shared by few. */
export const askableFactsOf = async (
  ctx: Pick<Ctx, 'db' | 'now'>,
  policy: Policy,
  memberId: string,
): Promise<string[]> => {
  const kept = await store.listFactsOf(ctx.db, [memberId]);
  const askable: string[] = [];
  for (const fact of policy.verification.facts) {
    const known = factOf(policy, fact);
    for (const row of kept.filter((one) => one.fact === fact)) {
      if (!known || askable.includes(fact) || !isRecent(known, row.happened_on, ctx.now)) continue;
      if (!(await isSharedByMany(ctx, policy, row))) askable.push(fact);
    }
  }
  return askable;
};

/** What is kept of a value: the same for all that read alike, null for no fact of the file or what cannot be read. */
export const factDigest = (
  keys: Keys,
  policy: Policy,
  { fact, typed, now }: { fact: string; typed: string; now: Date },
): string | null => {
  const known = factOf(policy, fact);
  const read = known ? readFactValue(known.kind, typed, Number(parisDay(now).slice(0, 4))) : null;
  // The same work for what reads as nothing.
  const made = digest(keys, 'member-fact', policy.id, fact, read ?? '');
  return read === null ? null : made;
};

const isSharedByMany = async (
  { db }: Pick<Ctx, 'db'>,
  policy: Policy,
  key: Omit<FactKey, 'member_id'>,
): Promise<boolean> => {
  const bearers = await store.countBearers(db, { ...key, organisation_id: policy.id }, bearersCounted);
  // More than 1 % of all means that there are fewer than so many: no need to count any further.
  const enough = Math.ceil(Math.max(bearers, sharedAbove.members) / sharedAbove.share);
  const members = await store.countMembers(db, policy.id, enough);
  return bearers > sharedAbove.members && bearers > sharedAbove.share * members;
};

const isRecent = ({ withinMonths }: FactPolicy, happenedOn: string | null, now: Date): boolean => {
  if (withinMonths === null) return true;
  const today = parisDay(now);
  return happenedOn !== null && happenedOn <= today && happenedOn >= monthsBefore(today, withinMonths);
};

const factOf = (policy: Policy, fact: string): FactPolicy | undefined =>
  policy.facts.find(({ id }) => id === fact);

const keyOf = ({ member_id, fact, digest: value }: FactKey): string => `${member_id} ${fact} ${value}`;
