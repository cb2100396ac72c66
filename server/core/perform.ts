import { dialectOf } from '../db/dialect.ts';
import { AppError } from './errors.ts';
import type { ChainHead, Ctx, Db, House, RecordedEvent, StampedEvent, Visit } from './ctx.ts';

/**
 * Runs an act: one short transaction, whose last statement appends what was recorded to the chain.
 * An act that recorded nothing is rolled back. Slow steps (hashing, drawing, sending) lie outside.
 *
 * What is committed is done, even when the second sink then fails: the head waits, `/readyz` says so, and acts
 * and looks after it are refused before they commit until the sink has taken the heads that wait.
 *
 * @throws AppError `unavailable` when the audit or its second sink cannot be written;
 * whatever `work` throws, after rolling back.
 */
export const perform = async <T>(visit: Visit, work: (ctx: Ctx) => Promise<T>): Promise<T> => {
  const { house } = visit;
  const { result, head } = await inTransaction(house, async (db) => {
    const ctx = contextOf(visit, db);
    const result = await work(ctx);
    if (ctx.events.length === 0) throw new Error('An act must record what it did.');
    await house.watchActs(ctx);
    return { result, head: await appendEvents(house, db, stamp(ctx)) };
  });
  visit.audited.steps += 1;
  tellSecondSink(house, head);
  return result;
};

/** Runs a look: reads from the pool, then answers only once what was seen is durable in the chain. */
export const look = async <T>(visit: Visit, work: (ctx: Ctx) => Promise<T>): Promise<T> => {
  const ctx = contextOf(visit, visit.house.pool);
  const result = await work(ctx);
  if (ctx.events.length === 0) throw new Error('A look must record what was seen.');
  await visit.house.appendLooks(stamp(ctx));
  visit.audited.steps += 1;
  return result;
};

/** Reads what concerns no member: lists of lots, organisations, one's own session. */
export const read = <T>(visit: Visit, work: (ctx: Ctx) => Promise<T>): Promise<T> =>
  work(contextOf(visit, visit.house.pool));

/** Writes what needs no audit row: leases, sweeps, session touches, staged import lines (DOMAIN, "Audit"). */
export const housekeep = <T>(house: House, work: (db: Db, now: Date) => Promise<T>): Promise<T> =>
  inTransaction(house, (db) => work(db, house.clock()));

/**
 * Appends to the chain as a transaction's last statement, and makes sure that the second sink keeps up. Looked at
 * after the append, when the groups before this one are committed: what they left waiting is then known.
 *
 * @throws AppError `unavailable`. No row, no act: it rolls back everything the act did (PRODUCT, 5).
 */
export const appendEvents = async (house: House, db: Db, events: StampedEvent[]): Promise<ChainHead> => {
  try {
    const head = await house.appendAudit(db, events);
    catchUp(house);
    return head;
  } catch (cause) {
    if (dialectOf(house.pool).mayRetry(cause)) throw cause;
    throw new AppError('unavailable', 'common.unavailable', { cause, retryAfterSeconds: 5 });
  }
};

/** After a commit, which nothing can take back any more: a sink that fails is logged, and its head waits. */
export const tellSecondSink = (house: House, head: ChainHead): void => {
  house.headsWaiting.push(head);
  try {
    catchUp(house);
  } catch (error) {
    const { code, name } = error as NodeJS.ErrnoException;
    house.log.error(
      { code, name, waiting: house.headsWaiting.length },
      'the second sink of the audit is behind',
    );
  }
};

/** Writes the heads that wait for the second sink. @throws what the sink throws, while it cannot write. */
export const catchUp = ({ headsWaiting, chainCommitted }: House): void => {
  for (let head = headsWaiting[0]; head; head = headsWaiting[0]) {
    chainCommitted(head);
    headsWaiting.shift();
  }
};

/** A visit of the server itself: workers, the command line, the demo. Sees the organisations it names. */
export const systemVisit = (house: House, name: string, organisationIds: readonly string[]): Visit => ({
  house,
  actor: { kind: 'system', name },
  scope: { organisationIds },
  language: 'fr',
  requestId: house.random.id(),
  background: false,
  audited: { steps: 0 },
});

const inTransaction = async <T>(house: House, work: (db: Db) => Promise<T>): Promise<T> => {
  const dialect = dialectOf(house.pool);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await house.pool.transaction((trx) => work(trx));
    } catch (error) {
      // A deadlock or a busy file has rolled everything back: the same work may run again, twice at most.
      if (attempt === 3 || !dialect.mayRetry(error)) throw error;
    }
  }
};

const contextOf = (visit: Visit, db: Db): Ctx => {
  const events: RecordedEvent[] = [];
  return { ...visit, db, now: visit.house.clock(), newId: () => visit.house.random.id(), events };
};

const stamp = (ctx: Ctx): StampedEvent[] =>
  ctx.events.map((event) => ({
    ...event,
    id: ctx.newId(),
    at: ctx.now.toISOString(),
    actor: actorOf(ctx),
    requestId: ctx.requestId,
  }));

const actorOf = ({ actor }: Visit): StampedEvent['actor'] => {
  if (actor.kind === 'agent') return { kind: 'agent', id: actor.id, role: actor.role };
  if (actor.kind === 'member') return { kind: 'member', id: actor.accountId, role: null };
  if (actor.kind === 'system') return { kind: 'system', id: actor.name, role: null };
  return { kind: 'public', id: null, role: null };
};
