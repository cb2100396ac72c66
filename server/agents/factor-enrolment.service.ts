import bwip from 'bwip-js';
import { z } from 'zod';
import { record } from '../audit/record.ts';
import { seal } from '../core/crypto.ts';
import type { Actor, Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { findOpenAgent } from './agents.store.ts';
import {
  findChallenge,
  keepChallenge,
  makeToken,
  takeChallenge,
  type PutTo,
} from './factor-challenges.service.ts';
import type { ConfirmKey, ConfirmTotp, FactorAdded, KeyOffer, TotpOffer } from './factors.schema.ts';
import { sealedPlace } from './factors.service.ts';
import * as store from './factors.store.ts';
import { makeRecoveryCodes, recoveryDigest } from './recovery-codes.ts';
import { askNewKey, challengeOf, readNewKey } from './security-keys.ts';
import { deleteSessionsOf } from './roster.store.ts';
import { seedFrom, stepOf, uriOf } from './totp.ts';

/** More would be a drawer nobody looks into. */
const mostFactors = 8;

/**
 * Makes the secret of an authenticator app, shown in this answer only; nothing asks for its codes before one was typed
 * back.
 *
 * @throws AppError `conflict` when the agent has as many factors as one may have.
 */
export const beginTotp = async (visit: Visit): Promise<TotpOffer> => {
  const { house } = visit;
  const agent = await ownAgent(visit);
  const secret = seedFrom(house.random.bytes(20));
  const enrolment = makeToken(house);
  const endsAt = await keepChallenge(house, 'enrol-totp', ownOf(visit), {
    token: enrolment,
    content: JSON.stringify({ secret }),
  });
  await noteBegun(visit, 'totp');
  const text = uriOf(secret, `Guichet ${new URL(house.publicUrl).hostname}`, agent.username);
  return { enrolment, secret, endsAt, qr: bwip.toSVG({ bcid: 'qrcode', text, scale: 4, padding: 8 }) };
};

/**
 * @throws AppError `invalid-input` at `code` when it is not one of this secret's: the offer still stands; `conflict` when
 * the offer is over.
 */
export const confirmTotp = async (visit: Visit, input: ConfirmTotp): Promise<FactorAdded> => {
  const { house } = visit;
  const own = ownOf(visit);
  const kept = await findChallenge(house, 'enrol-totp', own, input.enrolment);
  if (!kept) throw new AppError('conflict', 'factors.offerOver');
  const { secret } = z.object({ secret: z.string() }).parse(JSON.parse(kept.content));
  const step = stepOf(secret, input.code.replace(/\s/g, ''), house.clock());
  if (step === null) {
    const fields = { code: 'factors.codeNotOfSecret' };
    throw new AppError('invalid-input', 'factors.codeNotOfSecret', { fields });
  }
  return perform(visit, async (ctx) => {
    if (!(await takeChallenge(house, 'enrol-totp', own, input.enrolment, ctx.db)))
      throw new AppError('conflict', 'factors.offerOver');
    const id = ctx.newId();
    const sealed = seal(house.keys, 'agent-factor', sealedPlace(id), secret);
    return add(ctx, own, { ...bare, id, kind: 'totp', name: input.name, sealed, last_step: step });
  });
};

/** What a new security key is asked to make. @throws AppError `conflict` with as many factors as one may have. */
export const beginKey = async (visit: Visit): Promise<KeyOffer> => {
  const { house } = visit;
  const agent = await ownAgent(visit);
  const keys = (await store.listFactors(house.pool, agent.id)).filter((row) => row.kind === 'security-key');
  const token = makeToken(house);
  const endsAt = await keepChallenge(house, 'enrol-key', ownOf(visit), { token });
  await noteBegun(visit, 'security-key');
  return { options: await askNewKey(house, agent, keys, token), endsAt };
};

/** @throws AppError `conflict` when the offer is over, the key does not answer it, or it is known already. */
export const confirmKey = async (visit: Visit, input: ConfirmKey): Promise<FactorAdded> => {
  const { house } = visit;
  const own = ownOf(visit);
  const challenge = challengeOf(input.response);
  // Taken before it is checked: whatever comes of it, this challenge is answered.
  const kept = challenge && (await takeChallenge(house, 'enrol-key', own, challenge));
  const key = kept ? await readNewKey(house, challenge, input.response) : undefined;
  if (!key) throw new AppError('conflict', 'factors.keyDoesNotFit');
  return perform(visit, (ctx) =>
    add(ctx, own, {
      ...bare,
      id: ctx.newId(),
      kind: 'security-key',
      name: input.name,
      credential_id: key.credentialId,
      public_key: key.publicKey,
      transports: key.transports,
      counter: key.counter,
    }),
  );
};

/** New recovery codes in place of all former ones; kept as keyed digests. */
export const replaceRecoveryCodes = async (ctx: Ctx, agentId: string): Promise<string[]> => {
  const codes = makeRecoveryCodes(ctx.house.random);
  await store.deleteRecoveryCodes(ctx.db, agentId);
  const digests = codes.flatMap((code) => recoveryDigest(ctx.house.keys, agentId, code) ?? []);
  await store.insertRecoveryCodes(ctx.db, agentId, digests);
  record(ctx, { type: 'agent.recovery-codes-made', data: { codes: codes.length } });
  return codes;
};

/** The agent who acts, at their session. */
export const ownOf = ({ actor }: { actor: Actor }): PutTo => {
  if (actor.kind !== 'agent') throw new AppError('signed-out', 'common.signedOut');
  return { agentId: actor.id, sessionId: actor.sessionId };
};

const bare = {
  sealed: null,
  last_step: 0,
  credential_id: null,
  public_key: null,
  transports: null,
  counter: 0,
  last_used_at: null,
};

type New = Omit<store.FactorRow, 'agent_id' | 'created_at'>;

const add = async (ctx: Ctx, { agentId, sessionId }: PutTo, factor: New): Promise<FactorAdded> => {
  const row = { ...factor, agent_id: agentId, created_at: ctx.now.toISOString() };
  const isFirst = !(await store.hasFactor(ctx.db, agentId));
  if (!(await store.insertFactor(ctx.db, row))) throw new AppError('conflict', 'factors.keyKnown');
  record(ctx, { type: 'agent.factor-added', data: { factorId: row.id, kind: row.kind } });
  const recoveryCodes = isFirst ? await replaceRecoveryCodes(ctx, agentId) : null;
  // Whoever else sits at a session of theirs had no such factor (ASVS 7.4.3).
  await deleteSessionsOf(ctx.db, agentId, sessionId);
  return { factor: store.toFactor(row), recoveryCodes };
};

const ownAgent = async (visit: Visit) => {
  const { pool } = visit.house;
  const { agentId } = ownOf(visit);
  const agent = await findOpenAgent(pool, agentId);
  if (!agent) throw new AppError('signed-out', 'common.signedOut');
  const factors = await store.listFactors(pool, agentId);
  if (factors.length >= mostFactors) throw new AppError('conflict', 'factors.tooMany');
  return agent;
};

const noteBegun = (visit: Visit, kind: 'totp' | 'security-key'): Promise<void> =>
  perform(visit, async (ctx) => record(ctx, { type: 'agent.factor-begun', data: { kind } }));
