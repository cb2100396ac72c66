import { raiseAlert } from '../audit/alerts.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx, Db } from '../core/ctx.ts';
import {
  comparableWith,
  endAsExpired,
  recognise,
  useUp,
  type Recognised,
} from '../credentials/credentials.service.ts';
import { expireLetters } from './letters.service.ts';
import { moveLetters } from './letters.store.ts';
import * as store from './test-letters.store.ts';

/**
 * What became of a test letter's password that was typed. `replaced`: its sheet was waste. A letter that a later test
 * letter has overtaken still proves that it came.
 */
export type Acknowledgement =
  | { as: 'acknowledged'; weeks: string[] }
  | { as: 'already' | 'not-yet-valid' | 'replaced' | 'unknown' }
  | { as: 'expired'; on: string };

/** The account that an organisation's test letters are made for; nothing before the first. */
export const testAccountOf = async ({ db }: { db: Db }, organisationId: string): Promise<string | null> =>
  (await store.findAddressee(db, organisationId))?.accountId ?? null;

/**
 * Compares a typed password, hashed by the account's salt, with those of the organisation's test letters. The right
 * one is used up, by one conditional update, and opens nothing.
 */
export const acknowledgeTestLetter = async (
  ctx: Ctx,
  organisationId: string,
  typed: { accountId: string | null; hash: string },
): Promise<Acknowledgement> => {
  const candidates = await comparableWith(ctx, typed.accountId ?? '');
  const recognised = recognise(typed.hash, candidates, ctx.now);
  if (recognised.as === 'unknown') return { as: 'unknown' };
  const { credential } = recognised;
  const letterId = credential.letter_id ?? '';
  if (recognised.as === 'live' && (await useUp(ctx, credential.id))) {
    const change = { state: 'used', state_at: ctx.now.toISOString() } as const;
    await moveLetters(ctx.db, { ids: [letterId] }, ['deposited'], change);
    return acknowledge(ctx, organisationId, letterId);
  }
  if (credential.ended_as === 'superseded') return acknowledge(ctx, organisationId, letterId);
  return notAcknowledged(ctx, organisationId, recognised);
};

const acknowledge = async (ctx: Ctx, organisationId: string, letterId: string): Promise<Acknowledgement> => {
  const weeks = await store.markAcknowledged(ctx.db, letterId, ctx.now.toISOString());
  for (const week of weeks)
    record(ctx, { type: 'letter.test-acknowledged', organisationId, data: { letterId, week } });
  return weeks.length > 0 ? { as: 'acknowledged', weeks } : { as: 'already' };
};

const notAcknowledged = async (
  ctx: Ctx,
  organisationId: string,
  { as, credential }: Exclude<Recognised, { as: 'unknown' }>,
): Promise<Acknowledgement> => {
  if (as === 'not-yet-valid') {
    // Somebody has opened a letter that is not with the post: as for a member's.
    const subject = `letter:${credential.letter_id ?? ''}`;
    await raiseAlert(ctx, { organisationId, kind: 'letter-not-yet-active', subject });
    return { as };
  }
  if (as === 'expired') {
    await expireLetters(ctx.db, await endAsExpired(ctx, credential.id), ctx.now);
    return { as, on: credential.valid_until };
  }
  return { as: as === 'replaced' ? as : 'already' };
};
