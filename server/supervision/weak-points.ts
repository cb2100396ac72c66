import type { WordParams } from '../core/errors.ts';
import type { Language } from '../core/words.ts';
import type { PromiseKept } from '../letters/promise-kept.ts';
import type { Limits } from '../organisations/limits.schema.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import type { WeakPoint } from './policy-report.schema.ts';
import { passwordChecks } from './weak-passwords.ts';
import { recoveryChecks } from './weak-recovery.ts';
import { setUpChecks } from './weak-set-up.ts';

/** What a policy is examined with. `promiseKept`: null where no letter has a promised delay. */
export type Examined = { policy: Policy; limits: Limits; promiseKept: PromiseKept | null };

/** Numbers and lists as the reader's language writes them. */
export type Teller = {
  language: Language;
  /** With at most so many decimals (1). */
  number: (value: number, decimals?: number) => string;
  share: (value: number) => string;
  list: (items: string[]) => string;
  /** Words of `policyReport`. */
  say: (key: string, params?: WordParams) => string;
};

/** One thing that a policy may have weak; its words are `policyReport.points.<id>`. */
export type Check = Pick<WeakPoint, 'severity' | 'bits'> & {
  id: string;
  isWeak: boolean;
  params?: (tell: Teller) => WordParams;
};

/** Every weak point of a policy, the gravest first; nothing of it knows an organisation. */
export const findWeakPoints = (examined: Examined): Check[] =>
  [...passwordChecks(examined), ...recoveryChecks(examined), ...setUpChecks(examined)]
    .filter(({ isWeak }) => isWeak)
    .sort((a, b) => gravity.indexOf(a.severity) - gravity.indexOf(b.severity));

const gravity: WeakPoint['severity'][] = ['high', 'medium', 'low'];
