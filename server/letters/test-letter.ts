import { testLetterReason } from '../organisations/policy-parts.schema.ts';
import type { LetterRow } from './letters.store.ts';

export { testLetterReason };

/** Whether an organisation sent this letter to itself: no member waits for it, and none lives at its address. */
export const isTestLetter = ({ reason }: Pick<LetterRow, 'reason'>): boolean => reason === testLetterReason;
