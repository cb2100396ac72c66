import type { Ctx, House } from '../core/ctx.ts';
import { Secret } from '../core/secret.ts';
import { readTemporaryPassword } from '../credentials/temporary-password.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import * as store from './demo-states.store.ts';
import { chosenCounter } from './gate.ts';
import { checkChosenPassword } from './password-rule.ts';

/** What an invented account is to look like. Days count back from now. */
export type DemoAccount = {
  accountId: string;
  firstSignedInDaysAgo: number;
  lastSignedInDaysAgo: number;
  /** Set: as many wrong passwords as lock the account, at that moment. */
  lockedHoursAgo: number | null;
};

export type DemoPassword = { text: string; hashes: string[] };

const hashesMade = 3;
const dayMs = 86_400_000;
const nobody = { names: [], birthDate: null, identifiers: [] };

/** A password that the organisation's rule accepts, hashed a few times: invented members share them. */
export const makeDemoPassword = async (house: House, policy: Policy): Promise<DemoPassword> => {
  const rule = policy.chosenPassword;
  const accepted = (text: string) =>
    checkChosenPassword(rule, text, nobody, (typed) => readTemporaryPassword(typed).shape).length === 0;
  const text = candidates(rule.kind === 'digits' ? rule.digits : rule.minLength).find(accepted);
  if (text === undefined) throw new Error(`No demo password fits the rule of ${policy.id}.`);
  const hashes: string[] = [];
  while (hashes.length < hashesMade) {
    hashes.push(await house.hashing.enter(() => house.hashing.hash(new Secret(text))));
  }
  return { text, hashes };
};

/** Gives invented accounts their passwords and past, and locks some. Accounts that have a password stay as they are. */
export const setDemoAccounts = async (
  ctx: Ctx,
  policy: Policy,
  { hashes }: DemoPassword,
  accounts: DemoAccount[],
): Promise<void> => {
  const before = (ms: number) => new Date(ctx.now.getTime() - ms).toISOString();
  await store.setPasts(
    ctx.db,
    accounts.map(({ accountId, firstSignedInDaysAgo, lastSignedInDaysAgo }, at) => ({
      id: accountId,
      password_hash: hashes[at % hashes.length] as string,
      first_signed_in_at: before(firstSignedInDaysAgo * dayMs),
      last_signed_in_at: before(lastSignedInDaysAgo * dayMs),
    })),
  );
  await store.insertLocks(
    ctx.db,
    accounts.flatMap(({ accountId, lockedHoursAgo }) => {
      if (lockedHoursAgo === null) return [];
      const at = before(lockedHoursAgo * 3_600_000);
      return [{ id: chosenCounter(accountId), account_id: accountId, attempts: policy.lock.maxFailures, at }];
    }),
  );
};

const candidates = (length: number): string[] => {
  const digits = '482915736048291573604829157360'.slice(0, length);
  const longer = (text: string) => text.padEnd(length, '29573816');
  return [
    digits,
    longer('Tilleul!4829'),
    longer('Tilleul?4829'),
    longer('Tilleul+4829'),
    longer('Tilleul4829'),
  ];
};
