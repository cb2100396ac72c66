import { z } from 'zod';
import { OwnProof } from './agents.schema.ts';

export const FactorKind = z.enum(['totp', 'security-key']);
export type FactorKind = z.infer<typeof FactorKind>;

/** One second factor of an agent's own; nothing of what it proves with. */
export const Factor = z.object({
  id: z.string(),
  kind: FactorKind,
  name: z.string(),
  createdAt: z.string(),
  lastUsedAt: z.string().nullable(),
});
export type Factor = z.infer<typeof Factor>;

export const OwnFactors = z.object({
  factors: z.array(Factor),
  /** Whether this role works with a second factor only. */
  required: z.boolean(),
  recoveryCodesLeft: z.number(),
});
export type OwnFactors = z.infer<typeof OwnFactors>;

/** Before a factor is added, removed or reset: who asks proves who they are. */
export const WithProof = z.strictObject({ ...OwnProof.shape });
export type WithProof = z.infer<typeof WithProof>;

/** What an authenticator app must be given, shown this once. */
export const TotpOffer = z.object({
  enrolment: z.string(),
  /** Base32, as an app takes it by hand. */
  secret: z.string(),
  /** SVG of the QR code. */
  qr: z.string(),
  endsAt: z.string(),
});
export type TotpOffer = z.infer<typeof TotpOffer>;

const name = z.string().trim().min(1).max(50);

export const ConfirmTotp = z.strictObject({
  enrolment: z.string().max(100),
  name,
  code: z.string().trim().max(20),
});
export type ConfirmTotp = z.infer<typeof ConfirmTotp>;

/** PublicKeyCredentialCreationOptionsJSON or …RequestOptionsJSON (WebAuthn 3, 5.1.8), as browsers read them. */
const WebAuthnOptions = z.record(z.string(), z.unknown());

export const KeyOffer = z.object({ options: WebAuthnOptions, endsAt: z.string() });
export type KeyOffer = z.infer<typeof KeyOffer>;

export const ConfirmKey = z.strictObject({
  name,
  /** What the browser made of the options: RegistrationResponseJSON. */
  response: z.record(z.string(), z.unknown()),
});
export type ConfirmKey = z.infer<typeof ConfirmKey>;

/** `recoveryCodes`: made with the first factor, shown this once. */
export const FactorAdded = z.object({ factor: Factor, recoveryCodes: z.array(z.string()).nullable() });
export type FactorAdded = z.infer<typeof FactorAdded>;

export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) });

/** What a sign-in that lacks its second factor may go on with, beside the sentence. */
export type SecondFactor = { kinds: FactorKind[]; options: Record<string, unknown> | null };
