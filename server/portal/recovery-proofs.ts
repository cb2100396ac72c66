import { claimantOf, type Claim, type Claimant } from '../accounts/claim.service.ts';
import { canonicalIdentifier } from '../accounts/identifiers.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { sameDigest } from '../core/secret.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { isFactRight } from '../verifications/facts.service.ts';
import { readFactValue } from '../verifications/fact-value.ts';
import { readBirthDate } from './birth-date.ts';
import type { AskRecovery } from './portal.schema.ts';

type FactTyped = NonNullable<AskRecovery['proof']>;
/** What the path asks to be proved, as it was typed; read before anything is looked up. */
export type Proof = { kind: 'none' } | { kind: 'birth-date'; typed: string } | ({ kind: 'fact' } & FactTyped);

/**
 * Reads what the organisation's path asks for.
 *
 * @throws AppError `invalid-input`: no such path here, a birth date missing or not « jj/mm/aaaa », no such proof.
 */
export const readProof = (policy: Policy, asked: AskRecovery, now: Date): Proof => {
  if (asked.path === 'first') return readFact(policy, asked, now);
  const asks = asked.path === 'forgotten' ? policy.recovery.asks : policy.memberUnblock.asks;
  const isBirthDate = asks.includes('birth-date');
  if (asked.path === 'unblock' && (policy.memberUnblock.path !== 'own-page' || !isBirthDate)) {
    throw wrong('path', 'recovery.noSuchPath');
  }
  if (!isBirthDate) return { kind: 'none' };
  if (!asked.birthDate) throw wrong('birthDate', 'recovery.birthDateNeeded');
  const typed = readBirthDate(asked.birthDate);
  if (!typed) throw wrong('birthDate', 'recovery.birthDateFormat');
  return { kind: 'birth-date', typed };
};

/**
 * Where members sign in with their NIR alone, what cannot be one is told before anything is looked up: its key is
 * public arithmetic, and nobody's letter is promised.
 *
 * @throws AppError `invalid-input` on the identifier.
 */
export const assertIdentifier = ({ signIn }: Policy, typed: string): void => {
  const isNirAlone = signIn.identifiers.every(({ kind }) => kind === 'nir');
  if (isNirAlone && !canonicalIdentifier(signIn.identifiers, typed).startsWith('nir:')) {
    throw wrong('identifier', 'recovery.nirWrong');
  }
};

/**
 * Weighs a proof. The same statements and the same comparing whoever it is, nobody included, so that nothing but
 * a right proof tells anything. `within`: past its budget nothing is compared.
 */
export const weighProof = async (
  ctx: Ctx,
  policy: Policy,
  claim: Claim,
  proof: Exclude<Proof, { kind: 'none' }>,
  within: boolean,
): Promise<Claimant & { isRight: boolean }> => {
  const claimant = await claimantOf(ctx, policy, claim.account);
  const isRight = within && (await isProofRight(ctx, policy, claimant, proof));
  record(ctx, {
    type: 'recovery.proof-checked',
    organisationId: policy.id,
    memberId: claimant.member?.id ?? null,
    result: isRight ? 'done' : 'failed',
    data: { proof: proof.kind === 'fact' ? proof.fact : proof.kind, right: isRight },
  });
  return { ...claimant, isRight };
};

const isProofRight = async (
  ctx: Ctx,
  policy: Policy,
  { member }: Claimant,
  proof: Exclude<Proof, { kind: 'none' }>,
): Promise<boolean> => {
  if (proof.kind === 'birth-date') return sameDigest(proof.typed, member?.birthDate ?? '0000-00-00');
  const { fact, value } = proof;
  const isRight = await isFactRight(ctx, policy, { memberId: member?.id ?? null, fact, typed: value });
  // A farmer proves what farmers are asked, not what would be easiest.
  const group = groupOf(policy, proof);
  const isTheirs = !member?.spaceType || group?.spaceTypes.includes(member.spaceType) === true;
  return isRight && isTheirs && member !== undefined;
};

const readFact = (policy: Policy, { proof }: AskRecovery, now: Date): Proof => {
  if (policy.proofs.length === 0) throw wrong('path', 'recovery.noSuchPath');
  if (!proof) throw wrong('proof', 'recovery.proofNeeded');
  if (!groupOf(policy, proof)) throw wrong('proof.fact', 'recovery.noSuchProof');
  if (proof.value.trim() === '') throw wrong('proof.value', 'common.required');
  const kind = policy.facts.find(({ id }) => id === proof.fact)?.kind ?? 'text';
  // « environ 700 » is no answer yet: told before anything is counted or sent.
  if (readFactValue(kind, proof.value, now.getUTCFullYear()) === null) {
    throw wrong('proof.value', 'recovery.factFormat');
  }
  return { kind: 'fact', ...proof };
};

export const groupOf = ({ proofs }: Policy, { spaceType, fact }: FactTyped) =>
  proofs.find(({ spaceTypes, anyOf }) => spaceTypes.includes(spaceType) && anyOf.includes(fact));

const wrong = (field: string, words: string): AppError =>
  new AppError('invalid-input', 'common.invalidInput', { fields: { [field]: words } });
