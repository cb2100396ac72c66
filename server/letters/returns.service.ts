import { raiseAlert } from '../audit/alerts.service.ts';
import { record } from '../audit/record.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { endOfLetters } from '../credentials/credentials.service.ts';
import { declareWaste } from './destructions.service.ts';
import { doubtAddressOf } from './doubtful-address.service.ts';
import type { LetterState } from './letters.schema.ts';
import { toLetters } from './letters.service.ts';
import { moveLetters, type LetterRow } from './letters.store.ts';
import { readReference } from './reference.ts';
import type { ReturnedMail, ReturnReason, TakenReturn } from './returns.schema.ts';
import * as store from './returns.store.ts';
import type { SentLetterRow } from './returns.store.ts';
import type { SheetCode } from './sheet-code.schema.ts';

/** What came back: a letter, and the attempt that the scanned sheet names; null when nothing was scanned. */
export type Came = { letter: SentLetterRow; attempt: number | null };
/** `file`: La Poste's word, without the paper. */
export type ReturnedBy = 'scan' | 'reference' | 'file';

/** Why nothing was done; `returns.<problem>` says it in words. */
export const returnProblems = ['known', 'neverPosted', 'notDeposited'] as const;
export type ReturnProblem = (typeof returnProblems)[number];
/** `warning`: taken, and strange; a supervisor has been told. */
export type Taking =
  { as: 'taken'; warning: 'wasUsed' | 'wasWaste' | null } | { as: 'refused'; problem: ReturnProblem };

/** A letter of the list came back. @throws AppError, see `takeMail`. */
export const returnLetter = async (
  ctx: Ctx,
  id: string,
  { reason }: { reason: ReturnReason },
): Promise<TakenReturn> => {
  const letter = await store.findSent(ctx.db, ctx.scope, id);
  if (!letter) throw new AppError('not-found', 'common.notFound');
  return takeMail(ctx, { letter, attempt: null }, { reason, by: 'reference' });
};

/**
 * Whatever the post brought back, by its DataMatrix or its reference.
 *
 * @throws AppError `not-found` for another organisation's and for none, `conflict` when it is known, `policy-refused`
 * when it cannot have been posted.
 */
export const returnMail = async (ctx: Ctx, mail: ReturnedMail): Promise<TakenReturn> => {
  const { code, reference = '', reason } = mail;
  const [came] = await findCame(ctx, [
    { code: code ?? null, reference: code ? null : referenceIn(reference) },
  ]);
  if (!came) throw new AppError('not-found', 'returns.unknown');
  return takeMail(ctx, came, { reason, by: code ? 'scan' : 'reference' });
};

/** The same for many at once, for a file: what each of them is, in their order; nothing for those that nobody has. */
export const findCame = async (
  ctx: Pick<Ctx, 'db' | 'scope'>,
  lines: { reference: string | null; code: SheetCode | null }[],
): Promise<(Came | undefined)[]> => {
  const references = lines.flatMap(({ reference }) => reference ?? []);
  const named = await store.listByReference(ctx.db, ctx.scope, references);
  const byReference = new Map(named.map((letter) => [letter.reference, letter]));
  const codes = lines.flatMap(({ reference, code }) => (reference === null && code ? [code] : []));
  const scanned = await store.listBySheet(ctx.db, ctx.scope, codes);
  return lines.map(({ reference, code }) => {
    if (reference === null) return code ? sheetAmong(scanned, code) : undefined;
    const letter = byReference.get(reference);
    return letter && { letter, attempt: null };
  });
};

/** Of the sheets found, the one that this code names; none when so many attempts never were. */
const sheetAmong = (found: SentLetterRow[], { lot, attempt, sheet }: SheetCode): Came | undefined => {
  const letter = found.find((one) => Number(one.lot_number) === lot && one.sheet === sheet);
  const wasPrinted = letter && attempt >= 1 && attempt <= Number(letter.lot_attempt);
  return wasPrinted ? { letter, attempt } : undefined;
};

/**
 * Takes a return: the letter ends and its password with it, its address is doubtful as long as it is the one on
 * file, the paper is to be destroyed unopened. For each of the four reasons: mail did not reach the member there,
 * and what is unclaimed or refused today would be again.
 *
 * Paper that should have been destroyed and was posted changes no letter; a supervisor hears of it, as of one whose
 * password had been used.
 */
export const takeReturn = async (
  ctx: Ctx,
  came: Came,
  { reason, by }: { reason: ReturnReason; by: ReturnedBy },
): Promise<Taking> => {
  const { letter } = came;
  if (letter.printed_attempt === null) return { as: 'refused', problem: 'neverPosted' };
  if (isWaste(came)) return takeWaste(ctx, came, { reason, by });
  if (letter.state === 'returned') return takePaper(ctx, letter, by);
  if (letter.deposited_at === null) return { as: 'refused', problem: 'notDeposited' };

  // The password first, as everywhere: whoever uses it in this moment waits here, or has used it.
  await endOfLetters(ctx, [letter.id], 'returned');
  const was = await moveToReturned(ctx, letter.id, reason);
  if (!was) return { as: 'refused', problem: 'known' };

  const { organisation_id: organisationId, member_id: memberId } = letter;
  const data = { letterId: letter.id, reason, by, was };
  record(ctx, { type: 'letter.returned', organisationId, memberId, data });
  if (by !== 'file') await declareLetter(ctx, letter);
  await doubtAddressOf(ctx, letter);
  if (was !== 'used') return { as: 'taken', warning: null };
  const subject = `letter:${letter.id}`;
  await raiseAlert(ctx, { organisationId, kind: 'used-letter-returned', memberId, subject });
  return { as: 'taken', warning: 'wasUsed' };
};

