import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { MessageChannel } from '../core/vocabulary.ts';
import type { MessageState, MessageTemplate } from './messages.schema.ts';

export type MessageRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  account_id: string | null;
  call_id: string | null;
  recovery_id: string | null;
  asked_by: string;
  channel: MessageChannel;
  template: MessageTemplate;
  purpose: string | null;
  language: 'fr' | 'en';
  destination_sealed: string | null;
  destination_index: string;
  masked: string;
  /** JSON. */
  params: string;
  state: MessageState;
  state_at: string;
  problem: string | null;
  /** Rises with each claim: whoever holds an older number can write nothing any more. */
  attempt: number;
  lease_until: string | null;
  /** When something is to be done about it; while it is being sent, the end of the lease. */
  next_at: string;
  too_late_at: string;
  asked_at: string;
  sent_at: string | null;
  gateway_reference: string | null;
  version: number;
};

/** Not yet handed over for good. */
const underWay: MessageState[] = ['waiting', 'sending', 'unknown'];

const table = (db: Db) => db<MessageRow>('messages');
const plusOne = (db: Db, column: string): number => db.raw('?? + 1', [column]) as unknown as number;

export const insertMessage = async (db: Db, row: MessageRow): Promise<void> => {
  await table(db).insert(row);
};

export const listOfMember = (db: Db, scope: Scope, memberId: string, limit: number): Promise<MessageRow[]> =>
  table(db)
    .where({ member_id: memberId })
    .whereIn('organisation_id', [...scope.organisationIds])
    .orderBy([{ column: 'asked_at', order: 'desc' }, { column: 'id' }])
    .limit(limit);

/** By which channels one of these has been about to leave since then. */
/** How many of these templates each one asked for; the member's own and the server's do not count. */
export const countByAsker = async (
  db: Db,
  organisationId: string,
  templates: readonly MessageTemplate[],
  since: string,
): Promise<Map<string, number>> => {
  const rows = (await table(db)
    .where({ organisation_id: organisationId })
    .where('asked_at', '>=', since)
    .whereIn('template', [...templates])
    .whereNotNull('call_id')
    .groupBy('asked_by')
    .select('asked_by')
    .count({ n: '*' })) as unknown as { asked_by: string; n: number | string }[];
  return new Map(rows.map((row) => [row.asked_by, Number(row.n)]));
};

export const listChannelsLeaving = async (
  db: Db,
  accountId: string,
  templates: readonly MessageTemplate[],
  since: string,
): Promise<MessageChannel[]> => {
  const rows = await table(db)
    .where({ account_id: accountId })
    .whereIn('state', ['waiting', 'sending'])
    .whereIn('template', [...templates])
    .where('asked_at', '>', since)
    .distinct('channel');
  return rows.map(({ channel }) => channel);
};

export type DueRow = Pick<
  MessageRow,
  'id' | 'organisation_id' | 'channel' | 'state' | 'attempt' | 'next_at' | 'too_late_at'
>;

/** What is due by one channel: in time before too late, never tried before tried, then by when it was due. */
export const listDue = (db: Db, channel: MessageChannel, now: string, limit: number): Promise<DueRow[]> =>
  table(db)
    .whereIn('state', underWay)
    .where('next_at', '<=', now)
    .where({ channel })
    .select('id', 'organisation_id', 'channel', 'state', 'attempt', 'next_at', 'too_late_at')
    .orderByRaw('case when too_late_at <= ? then 1 else 0 end', [now])
    .orderBy(['attempt', 'next_at', 'id'])
    .limit(limit);

/**
 * Takes a due message for one attempt, until `leaseUntil`. A message whose worker died is due when its lease has
 * ended. One statement: nothing when somebody else has taken it.
 */
export const claim = async (
  db: Db,
  due: Pick<DueRow, 'id' | 'state' | 'attempt'>,
  now: string,
  leaseUntil: string,
): Promise<MessageRow | undefined> => {
  const [row] = await table(db)
    .where({ id: due.id, state: due.state, attempt: due.attempt })
    .where('next_at', '<=', now)
    .update({
      state: 'sending',
      state_at: now,
      attempt: plusOne(db, 'attempt'),
      lease_until: leaseUntil,
      next_at: leaseUntil,
      gateway_reference: null,
      version: plusOne(db, 'version'),
    })
    .returning('*');
  return row;
};

/** Moves the next look at a message, so that no other worker looks at the same time. */
export const postpone = async (
  db: Db,
  due: DueRow,
  now: string,
  nextAt: string,
): Promise<MessageRow | undefined> => {
  const [row] = await table(db)
    .where({ id: due.id, state: due.state, attempt: due.attempt })
    .where('next_at', '<=', now)
    .update({ next_at: nextAt })
    .returning('*');
  return row;
};

/** Moves a message on, if its attempt and state are still these. */
export const moveAttempt = async (
  db: Db,
  which: { id: string; attempt: number; state: MessageState },
  change: Partial<MessageRow>,
): Promise<boolean> =>
  (await table(db)
    .where(which)
    .update({ ...change, version: plusOne(db, 'version') })) > 0;

/** Ends messages of these that are still under way and too late by `now`; says which. */
export const endTooLate = (
  db: Db,
  ids: string[],
  now: string,
  change: Partial<MessageRow>,
): Promise<Pick<MessageRow, 'id' | 'organisation_id' | 'member_id' | 'call_id'>[]> =>
  table(db)
    .whereIn('id', ids)
    .whereIn('state', underWay)
    .where('next_at', '<=', now)
    .where('too_late_at', '<=', now)
    .update({ ...change, version: plusOne(db, 'version') })
    .returning(['id', 'organisation_id', 'member_id', 'call_id']);

/** Ends an account's (or several accounts') messages of these templates that are under way; says which. */
export const endOfAccount = (
  db: Db,
  accountId: string | string[],
  which: { templates: MessageTemplate[]; purpose?: string | null },
  change: Partial<MessageRow>,
): Promise<Pick<MessageRow, 'id' | 'organisation_id' | 'member_id' | 'call_id'>[]> => {
  let found = table(db)
    .whereIn('account_id', [accountId].flat())
    .whereIn('template', which.templates)
    .whereIn('state', underWay);
  if (which.purpose !== undefined) found = found.where({ purpose: which.purpose });
  return found
    .update({ ...change, version: plusOne(db, 'version') })
    .returning(['id', 'organisation_id', 'member_id', 'call_id']);
};

/** The message that a gateway's own reference names, or ours (`<id>-<attempt>`), of its last attempt. */
export const findByReference = (
  db: Db,
  reference: string,
  ours: { id: string; attempt: number } | undefined,
): Promise<MessageRow | undefined> =>
  table(db)
    .where((either) => {
      let one = either.where({ gateway_reference: reference });
      if (ours) one = one.orWhere(ours);
      return one;
    })
    .whereIn('state', ['sent', 'unknown'])
    .first();

const columns = { askedAt: 'asked_at', stateAt: 'state_at' } as const;
export type MessageField = keyof typeof columns;
export const messageFields = Object.keys(columns) as [MessageField, ...MessageField[]];

export type MessageFilterValues = {
  id?: string[];
  organisationId?: string;
  state?: MessageState;
  channel?: MessageChannel;
};

export const listMessages = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<MessageFilterValues, MessageField>,
): Promise<{ rows: MessageRow[]; total: number }> => {
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.state) found = found.where({ state: filter.state });
  if (filter.channel) found = found.where({ channel: filter.channel });
  return readPage<MessageRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};
