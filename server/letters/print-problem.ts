import { AppError } from '../core/errors.ts';
import type { Language, Words } from '../core/words.ts';
import { writeRuns, type Run } from './sheet-runs.ts';

/** Why an attempt ended before its end: `lots.problems.<word>` says it. */
export type ProblemWord =
  | 'interrupted'
  | 'stopped'
  | 'shutdown'
  | 'broken'
  | 'redone'
  | 'failed'
  | 'directory'
  | 'unreachable'
  | 'timedOut'
  | 'notPrinter'
  | 'notAccepting'
  | 'noPdf'
  | 'keepsCopies'
  | 'refused';

/** As it stands on the lot: which sheets may be on paper although they open nothing is part of it. */
export type PrintProblem = { word: ProblemWord; waste: { attempt: number; runs: Run[] }[] };

/** Ends an attempt with a reason that the operator reads. */
export const printStopped = (word: ProblemWord, cause?: unknown): AppError =>
  new AppError('conflict', `lots.problems.${word}`, { rule: `lot.print-${word.toLowerCase()}`, cause });

/** The reason that something thrown ended an attempt; `otherwise` when it names none. */
export const problemOf = (error: unknown, otherwise: ProblemWord): ProblemWord =>
  error instanceof AppError && error.words.startsWith('lots.problems.')
    ? (error.words.slice('lots.problems.'.length) as ProblemWord)
    : otherwise;

/** As a lot keeps it. */
export const readProblem = (kept: string | null): PrintProblem | null =>
  kept === null ? null : (JSON.parse(kept) as PrintProblem);

/** The problem of a lot in words, with the sheets to destroy. */
export const sayProblem = (words: Words, language: Language, problem: PrintProblem | null): string | null => {
  if (problem === null) return null;
  const { word, waste } = problem;
  const destroyed = waste.map(({ attempt, runs }) =>
    words.say(language, 'lots.waste', { attempt, sheets: writeRuns(runs) }),
  );
  return [words.say(language, `lots.problems.${word}`), ...destroyed].join(' ');
};
