import { record } from '../audit/record.ts';
import { unseal } from '../core/crypto.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { perform } from '../core/perform.ts';
import type { Role } from '../core/vocabulary.ts';
import type { OwnProof } from './agents.schema.ts';
import { demoAccounts } from './demo-accounts.ts';
import { keepChallenge, makeToken, takeChallenge, type PutTo } from './factor-challenges.service.ts';
import type { FactorKind, OwnFactors, SecondFactor } from './factors.schema.ts';
import * as store from './factors.store.ts';
import type { FactorRow } from './factors.store.ts';
import { recoveryDigest } from './recovery-codes.ts';
import { askKey, challengeOf, checkAssertion, readAssertion } from './security-keys.ts';
import { stepOf } from './totp.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Roles that work with a second factor only; the demo's accounts are exempt. */
    secondFactorRoles: readonly Role[];
  }
}

/** Whose second factor is asked, at which session (none while signing in), and before what, as the audit names it. */
export type Asked = PutTo & { before: string };

export const kindsOf = async (db: House['pool'], agentId: string): Promise<FactorKind[]> => [
  ...new Set((await store.listFactors(db, agentId)).map(({ kind }) => kind)),
];

export type Enrolled = { username: string; role: Role; hasPassword: boolean; hasFactor: boolean };

/** Whether nothing is open to an agent before they have enrolled a second factor. */
export const mustEnrol = (house: House, agent: Enrolled): boolean =>
  isRequired(house, agent) && !agent.hasFactor;

export const describeFactors = async (
  house: House,
  agent: { agentId: string; role: Role },
): Promise<OwnFactors> => ({
  factors: (await store.listFactors(house.pool, agent.agentId)).map(store.toFactor),
  required: isRequired(house, { ...agent, ...(await store.findSignIn(house.pool, agent.agentId)) }),
  recoveryCodesLeft: await store.countRecoveryCodes(house.pool, agent.agentId),
});

/** What may be given as a second factor; for a key, something new to sign within five minutes. */
export const offerFactors = async (house: House, { agentId, sessionId }: PutTo): Promise<SecondFactor> => {
  const rows = await store.listFactors(house.pool, agentId);
  const keys = rows.filter(({ kind }) => kind === 'security-key');
  const kinds = [...new Set(rows.map(({ kind }) => kind))];
  if (keys.length === 0) return { kinds, options: null };
  const token = makeToken(house);
  const purpose = purposeOf(sessionId);
  await keepChallenge(house, purpose, { agentId, sessionId }, { token });
  return { kinds, options: await askKey(house, keys, token) };
};

/**
 * Tries a second factor, once and for all: a code, a recovery code or an answer of a key is taken by what it proves.
 * Whoever calls has counted the try.
 */
export const useFactor = async (visit: Visit, asked: Asked, proof: OwnProof): Promise<boolean> => {
  const proved = await provenBy(visit.house, asked, proof);
  return perform(visit, async (ctx) => {
    const used = proved !== null && (await proved.take(ctx));
    const { agentId, before } = asked;
    if (!used) {
      record(ctx, { type: 'agent.factor-failed', result: 'failed', data: { agentId, before } });
      return false;
    }
    const left = await store.countRecoveryCodes(ctx.db, agentId);
    record(ctx, { type: 'agent.factor-used', data: { agentId, kind: proved.kind, before, codesLeft: left } });
    return true;
  });
};

type Proven = { kind: FactorKind | 'recovery-code'; take: (ctx: Ctx) => Promise<boolean> };

const provenBy = async (
  house: House,
  asked: Asked,
  { code, assertion }: OwnProof,
): Promise<Proven | null> => {
  if (assertion) return byKey(house, asked, assertion);
  if (!code) return null;
  const digits = code.replace(/\s/g, '');
  return /^\d{6}$/.test(digits) ? byApp(house, asked, digits) : byRecoveryCode(house, asked, code);
};

const byApp = async (house: House, { agentId }: Asked, code: string): Promise<Proven | null> => {
  const now = house.clock();
  for (const row of await store.listFactors(house.pool, agentId)) {
    const step = row.sealed === null ? null : stepOf(seedOf(house, row), code, now);
    if (step !== null)
      return {
        kind: 'totp',
        take: (ctx) => store.takeStep(ctx.db, { id: row.id, step, now: ctx.now.toISOString() }),
      };
  }
  return null;
};

const byRecoveryCode = (house: House, { agentId }: Asked, code: string): Proven | null => {
  const digest = recoveryDigest(house.keys, agentId, code);
  if (digest === null) return null;
  return {
    kind: 'recovery-code',
    take: (ctx) => store.takeRecoveryCode(ctx.db, { agentId, digest, now: ctx.now.toISOString() }),
  };
};

const byKey = async (house: House, asked: Asked, response: unknown): Promise<Proven | null> => {
  const assertion = readAssertion(response);
  const challenge = challengeOf(response);
  if (!assertion || !challenge) return null;
  const rows = await store.listFactors(house.pool, asked.agentId);
  const key = rows.find((row) => row.credential_id === assertion.id);
  // Taken before it is checked: whatever comes of it, this challenge is answered.
  const kept = await takeChallenge(house, purposeOf(asked.sessionId), asked, challenge);
  const counter = key && kept && (await checkAssertion(house, key, challenge, assertion));
  if (!key || counter === undefined) return null;
  return {
    kind: 'security-key',
    take: (ctx) => store.takeCounter(ctx.db, { id: key.id, counter, now: ctx.now.toISOString() }),
  };
};

const isRequired = (
  { demo, secondFactorRoles, sso }: House,
  { username, role, hasPassword }: Omit<Enrolled, 'hasFactor'>,
): boolean => {
  if (demo && Object.hasOwn(demoAccounts, username)) return false;
  return secondFactorRoles.includes(role) || (sso !== null && !hasPassword);
};

const purposeOf = (sessionId: string) => (sessionId === '' ? 'sign-in' : 'confirm');

const seedOf = ({ keys }: House, { id, sealed }: FactorRow): string =>
  unseal(keys, 'agent-factor', sealedPlace(id), sealed ?? '');

/** Where a factor's secret is sealed to. */
export const sealedPlace = (id: string): string => `agent_factors.sealed:${id}`;
