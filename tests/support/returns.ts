import { Secret } from '../../server/core/secret.ts';
import { hashTemporary } from '../../server/credentials/credentials.service.ts';
import { groupForReading, makeTemporaryPassword } from '../../server/credentials/temporary-password.ts';
import { sheetCode } from '../../server/letters/sheet-code.ts';
import { buildLetters, type BuiltLetter, type Wish } from './build.ts';
import type { Answer, Client } from './client.ts';
import type { TestServer } from './server.ts';

/** A letter on a sheet of a lot, with the password that stands on it. */
export type Sheet = BuiltLetter & { lotId: string; code: string; sheet: number; password: string };

let lots = 900_000;

/**
 * Letters of new holders, counted or also with the post, as the print room leaves them; nothing is drawn, because
 * what becomes of letters afterwards does not look at their pages. The lot's attempt is 2: the first was given up.
 */
export const sheets = async (
  server: TestServer,
  wishes: Wish[],
  { state = 'deposited', depositedAt }: { state?: 'counted' | 'deposited'; depositedAt?: string } = {},
): Promise<Sheet[]> => {
  const { pool, keys, random } = server.house;
  const built = await buildLetters(server, wishes);
  const now = server.clock.now().toISOString();
  const [first] = await pool('letters').where({ id: built[0]?.id });
  const lot = { id: random.id(), number: (lots += 1) };
  const isPosted = state === 'deposited';
  await pool('lots').insert({
    ...lot,
    organisation_id: first.organisation_id,
    product: first.product,
    state,
    letters: built.length,
    latest_posting_at: first.latest_posting_at,
    planned_posting_on: first.planned_posting_on,
    made_by: 'tests',
    made_at: now,
    attempt: 2,
    printed_at: now,
    printed: built.length,
    refused: 0,
    spoiled: 0,
    counted_at: now,
    deposited_at: isPosted ? (depositedAt ?? now) : null,
    target: 'browser',
    confirmed_at: now,
    version: 1,
  });
  const bundle = { lot_id: lot.id, number: 1, target: 'browser', sheets: built.length, drawn_at: now };
  const range = { from_sheet: 1, to_sheet: built.length };
  await pool('lot_bundles').insert([
    { ...bundle, ...range, attempt: 1, voided_at: now },
    { ...bundle, ...range, attempt: 2, delivered_at: now, counted_at: now, good: built.length, spoiled: 0 },
  ]);
  return Promise.all(
    built.map(async (letter, at): Promise<Sheet> => {
      const symbols = makeTemporaryPassword(random.bytes);
      const account = await pool('accounts').where({ id: letter.accountId }).first();
      const sheet = at + 1;
      await pool('letters')
        .where({ id: letter.id })
        .update({
          state: isPosted ? 'deposited' : 'printed',
          lot_id: lot.id,
          sheet,
          printed_attempt: 2,
          state_at: now,
        });
      const { valid_until } = await pool('letters').where({ id: letter.id }).first();
      await pool('credentials').insert({
        id: random.id(),
        account_id: letter.accountId,
        organisation_id: letter.organisation,
        kind: 'temporary',
        channel: 'letter',
        hash: hashTemporary(keys, account.temporary_salt, new Secret(symbols)),
        state: isPosted ? 'live' : 'printed',
        letter_id: letter.id,
        lot_id: lot.id,
        attempt: 2,
        created_at: now,
        activated_at: isPosted ? now : null,
        valid_until,
      });
      const code = sheetCode({ lot: lot.number, attempt: 2, sheet });
      return { ...letter, lotId: lot.id, code, sheet, password: groupForReading(symbols) };
    }),
  );
};

/** Everything that a return leaves behind of one letter. */
export const leftOf = async ({ house: { pool } }: TestServer, { id, memberId }: BuiltLetter) => {
  const letter = await pool('letters').where({ id }).first();
  const member = await pool('members').where({ id: memberId }).first();
  const credentials = await pool('credentials').where({ letter_id: id });
  const events = await pool('audit_events').whereLike('payload', `%${id}%`).orderBy('seq');
  return {
    state: letter.state as string,
    reason: letter.return_reason as string | null,
    password: credentials.map(({ state, ended_as }) => `${state} ${ended_as ?? ''}`.trim()).join(', '),
    isDoubtful: member.address_doubtful_at !== null,
    outgoing: (await pool('outgoing_changes').where({ member_id: memberId })).map(
      ({ kind }) => kind as string,
    ),
    destructions: Number(
      (await pool('destructions').where({ letter_id: id, kind: 'returned' }).count({ n: '*' }).first())?.n,
    ),
    events: events.map(({ type }) => type as string).filter((type) => type !== 'letter.requested'),
  };
};

/** The alerts about a member. */
export const alertsAbout = async ({ house: { pool } }: TestServer, { memberId }: BuiltLetter) =>
  (await pool('alerts').where({ member_id: memberId })).map(({ kind }) => kind as string);

/** Signs in with the sheet's password; answers the browser that may now choose another one. */
export const signInWith = async (
  server: TestServer,
  sheet: Sheet,
): Promise<{ client: Client; answer: Answer }> => {
  const client = server.anonymous();
  const typed = { identifier: sheet.identifier, password: sheet.password };
  return { client, answer: await client.post(`/portal/api/${sheet.organisation}/sign-in`, typed) };
};

export const choosePassword = (client: Client, { organisation }: BuiltLetter): Promise<Answer> =>
  client.post(`/portal/api/${organisation}/password`, { newPassword: 'Marron+2026!vert' });
