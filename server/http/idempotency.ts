import type { Actor, Ctx } from '../core/ctx.ts';
import { digest, seal, unseal } from '../core/crypto.ts';
import { AppError } from '../core/errors.ts';

/** Thrown to leave the transaction with nothing done: the act ran before, and this was its answer. */
export class Replayed extends Error {
  readonly response: unknown;

  constructor(response: unknown) {
    super('replayed');
    this.response = response;
  }
}

type KeyRow = { id: string; request_digest: string; response: string | null; created_at: string };

/**
 * Runs an act once per Idempotency-Key of one actor. The key is written in the act's own transaction:
 * a second request waits for the first, then gets its answer; if the first rolled back, the second runs.
 * The answer is kept sealed. It is given again only to whoever still sees the same organisations.
 *
 * @throws Replayed with the first answer; AppError `conflict` for the same key with another request or other rights.
 */
export const once = async (
  ctx: Ctx,
  key: string,
  request: string,
  work: () => Promise<unknown>,
): Promise<unknown> => {
  const { keys } = ctx.house;
  const id = digest(keys, 'idempotency', nameOf(ctx.actor), key);
  const sees = [...ctx.scope.organisationIds].sort();
  const requestDigest = digest(keys, 'idempotency', request, ...sees);
  const inserted = await ctx
    .db<KeyRow>('idempotency_keys')
    .insert({ id, request_digest: requestDigest, response: null, created_at: ctx.now.toISOString() })
    .onConflict('id')
    .ignore()
    .returning('id');
  if (inserted.length === 0) {
    const known = await ctx.db<KeyRow>('idempotency_keys').where({ id }).first();
    if (known?.request_digest !== requestDigest) throw new AppError('conflict', 'common.keyReused');
    throw new Replayed(known.response && JSON.parse(unseal(keys, 'idempotency', rowOf(id), known.response)));
  }
  const response = await work();
  await ctx
    .db<KeyRow>('idempotency_keys')
    .where({ id })
    .update({ response: seal(keys, 'idempotency', rowOf(id), JSON.stringify(response ?? null)) });
  return response;
};

const rowOf = (id: string): string => `idempotency_keys.response:${id}`;

const nameOf = (actor: Actor): string => {
  if (actor.kind === 'agent') return actor.id;
  return actor.kind === 'member' ? `member:${actor.accountId}` : actor.kind;
};
