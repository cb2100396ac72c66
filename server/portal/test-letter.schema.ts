import { z } from 'zod';

export const AcknowledgeTestLetter = z.strictObject({
  /** The password that stands on the test letter, however it is typed. */
  password: z.string().min(1, 'portal.testLetter.typing-error').max(100),
});
export type AcknowledgeTestLetter = z.infer<typeof AcknowledgeTestLetter>;

export const TestLetterAcknowledged = z.object({ status: z.literal('acknowledged'), message: z.string() });
export type TestLetterAcknowledged = z.infer<typeof TestLetterAcknowledged>;
