import { record } from '../audit/record.ts';
import type { Ctx, House, Visit } from '../core/ctx.ts';
import { digest } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import * as store from './agents.store.ts';

/** How long an account waits after its nth wrong password in a row: slowed, never locked, known or not. */
const delaySeconds = (attempts: number): number =>
  attempts < 3 ? 0 : Math.min(900, 5 * 3 ** (attempts - 3));

/** Under which a username's tries are counted, whether anybody has it or not. */
export const triesNameOf = ({ keys }: House, username: string): string =>
  digest(keys, 'username-index', username.toLowerCase());

/**
 * Counts a try at an agent's password before it is compared; whether it then signs in or confirms who asks, the
 * tries are counted together.
 *
 * @throws AppError `too-many` while the account waits: then nothing is counted and nothing may be compared.
 */
export const countTry = (visit: Visit, name: string): Promise<void> =>
  perform(visit, async (ctx) => {
    const id = counterOf(name);
    const tomorrow = new Date(ctx.now.getTime() + 86_400_000).toISOString();
    const attempts = await store.countTry(ctx.db, id, ctx.now.toISOString(), tomorrow);
    if (attempts === undefined) throw await mustWait(ctx, id);
    const wait = delaySeconds(attempts);
    await store.delayNextTry(ctx.db, id, new Date(ctx.now.getTime() + wait * 1_000).toISOString());
    record(ctx, { type: 'agent.sign-in-counted', data: { username: name, attempts } });
  });

/** After a right password. */
export const forgiveTries = (ctx: Ctx, name: string): Promise<void> =>
  store.forgetTries(ctx.db, counterOf(name));

const counterOf = (name: string): string => `desk:${name}`;

const mustWait = async (ctx: Ctx, id: string): Promise<AppError> => {
  const until = Date.parse((await store.readNotBefore(ctx.db, id)) ?? ctx.now.toISOString());
  const seconds = Math.max(1, Math.ceil((until - ctx.now.getTime()) / 1_000));
  return new AppError('too-many', 'agents.wait', { params: { seconds }, retryAfterSeconds: seconds });
};