const takeMail = async (
  ctx: Ctx,
  came: Came,
  how: { reason: ReturnReason; by: ReturnedBy },
): Promise<TakenReturn> => {
  const taking = await takeReturn(ctx, came, how);
  if (taking.as === 'refused') throw refusalOf(taking.problem);
  const row = await store.findSent(ctx.db, ctx.scope, came.letter.id);
  const [letter] = row ? await toLetters(ctx, [row]) : [];
  if (!letter) throw new Error('A letter was lost while it was shown.');
  const { warning } = taking;
  return { ...letter, warning: warning && ctx.house.words.say(ctx.language, `returns.${warning}`) };
};

const refusalOf = (problem: ReturnProblem): AppError =>
  problem === 'known'
    ? new AppError('conflict', 'returns.known', { rule: 'letter.returned' })
    : new AppError('policy-refused', `returns.${problem}`, { rule: 'letter.not-posted' });

const referenceIn = (typed: string): string => {
  const reference = readReference(typed);
  if (reference) return reference;
  const fields = { reference: 'returns.badReference' };
  throw new AppError('invalid-input', 'returns.badReference', { fields });
};

/** Declared spoiled, or put on paper by an attempt that was given up: it should never have left the room. */
const isWaste = ({ letter, attempt }: Came): boolean =>
  ['spoiled', 'printing', 'refused'].includes(letter.state) ||
  (attempt !== null && attempt !== letter.printed_attempt) ||
  Number(letter.is_voided) > 0;

// In the order in which letters move on, so that one that moves meanwhile is found at its next state. One that is only
// printed moves no more: its lot has left.
const fromStates = ['deposited', 'used', 'expired', 'superseded', 'printed'] as const;

const moveToReturned = async (
  ctx: Ctx,
  id: string,
  reason: ReturnReason,
): Promise<LetterState | undefined> => {
  const change = { state: 'returned', state_at: ctx.now.toISOString(), return_reason: reason } as const;
  for (const was of fromStates) {
    const [hit] = await moveLetters(ctx.db, { ids: [id] }, [was], change);
    if (hit) return was;
  }
  return undefined;
};

const takeWaste = async (
  ctx: Ctx,
  { letter, attempt }: Came,
  { reason, by }: { reason: ReturnReason; by: ReturnedBy },
): Promise<Taking> => {
  const { organisation_id: organisationId, member_id: memberId, lot_id: lotId, sheet } = letter;
  const printed = attempt ?? letter.printed_attempt;
  if (lotId === null || sheet === null || printed === null) return { as: 'refused', problem: 'neverPosted' };

  await store.holdLetter(ctx.db, letter.id);
  const paper = { lotId, attempt: printed, sheet };
  if (await store.isPaperDeclared(ctx.db, paper)) return { as: 'refused', problem: 'known' };
  const data = { letterId: letter.id, reason, by, was: letter.state };
  record(ctx, { type: 'letter.returned', organisationId, memberId, result: 'refused', data });
  if (by !== 'file') {
    const letterId = printed === letter.printed_attempt ? letter.id : null;
    const waste = { organisationId, kind: 'returned', lotId, attempt: printed, sheets: [sheet] } as const;
    await declareWaste(ctx, { ...waste, letterId });
  }
  await doubtAddressOf(ctx, letter);
  const subject = `sheet:${lotId}:${printed}:${sheet}`;
  await raiseAlert(ctx, { organisationId, kind: 'waste-posted', memberId, subject });
  return { as: 'taken', warning: 'wasWaste' };
};

/** La Poste's file had told of it; now the paper is here. */
const takePaper = async (ctx: Ctx, letter: SentLetterRow, by: ReturnedBy): Promise<Taking> => {
  await store.holdLetter(ctx.db, letter.id);
  const isKnown = by === 'file' || (await store.isPaperDeclared(ctx.db, { letterId: letter.id }));
  if (isKnown) return { as: 'refused', problem: 'known' };
  await declareLetter(ctx, letter);
  return { as: 'taken', warning: null };
};

const declareLetter = (ctx: Ctx, letter: LetterRow): Promise<void> =>
  declareWaste(ctx, {
    organisationId: letter.organisation_id,
    kind: 'returned',
    lotId: letter.lot_id,
    attempt: letter.printed_attempt,
    sheets: [letter.sheet ?? 0],
    letterId: letter.id,
  });
