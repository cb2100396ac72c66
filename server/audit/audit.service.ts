import type { ChainHead, Ctx, House, StampedEvent } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { hmacUnder } from '../core/hmac.ts';
import { appendEvents, housekeep, tellSecondSink } from '../core/perform.ts';
import type { AuditRow } from './audit.schema.ts';
import type { EventType } from './vocabulary.schema.ts';
import { appendToChain, listCallEvents, listMemberEvents } from './audit.store.ts';
import { withNames } from './reading.service.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Names of agents for lists; the agents room hands it over. */
    namesOfAgents: (db: Db, ids: string[]) => Promise<Map<string, string>>;
    /** Agents, closed ones too, who work for one of these organisations; the agents room hands it over. */
    agentsSharing: (db: Db, organisationIds: readonly string[]) => Promise<string[]>;
    /** Ids of every organisation of the installation; the organisations room hands it over. */
    everyOrganisation: () => string[];
  }
}

export const appendAudit = (keys: House['keys']): House['appendAudit'] => {
  const mac = hmacUnder(keys.derive('audit-chain'));
  // A guess, which the database confirms or not: another server may have appended, and what was appended rolled back.
  let last: ChainHead | null = null;
  return async (db, events) => {
    const expected = last && { seq: last.seq, hash: last.hash };
    return (last = await appendToChain(db, mac, events, expected));
  };
};

/**
 * Looks that arrive while one append is on its way share the next one. So a lone look waits for nothing,
 * and many together cost one durable commit. A failed append fails every look in it: 503, nothing answered.
 * As for acts, a second sink that is behind refuses looks, and one that fails after the commit does not.
 */
export const makeLookBook = (getHouse: () => House): House['appendLooks'] => {
  type Waiting = { events: StampedEvent[]; resolve: () => void; reject: (error: unknown) => void };
  let waiting: Waiting[] = [];
  let writing = false;

  const write = async (): Promise<void> => {
    writing = true;
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      try {
        const house = getHouse();
        const events = group.flatMap((one) => one.events);
        tellSecondSink(house, await housekeep(house, (db) => appendEvents(house, db, events)));
        for (const one of group) one.resolve();
      } catch (cause) {
        for (const one of group) one.reject(new AppError('unavailable', 'common.unavailable', { cause }));
      }
    }
    writing = false;
  };

  return (events) =>
    new Promise((resolve, reject) => {
      waiting.push({ events, resolve, reject });
      if (!writing) void write();
    });
};

/** What was last done to a member's account at the desk, for whoever came second. */
export const lastActOn = async (
  { db }: Pick<Ctx, 'db'>,
  memberId: string,
): Promise<{ type: string; at: string } | undefined> =>
  (await listMemberEvents(db, memberId, 20)).find(({ type, result, data, callId }) => {
    // Neither notices, nor codes read back, nor what the member asked for on the portal.
    const isWayIn = data?.template === 'reset-link' || data?.template === 'temporary-password';
    const isAct = deskActs.has(type) && (type !== 'message.asked' || isWayIn);
    return isAct && result === 'done' && callId !== null;
  });

const deskActs: ReadonlySet<string> = new Set<EventType>([
  'account.unblocked',
  'account.unfrozen',
  'account.frozen',
  'account.suspected',
  'message.asked',
  'letter.requested',
  'letter.cancelled',
  'approval.requested',
  'approval.granted',
  'member.corrected',
  'member.death-reported',
]);

/** What happened to a member, from their side and ours, newest first. */
export const timelineOf = async (ctx: Ctx, memberId: string, limit = 60): Promise<AuditRow[]> =>
  withNames(ctx, await listMemberEvents(ctx.db, memberId, limit));

/** What happened of these types in these calls, oldest first: for whoever may see the calls. */
export const eventsOfCalls = async (
  ctx: Ctx,
  callIds: readonly string[],
  types: readonly EventType[],
): Promise<AuditRow[]> => {
  const rows = await listCallEvents(ctx.db, callIds, types, 1_000);
  const { organisationIds } = ctx.scope;
  const isSeen = (id: string | null) => id === null || organisationIds.includes(id);
  return withNames(
    ctx,
    rows.filter(({ organisationId }) => isSeen(organisationId)),
  );
};
