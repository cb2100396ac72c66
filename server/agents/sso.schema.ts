import { z } from 'zod';
import { OwnProof } from './agents.schema.ts';

/**
 * `again`: the account whose session is over or about to be. Only they come back, having signed in anew at the provider,
 * so that the screen they left open is nobody else's.
 */
export const SsoBegin = z.strictObject({ again: z.string().max(64).optional() });
export type SsoBegin = z.infer<typeof SsoBegin>;

/** Once, within five minutes, at the session that asked: goes into an act as its proof's `sso`. */
export const SsoProof = z.object({ proof: z.string(), endsAt: z.string() });
export type SsoProof = z.infer<typeof SsoProof>;

/** Who must have signed in at the provider, and since when. */
export const Anew = z.strictObject({ agentId: z.string(), since: z.string() });
export type Anew = z.infer<typeof Anew>;

/** Where the browser goes. */
export const SsoStart = z.object({ url: z.string() });
export type SsoStart = z.infer<typeof SsoStart>;

export const SsoReturn = z.strictObject({
  /** What the provider gave the browser to bring back: the page's query string, as it stands. */
  query: z.string().max(4_000),
});

/** The second factor of an account that has one, where the provider asked for none that counts. */
export const SsoFinish = z.strictObject({
  code: OwnProof.shape.code,
  assertion: OwnProof.shape.assertion,
});
export type SsoFinish = z.infer<typeof SsoFinish>;

export const SsoPermit = z.strictObject({ ...OwnProof.shape });

/** Whom the provider vouches for; sealed while a second factor is asked for. */
export const SsoPerson = z.strictObject({
  issuer: z.string(),
  subject: z.string(),
  username: z.string(),
  name: z.string(),
  groups: z.array(z.string()),
  hasSecondFactor: z.boolean(),
  /** When they signed in at the provider, in seconds since 1970; null when it does not say. */
  signedInAt: z.number().nullable(),
});
export type SsoPerson = z.infer<typeof SsoPerson>;
