import { createChallenge, verifySolution, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';
import { z } from 'zod';
import { digest } from '../core/crypto.ts';
import type { Ctx, Db, House, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { housekeep } from '../core/perform.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './challenge.store.ts';

/** How hard the anti-robot step is: between `least` and `most` derivations of `cost` rounds each. */
export type ChallengeWork = { cost: number; least: number; most: number };

declare module '../core/ctx.ts' {
  interface House {
    challengeWork: ChallengeWork;
  }
}

/** 150,000 rounds on average: 100 to 300 ms on a telephone; making one and checking it costs under a millisecond. */
export const usualWork: ChallengeWork = { cost: 1_000, least: 80, most: 220 };

const goodForMinutes = 10;

/**
 * A fresh task for the anti-robot step, which a browser solves unseen, so that nobody needs eyes or ears for it;
 * null where the organisation has none. Nothing is stored: the task is signed and names its organisation and end.
 */
export const makeChallenge = async (
  ctx: Ctx,
  organisationId: string,
): Promise<Record<string, unknown> | null> => {
  const policy = policyOf(ctx.house, organisationId);
  if (!policy.signIn.antiRobotStep) return null;
  const { cost, least, most } = ctx.house.challengeWork;
  const [a = 0, b = 0] = ctx.house.random.bytes(2);
  const task = await createChallenge({
    algorithm: 'PBKDF2/SHA-256',
    cost,
    counter: least + ((a * 256 + b) % (most - least + 1)),
    deriveKey,
    data: { for: policy.id, until: ctx.now.getTime() + goodForMinutes * 60_000 },
    ...secretsOf(ctx.house),
  });
  return { ...task };
};

/**
 * Lets pass who did the work of the anti-robot step, once each. Comes before the gate: nothing has been counted.
 *
 * @throws AppError `invalid-input` on `proofOfWork`: missing, wrong, too old, another organisation's or used.
 */
export const assertWorked = async (
  visit: Visit,
  policy: Policy,
  answer: string | undefined,
): Promise<void> => {
  if (!policy.signIn.antiRobotStep) return;
  const read = Answer.safeParse(parseJson(answer ?? ''));
  if (!read.success) throw notWorked();

  const { challenge, solution } = read.data;
  const { data, nonce } = challenge.parameters;
  const solved = {
    challenge: challenge as unknown as Challenge,
    solution,
    deriveKey,
    ...secretsOf(visit.house),
  };
  const { verified } = await verifySolution(solved);
  if (!verified || data.for !== policy.id || data.until < visit.house.clock().getTime()) throw notWorked();

  const ends = new Date(data.until).toISOString();
  const isFirst = await housekeep(visit.house, (db) => store.useChallenge(db, { id: nonce, ends_at: ends }));
  if (!isFirst) throw notWorked();
};

export const sweepChallenges = (db: Db, now: Date): Promise<number> =>
  store.sweepChallenges(db, now.toISOString());

/** The payload of the library: base64 of the task as it was given, with its solution. */
const Answer = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      nonce: z.string().regex(/^[0-9a-f]{32}$/),
      data: z.object({ for: z.string(), until: z.int().max(8.64e15) }),
    }),
    signature: z.string(),
  }),
  solution: z.object({ counter: z.int(), derivedKey: z.string() }),
});

const notWorked = (): AppError =>
  new AppError('invalid-input', 'space.proofNeeded', { fields: { proofOfWork: 'space.proofNeeded' } });

const secretsOf = ({ keys }: Pick<House, 'keys'>) => ({
  hmacSignatureSecret: digest(keys, 'challenge', 'task'),
  hmacKeySignatureSecret: digest(keys, 'challenge', 'solution'),
});

const parseJson = (base64: string): unknown => {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
};
