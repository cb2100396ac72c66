import type { Window } from '../core/guessing.ts';
import { minutesOf, type BudgetName, type Limits } from './limits.schema.ts';

/** The limits of some budgets that bind together, as the arithmetic of guessing reads them. */
export const windowsOf = (limits: Limits, ...names: BudgetName[]): Window[] =>
  names.flatMap((name) =>
    limits.budgets[name].limits.map(({ most, per }) => ({ most, minutes: minutesOf[per] })),
  );
