import { isDemoNumber } from '../members/phone.ts';

/** Numbers kept free for fiction are nobody's, and no gateway is ever given one (DOMAIN, "Letters, lots"). */
export const demoNumberProblem = (to: string): string | undefined =>
  isDemoNumber(to) ? 'demo-number' : undefined;
