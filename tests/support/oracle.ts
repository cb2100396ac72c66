import { expect } from 'vitest';
import { verifyChain } from '../../server/audit/verification.service.ts';
import type { House } from '../../server/core/ctx.ts';
import { letterStates } from '../../server/letters/letters.schema.ts';
import type { TestServer } from './server.ts';

type Row = Record<string, string | number | null>;

/**
 * What holds of every database at every moment, whatever was killed (YARDSTICK 2). `requested` are the letters that
 * were asked for: none may be missing. A test calls it after each step; what breaks a rule is named by its id.
 */
export const expectInvariants = async ({ house }: TestServer, requested: string[] = []): Promise<void> => {
  const broken = [
    ...(await lettersOutOfPlace(house, requested)),
    ...(await passwordsOutOfPlace(house)),
    ...(await sumsThatDiffer(house)),
    ...(await attemptsUntold(house)),
  ];
  expect(broken).toEqual([]);
  expect(await verifyChain(house, house.pool)).toMatchObject({ holds: true });
};

/** I3: each letter is there, in one known state, and on at most one sheet. */
const lettersOutOfPlace = async ({ pool }: House, requested: string[]): Promise<string[]> => {
  const letters: Row[] = await pool('letters').select('id', 'state', 'lot_id', 'sheet');
  const there = new Set(letters.map(({ id }) => id));
  const placed = letters.filter(({ sheet }) => sheet !== null);
  return [
    ...requested.filter((id) => !there.has(id)).map((id) => `letter ${id} is lost`),
    ...letters
      .filter(({ state }) => !(letterStates as readonly unknown[]).includes(state))
      .map(({ id, state }) => `letter ${id} is ${state}`),
    ...repeated(placed.map(({ lot_id, sheet }) => `${lot_id} ${sheet}`)).map(
      (place) => `two on sheet ${place}`,
    ),
  ];
};

/** I1, I7: one living password for an account, never before the deposit, and none but the newest of a letter. */
const passwordsOutOfPlace = async ({ pool }: House): Promise<string[]> => {
  const good: Row[] = await pool('credentials as c')
    .leftJoin('letters as l', 'l.id', 'c.letter_id')
    .leftJoin('lots as o', 'o.id', 'c.lot_id')
    .where('c.kind', 'temporary')
    .whereIn('c.state', ['printed', 'live'])
    .select('c.id', 'c.state', 'c.account_id', 'c.letter_id', 'c.attempt')
    .select({ letter: 'l.state', drawn: 'l.printed_attempt', lot: 'o.state' });
  const onPaper = good.filter(({ letter_id }) => letter_id !== null);
  const live = good.filter(({ state }) => state === 'live');
  return [
    ...repeated(live.map(({ account_id }) => `${account_id}`)).map(
      (id) => `two passwords open account ${id}`,
    ),
    ...repeated(onPaper.map(({ letter_id }) => `${letter_id}`)).map(
      (id) => `two sheets of letter ${id} count`,
    ),
    ...onPaper
      .filter(
        ({ state, letter, lot }) => state === 'live' && !(letter === 'deposited' && lot === 'deposited'),
      )
      .map(({ id, letter, lot }) => `password ${id} opens, of a letter ${letter} in a lot ${lot}`),
    ...onPaper
      .filter(({ attempt, drawn }) => attempt !== drawn)
      .map(({ id, attempt, drawn }) => `password ${id} is of attempt ${attempt}, its sheet of ${drawn}`),
  ];
};

/** I3: pages of the bundles that stand = printed, and printed = good + spoiled once it is counted. */
const sumsThatDiffer = async ({ pool }: House): Promise<string[]> => {
  const lots: Row[] = await pool('lots').whereIn('state', ['printed', 'counted', 'deposited']);
  const bundles: Row[] = await pool('lot_bundles').whereNull('voided_at');
  return lots.flatMap(({ id, state, printed }) => {
    const mine = bundles.filter(({ lot_id }) => lot_id === id);
    const sum = (name: string) => mine.reduce((all, bundle) => all + Number(bundle[name] ?? 0), 0);
    const counted = sum('good') + sum('spoiled');
    return [
      ...(sum('sheets') === printed ? [] : [`lot ${id}: ${sum('sheets')} sheets stand, ${printed} printed`]),
      ...(state === 'printed' || counted === printed ? [] : [`lot ${id}: ${counted} of ${printed} counted`]),
    ];
  });
};

/** I4, I5: what a lot says that happened to it is what the audit says, no more and no less. */
const attemptsUntold = async ({ pool }: House): Promise<string[]> => {
  const told = new Map<string, number>();
  const types = ['lot.print-started', 'lot.deposited'];
  for (const { type, payload } of await pool('audit_events').whereIn('type', types)) {
    const { lotId, letters } = JSON.parse(payload as string).data as { lotId: string; letters?: number };
    // A deposit that is declared again is recorded as one of no letter.
    if (letters !== 0) told.set(`${type} ${lotId}`, (told.get(`${type} ${lotId}`) ?? 0) + 1);
  }
  const lots: Row[] = await pool('lots');
  return lots.flatMap(({ id, attempt, state }) => [
    ...differs(`lot.print-started ${id}`, told, Number(attempt)),
    ...differs(`lot.deposited ${id}`, told, state === 'deposited' ? 1 : 0),
  ]);
};

const differs = (what: string, told: Map<string, number>, times: number): string[] =>
  (told.get(what) ?? 0) === times ? [] : [`${what} is told ${told.get(what) ?? 0} times, not ${times}`];

const repeated = (all: string[]): string[] => all.filter((one, at) => all.indexOf(one) !== at);
