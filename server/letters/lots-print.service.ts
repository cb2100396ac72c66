import { setImmediate } from 'node:timers/promises';
import { record } from '../audit/record.ts';
import type { Ctx, Db, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import type { Secret } from '../core/secret.ts';
import { endOfLetters, keepPrinted, makePrinted } from '../credentials/credentials.service.ts';
import type { CredentialRow } from '../credentials/credentials.store.ts';
import type { Outgoing } from '../http/routes.ts';
import { bundleSize, type Drawing, type DrawingDesk } from './drawing-desk.ts';
import type { LetterWordsPair } from './letter-words.ts';
import type { LetterProblem } from './letters.schema.ts';
import * as lotLetters from './lot-letters.store.ts';
import type { LotLetterRow } from './lot-letters.store.ts';
import { lotToDraw, sheetToDraw } from './lot-to-draw.ts';
import * as store from './lots.store.ts';
import type { LotRow } from './lots.store.ts';
import { claimLot, endAsPrinted, interrupt, leaseFrom, type Claim } from './print-attempt.service.ts';
import type { DrawnBundle } from './sheet-to-draw.ts';
import { unfitLetters } from './unfit.service.ts';

declare module '../core/ctx.ts' {
  interface House {
    drawing: DrawingDesk;
    /** The words of an organisation's letters. */
    letterWords: (organisationId: string) => LetterWordsPair;
    /** The salt that the temporary passwords of each account share; the accounts room hands it over. */
    accountSalts: (db: Db, accountIds: string[]) => Promise<Map<string, string>>;
  }
}

/**
 * Prints a released lot as one document into `out`: bundle after bundle, the passwords are made, their pages
 * drawn, the hashes committed as not yet valid, and only then do the bytes leave. Whatever breaks ends the
 * attempt: its hashes are void and the lot is released again, to be printed with new passwords.
 *
 * @throws AppError `conflict` when it is being printed or was; `policy-refused` when no sheet could be drawn.
 */
export const printLot = async (
  visit: Visit,
  id: string,
  version: number | undefined,
  out: Outgoing,
): Promise<void> => {
  const claim = await claimLot(visit, id, version);
  let drawing: Drawing | undefined;
  let printed: LotRow;
  try {
    drawing = await openDrawing(visit, claim);
    await deliver(visit, claim, drawing, out);
    // Before the document's end leaves, so that whoever has all of it finds the lot printed.
    printed = await endAsPrinted(visit, claim);
    if (printed.printed > 0) await out.end();
  } catch (error) {
    // A drawing thread that died has nothing left to give up.
    await drawing?.abort().catch(() => undefined);
    await interrupt(visit, claim);
    throw error;
  }
  if (printed.printed === 0)
    throw new AppError('policy-refused', 'lots.nothingPrinted', { rule: 'lot.all-refused' });
};

const openDrawing = ({ house }: Visit, { lot, policy }: Claim): Promise<Drawing> => {
  const wording = { words: house.words, letterWords: house.letterWords(policy.id) };
  return house.drawing.open(lotToDraw(policy, lot, wording, house.clock()));
};

/** Bytes wait for the first page, so that a lot without any is answered in words and not with half a file. */
const deliver = async (visit: Visit, claim: Claim, drawing: Drawing, out: Outgoing): Promise<void> => {
  const waiting: Uint8Array[] = [];
  let hasPages = false;
  for await (const letters of bundlesOf(visit.house.pool, claim.lot)) {
    const { bytes, drawn } = await drawBundle(visit, claim, drawing, letters);
    waiting.push(bytes);
    if (!hasPages && drawn.length === 0) continue;
    if (!hasPages) out.begin('application/pdf', `lot-${claim.lot.number}.pdf`);
    hasPages = true;
    for (const part of waiting.splice(0)) await out.write(part);
  }
  const last = await drawing.finish();
  if (hasPages) await out.write(last);
};

async function* bundlesOf(pool: Db, lot: LotRow): AsyncGenerator<LotLetterRow[]> {
  for (let after = 0; ;) {
    const letters = await lotLetters.listToDraw(pool, lot.id, after, bundleSize);
    if (letters.length === 0) return;
    after = letters.at(-1)?.sheet ?? Infinity;
    yield letters;
  }
}

type Refused = { sheet: number; problem: LetterProblem };

/** Draws a bundle and commits its hashes; the passwords exist nowhere but in the bytes returned. */
const drawBundle = async (
  visit: Visit,
  claim: Claim,
  drawing: Drawing,
  letters: LotLetterRow[],
): Promise<DrawnBundle> => {
  const unfit = await unfitLetters(visit.house, letters);
  const fit = letters.filter(({ id }) => !unfit.has(id));
  const { rows, secrets } = await makeSecrets(visit, claim.lot, fit);
  const bundle = await drawing.draw(
    fit.map((letter) => sheetToDraw(claim.policy, letter, secrets.get(letter.id)?.expose() ?? '')),
  );
  const refused: Refused[] = [
    ...letters.flatMap(({ id, sheet }) => {
      const problem = unfit.get(id);
      return problem ? [{ sheet: sheet ?? 0, problem }] : [];
    }),
    ...bundle.refused,
  ];
  await keepBundle(visit, claim, letters, rows, { drawn: bundle.drawn, refused });
  return bundle;
};

/** Hashing runs on the main thread, however light: the event loop gets its turn every few sheets. */
const sheetsAtOnce = 25;

const makeSecrets = async ({ house }: Visit, lot: LotRow, letters: LotLetterRow[]) => {
  const salts = await house.accountSalts(house.pool, [
    ...new Set(letters.map(({ account_id }) => account_id)),
  ]);
  const rows: CredentialRow[] = [];
  const secrets = new Map<string, Secret>();
  for (let from = 0; from < letters.length; from += sheetsAtOnce) {
    const sheets = letters.slice(from, from + sheetsAtOnce).map((letter) => ({
      accountId: letter.account_id,
      organisationId: letter.organisation_id,
      salt: saltOf(salts, letter),
      letterId: letter.id,
      lotId: lot.id,
      attempt: lot.attempt,
      validUntil: letter.valid_until,
    }));
    const made = makePrinted(house, house.clock(), sheets);
    rows.push(...made.rows);
    for (const [letterId, secret] of made.secrets) secrets.set(letterId, secret);
    await setImmediate();
  }
  return { rows, secrets };
};

const saltOf = (salts: Map<string, string>, { account_id }: LotLetterRow): string => {
  const salt = salts.get(account_id);
  if (!salt) throw new Error('A letter belongs to an account that is not there.');
  return salt;
};

const keepBundle = (
  visit: Visit,
  { lot }: Claim,
  letters: LotLetterRow[],
  rows: CredentialRow[],
  bundle: { drawn: number[]; refused: Refused[] },
): Promise<void> =>
  perform(visit, async (ctx) => {
    const at = ctx.now.toISOString();
    const counts = { printed: bundle.drawn.length, refused: bundle.refused.length };
    const isMine = await store.countBundle(ctx.db, lot, { ...counts, leaseUntil: leaseFrom(ctx.now) });
    if (!isMine) throw new AppError('conflict', 'lots.attemptOver', { rule: 'lot.stale-attempt' });

    const bySheet = new Map(letters.map((letter) => [letter.sheet, letter]));
    const drawn = bundle.drawn.flatMap((sheet) => bySheet.get(sheet)?.id ?? []);
    const isDrawn = new Set(drawn);
    await keepPrinted(
      ctx,
      rows.filter(({ letter_id }) => isDrawn.has(letter_id ?? '')),
    );
    const { ended } = await lotLetters.markDrawn(ctx.db, lot.id, drawn, { attempt: lot.attempt, at });
    if (ended.length > 0) await endOfLetters(ctx, ended, 'changed');

    for (const { sheet, problem } of bundle.refused) await refuse(ctx, lot, bySheet.get(sheet), problem);
    const [fromSheet, toSheet] = [bundle.drawn[0] ?? 0, bundle.drawn.at(-1) ?? 0];
    const data = { lotId: lot.id, attempt: lot.attempt, fromSheet, toSheet };
    record(ctx, { type: 'lot.bundle-printed', organisationId: lot.organisation_id, data });
  });

const refuse = async (
  ctx: Ctx,
  lot: LotRow,
  letter: LotLetterRow | undefined,
  problem: LetterProblem,
): Promise<void> => {
  if (!letter || !(await lotLetters.markRefused(ctx.db, letter.id, problem, ctx.now.toISOString()))) return;
  record(ctx, {
    type: 'letter.refused',
    organisationId: lot.organisation_id,
    memberId: letter.member_id,
    callId: letter.call_id,
    result: 'failed',
    data: { letterId: letter.id, lotId: lot.id, problem },
  });
};
