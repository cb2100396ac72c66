import { digest, seal, unseal } from '../core/crypto.ts';
import type { Db, House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import * as store from './factor-challenges.store.ts';
import type { ChallengePurpose, ChallengeRow } from './factor-challenges.store.ts';

/** Whom it was put to: an agent at one session (none while signing in), or nobody known yet. */
export type PutTo = { agentId: string; sessionId: string };

const lifeMinutes = 5;

/** Keeps what must come back within five minutes; answers when it ends. */
export const keepChallenge = async (
  house: House,
  purpose: ChallengePurpose,
  { agentId, sessionId }: PutTo,
  { token, content }: { token: string; content?: string },
): Promise<string> => {
  const id = idOf(house, token);
  return housekeep(house, async (db, now) => {
    const endsAt = new Date(now.getTime() + lifeMinutes * 60_000).toISOString();
    const sealed = content === undefined ? null : seal(house.keys, 'agent-factor', placeOf(id), content);
    const row = { id, purpose, agent_id: agentId, session_id: sessionId, sealed, ends_at: endsAt };
    await store.insertChallenge(db, row);
    return endsAt;
  });
};

export type Kept = { id: string; agentId: string; content: string };

/** What was kept, without ending it; nothing when it is over, or was put to somebody else or for something else. */
export const findChallenge = (
  house: House,
  purpose: ChallengePurpose,
  to: PutTo,
  token: string,
): Promise<Kept | undefined> =>
  store.findChallenge(house.pool, whichOf(house, purpose, to, token)).then((row) => row && open(house, row));

/** Ends it, in a transaction of its own or of what it leads to: each challenge is answered once. */
export const takeChallenge = async (
  house: House,
  purpose: ChallengePurpose,
  to: PutTo,
  token: string,
  db?: Db,
): Promise<Kept | undefined> => {
  const which = whichOf(house, purpose, to, token);
  const take = (within: Db) => store.takeChallenge(within, which);
  const row = await (db ? take(db) : housekeep(house, take));
  return row && open(house, row);
};

export const makeToken = ({ random }: House): string => Buffer.from(random.bytes(32)).toString('base64url');

export const sweepFactorChallenges = (db: Db, now: Date): Promise<number> =>
  store.sweepChallenges(db, now.toISOString());

const whichOf = (house: House, purpose: ChallengePurpose, to: PutTo, token: string) => ({
  id: idOf(house, token),
  purpose,
  agent_id: to.agentId,
  session_id: to.sessionId,
  now: house.clock().toISOString(),
});

const open = (house: House, { id, agent_id, sealed }: ChallengeRow): Kept => ({
  id,
  agentId: agent_id,
  content: sealed === null ? '' : unseal(house.keys, 'agent-factor', placeOf(id), sealed),
});

const idOf = ({ keys }: House, token: string): string => digest(keys, 'agent-factor', 'challenge', token);

const placeOf = (id: string): string => `agent_challenges.sealed:${id}`;
