import type { Db } from '../core/ctx.ts';

/** `sign-in`, `confirm`, `enrol-key`: a key's challenge. `enrol-totp`: a secret. The rest: single sign-on's. */
export type ChallengePurpose =
  | 'sign-in'
  | 'confirm'
  | 'enrol-key'
  | 'enrol-totp'
  | 'sso-flow'
  | 'sso-vouched'
  | 'sso-proof-flow'
  | 'sso-proof';

export type ChallengeRow = {
  id: string;
  purpose: ChallengePurpose;
  agent_id: string;
  session_id: string;
  sealed: string | null;
  ends_at: string;
};
type Which = Pick<ChallengeRow, 'id' | 'purpose' | 'agent_id' | 'session_id'> & { now: string };

const challenges = (db: Db) => db<ChallengeRow>('agent_challenges');

export const insertChallenge = async (db: Db, row: ChallengeRow): Promise<void> => {
  await challenges(db).insert(row);
};

export const findChallenge = (db: Db, { now, ...which }: Which): Promise<ChallengeRow | undefined> =>
  challenges(db).where(which).where('ends_at', '>', now).first();

/**
 * Ends it for every clock, since those of two servers differ, so that of several answers to one challenge one counts;
 * nothing when it is over, or another's.
 */
export const takeChallenge = async (db: Db, { now, ...which }: Which): Promise<ChallengeRow | undefined> => {
  const [row] = await challenges(db)
    .where(which)
    .where('ends_at', '>', now)
    .update({ ends_at: '' })
    .returning('*');
  return row;
};

export const deleteChallengesOf = async (db: Db, agentId: string): Promise<void> => {
  await challenges(db).where({ agent_id: agentId }).delete();
};

export const sweepChallenges = (db: Db, now: string): Promise<number> =>
  challenges(db).where('ends_at', '<=', now).delete();
