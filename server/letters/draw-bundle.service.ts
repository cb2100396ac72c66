import { setTimeout } from 'node:timers/promises';
import { record } from '../audit/record.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { perform } from '../core/perform.ts';
import type { Secret } from '../core/secret.ts';
import { endOfLetters, keepPrinted, makePrinted } from '../credentials/credentials.service.ts';
import type { CredentialRow } from '../credentials/credentials.store.ts';
import { insertBundle } from './bundles.store.ts';
import type { Drawing, DrawingDesk } from './drawing-desk.ts';
import type { LetterProblem } from './letters.schema.ts';
import * as lotLetters from './lot-letters.store.ts';
import type { LotLetterRow } from './lot-letters.store.ts';
import { lotToDraw, sheetToDraw } from './lot-to-draw.ts';
import type { LotRow } from './lots.store.ts';
import { attemptOver, leaseFrom, type Claim } from './print-attempt.service.ts';
import { countBundle } from './print-attempt.store.ts';
import { unfitLetters } from './unfit.service.ts';

declare module '../core/ctx.ts' {
  interface House {
    drawing: DrawingDesk;
    /** Sheets that are drawn, committed and counted together; a test chooses fewer. */
    bundleSize: number;
    /** The salt that the temporary passwords of each account share; the accounts room hands it over. */
    accountSalts: (db: Db, accountIds: string[]) => Promise<Map<string, string>>;
  }
}

/** The next letters of a lot to be drawn together; bundle after bundle, until none is left. */
export async function* bundlesToDraw(
  { pool, bundleSize }: House,
  lot: LotRow,
): AsyncGenerator<LotLetterRow[]> {
  for (let after = 0; ;) {
    const letters = await lotLetters.listToDraw(pool, lot.id, after, bundleSize);
    if (letters.length === 0) return;
    after = letters.at(-1)?.sheet ?? Infinity;
    yield letters;
  }
}

export const openDrawing = ({ house }: Visit, { lot, policy }: Claim): Promise<Drawing> =>
  house.drawing.open(lotToDraw(house, policy, lot, house.clock()));

export type CommittedBundle = {
  number: number;
  /** Whole pages; the passwords exist nowhere else. */
  bytes: Uint8Array;
  /** Numbers of the sheets that have a page, in order; none when all were refused, and then no bundle stands. */
  sheets: number[];
};

/**
 * Draws a bundle and commits its hashes as not yet valid, so that its bytes may leave.
 *
 * @throws AppError `conflict` when a later attempt has taken the lot: then the bytes are lost, which is well.
 */
export const drawBundle = async (
  visit: Visit,
  claim: Claim,
  { drawing, letters, number }: { drawing: Drawing; letters: LotLetterRow[]; number: number },
): Promise<CommittedBundle> => {
  const unfit = await unfitLetters(visit.house, letters);
  const fit = letters.filter(({ id }) => !unfit.has(id));
  const { rows, secrets } = await makeSecrets(visit, claim.lot, fit);
  const bundle = await drawing.draw(
    fit.map((letter) => sheetToDraw(claim.policy, letter, secrets.get(letter.id)?.expose() ?? '')),
  );
  await visit.house.reached('k2');
  const refused: Refused[] = [
    ...letters.flatMap(({ id, sheet }) => {
      const problem = unfit.get(id);
      return problem ? [{ sheet: sheet ?? 0, problem }] : [];
    }),
    ...bundle.refused,
  ];
  await keepBundle(visit, claim, { number, letters, rows, drawn: bundle.drawn, refused });
  await visit.house.reached('k3');
  return { number, bytes: bundle.bytes, sheets: bundle.drawn };
};

/** Hashing runs on the main thread, however light: the event loop gets its turn every few sheets. */
const sheetsAtOnce = 4;

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
    await setTimeout(1);
  }
  return { rows, secrets };
};

const saltOf = (salts: Map<string, string>, { account_id }: LotLetterRow): string => {
  const salt = salts.get(account_id);
  if (!salt) throw new Error('A letter belongs to an account that is not there.');
  return salt;
};

type Refused = { sheet: number; problem: LetterProblem };
type Drawn = {
  number: number;
  letters: LotLetterRow[];
  rows: CredentialRow[];
  drawn: number[];
  refused: Refused[];
};

const keepBundle = (visit: Visit, { lot }: Claim, bundle: Drawn): Promise<void> =>
  perform(visit, async (ctx) => {
    const at = ctx.now.toISOString();
    const counts = { printed: bundle.drawn.length, refused: bundle.refused.length };
    if (!(await countBundle(ctx.db, lot, { ...counts, leaseUntil: leaseFrom(ctx.now) }))) throw attemptOver();

    const bySheet = new Map(bundle.letters.map((letter) => [letter.sheet, letter]));
    const drawn = bundle.drawn.flatMap((sheet) => bySheet.get(sheet)?.id ?? []);
    const isDrawn = new Set(drawn);
    await keepPrinted(
      ctx,
      bundle.rows.filter(({ letter_id }) => isDrawn.has(letter_id ?? '')),
    );
    const { ended } = await lotLetters.markDrawn(ctx.db, lot.id, drawn, { attempt: lot.attempt, at });
    if (ended.length > 0) await endOfLetters(ctx, ended, 'changed');
    for (const { sheet, problem } of bundle.refused) await refuse(ctx, lot, bySheet.get(sheet), problem);

    const { attempt, organisation_id: organisationId } = lot;
    const [fromSheet, toSheet] = [bundle.drawn[0] ?? 0, bundle.drawn.at(-1) ?? 0];
    if (bundle.drawn.length > 0) {
      await insertBundle(ctx.db, {
        lot_id: lot.id,
        attempt,
        number: bundle.number,
        target: lot.target ?? 'browser',
        from_sheet: fromSheet,
        to_sheet: toSheet,
        sheets: bundle.drawn.length,
        drawn_at: at,
      });
    }
    const data = { lotId: lot.id, attempt, fromSheet, toSheet };
    record(ctx, { type: 'lot.bundle-printed', organisationId, data });
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
