import { z } from 'zod';
import { OwnProof } from './agents.schema.ts';

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
});
export type SsoPerson = z.infer<typeof SsoPerson>;
