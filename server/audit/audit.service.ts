import type { Ctx, Db, House, Scope, StampedEvent } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { appendEvents, housekeep, tellSecondSink } from '../core/perform.ts';
import type { AuditRow, Verification } from './audit.schema.ts';
import type { EventType } from './vocabulary.schema.ts';
import {
  appendToChain,
  hashesAt,
  listChain,
  listCallEvents,
  listEvents,
  listMemberEvents,
  readHead,
  type AuditFilterValues,
  type Sight,
} from './audit.store.ts';
import { faultOf } from './chain.ts';
import { headsIn } from './heads-file.ts';
import { record } from './record.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Names of agents for lists; the agents room hands it over. */
    namesOfAgents: (db: Db, ids: string[]) => Promise<Map<string, string>>;
    /** Where each committed group's head is written besides the database. */
    headsFile: string;
    /** Agents, closed ones too, who work for one of these organisations; the agents room hands it over. */
    agentsSharing: (db: Db, organisationIds: readonly string[]) => Promise<string[]>;
    /** Ids of every organisation of the installation; the organisations room hands it over. */
    everyOrganisation: () => string[];
  }
}

export const appendAudit =
  (keys: House['keys']): House['appendAudit'] =>
  (db, events) =>
    appendToChain(db, keys.derive('audit-chain'), events);

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

/** Whether every row still says what was written, in its order, up to the last head known outside. */
export const verifyChain = async (house: House, db: Db): Promise<Verification> => {
  const key = house.keys.derive('audit-chain');
  // Read before the rows: what is appended while the rows are read is then never missed.
  const outside = await compareHeads(house.headsFile, db);
  const head = await readHead(db);
  let previous = { seq: 0, hash: '' };
  const broken = (brokenAt: number, why: string): Verification => {
    return { holds: false, rows: Math.min(previous.seq, brokenAt - 1), brokenAt, why };
  };

  for (;;) {
    const rows = await listChain(db, previous.seq, 1_000);
    for (const row of rows) {
      const fault = faultOf(key, previous, row);
      if (fault) return broken(previous.seq + 1, fault);
      if (outside.fault && outside.fault.seq <= row.seq) return broken(outside.fault.seq, outside.fault.why);
      if (row.seq === head.seq && row.hash !== head.hash) return broken(row.seq, 'head-changed');
      previous = { seq: row.seq, hash: row.hash };
    }
    if (rows.length < 1_000) break;
  }
  if (Math.max(head.seq, outside.last) > previous.seq) return broken(previous.seq + 1, 'cut-short');
  if (outside.fault) return broken(outside.fault.seq, outside.fault.why);
  // Rows and head are committed together, so a head read after the rows cannot stand before them.
  const now = await readHead(db);
  if (now.seq < previous.seq) return broken(now.seq + 1, 'head-changed');
  return { holds: true, rows: previous.seq, brokenAt: null, why: null };
};

/** The audit list: reading it is itself recorded. */
export const listAudit = async (ctx: Ctx, query: ListQuery<AuditFilterValues>): Promise<Page<AuditRow>> => {
  const page = await listEvents(ctx.db, await sightOf(ctx), query);
  record(ctx, { type: 'audit.read', data: { filters: Object.keys(query.filter) } });
  const rows = await withNames(ctx, page.rows);
  return { ...page, rows: rows.map((row) => withinScope(ctx.scope, row)) };
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

// Events of no organisation (sign-ins, refusals) are for those who share one with the agent; what the server
// itself or somebody without session did is for those who work for every organisation.
const sightOf = async ({ db, house, scope: { organisationIds } }: Ctx): Promise<Sight> => {
  const hasAll = house.everyOrganisation().every((id) => organisationIds.includes(id));
  if (hasAll) return { organisationIds, ofNone: 'all' };
  return { organisationIds, ofNone: { agentIds: await house.agentsSharing(db, organisationIds) } };
};

/** Which other organisations an agent works for is nothing that a reader of one learns. */
const withinScope = ({ organisationIds }: Scope, row: AuditRow): AuditRow => {
  if (row.type !== 'agent.created' || !row.data) return row;
  const organisations = row.data.organisations as string[];
  return {
    ...row,
    data: { ...row.data, organisations: organisations.filter((id) => organisationIds.includes(id)) },
  };
};

const withNames = async (ctx: Ctx, rows: Omit<AuditRow, 'actorName'>[]): Promise<AuditRow[]> => {
  const ids = new Set(rows.flatMap((row) => (row.actorKind === 'agent' && row.actorId ? [row.actorId] : [])));
  const names = await ctx.house.namesOfAgents(ctx.db, [...ids]);
  return rows.map((row) => ({ ...row, actorName: (row.actorId && names.get(row.actorId)) ?? null }));
};

/**
 * The first row that a head kept outside contradicts, and the last head. Every head is compared, the later one
 * of a place taken twice too: rows cut off and written anew differ from what was known of them before.
 * A head that merely comes late (another process was quicker to write its own) agrees with its row.
 */
const compareHeads = async (file: string, db: Db) => {
  let last = 0;
  let fault: { seq: number; why: 'forked' | 'heads-damaged' } | null = null;
  for await (const heads of headsIn(file, 500)) {
    const hashes = await hashesAt(
      db,
      heads.flatMap((head) => head?.seq ?? []),
    );
    for (const head of heads) {
      const seq = head?.seq ?? last + 1;
      const why = !head ? 'heads-damaged' : (hashes.get(seq) ?? head.hash) !== head.hash ? 'forked' : null;
      if (why && seq < (fault?.seq ?? Infinity)) fault = { seq, why };
      if (head) last = Math.max(last, seq);
    }
  }
  return { last, fault };
};
