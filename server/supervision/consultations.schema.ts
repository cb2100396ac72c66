import { z } from 'zod';
import { OwnProof } from '../agents/agents.schema.ts';
import { LanguageCode } from '../core/vocabulary.ts';
import { IdentityLine } from './stories.schema.ts';

/** One consultation of a member's file as the member is told of it: no agent's name or id (CJEU C-579/21). */
export const Consultation = z.object({
  at: z.string(),
  service: z.string(),
  /** How the call or letter that led to it reached us; null where there was none. */
  channel: z.string().nullable(),
  purposes: z.array(z.string()),
});
export type Consultation = z.infer<typeof Consultation>;

export const Consultations = z.object({
  memberId: z.string(),
  who: IdentityLine,
  organisationName: z.string(),
  consultations: z.array(Consultation),
  /** There are older ones than could be listed. */
  cut: z.boolean(),
});
export type Consultations = z.infer<typeof Consultations>;

export const ConsultationsLetter = z.strictObject({
  language: LanguageCode.default('fr'),
  ...OwnProof.shape,
});
export type ConsultationsLetter = z.output<typeof ConsultationsLetter>;
