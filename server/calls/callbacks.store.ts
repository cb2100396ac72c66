import type { Knex } from 'knex';
import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { CallbackKind, CallbackOutcome } from './callbacks.schema.ts';

export type CallbackRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  kind: CallbackKind;
  subject: string;
  team: string | null;
  owner_id: string | null;
  note: string | null;
  call_id: string | null;
  due_at: string;
  created_by: string;
  created_at: string;
  done_by: string | null;
  done_at: string | null;
  outcome: CallbackOutcome | null;
  version: number;
};

const table = (db: Db) => db<CallbackRow>('callbacks');
const nextVersion = (db: Db) => db.raw('version + 1') as unknown as number;

/** Returns false when the same thing is owed already, or was. */
export const insertCallback = async (db: Db, row: CallbackRow): Promise<boolean> => {
  const inserted = await table(db).insert(row).onConflict(['kind', 'subject']).ignore().returning('id');
  return inserted.length === 1;
};

/** For another room's query: leaves out the rows whose `column` names what is owed already, or was. */
export const notYetOwed =
  (db: Db, kind: CallbackKind, column: string) =>
  (query: Knex.QueryBuilder): void => {
    void query.whereNotExists(
      db('callbacks as owed')
        .where({ 'owed.kind': kind })
        .whereRaw('owed.subject = ??', [column])
        .select('owed.id'),
    );
  };

export const findCallback = (db: Db, scope: Scope, id: string): Promise<CallbackRow | undefined> =>
  table(db)
    .where({ id })
    .whereIn('organisation_id', [...scope.organisationIds])
    .first();

/** Changes one that is still owed, at one version; nothing when somebody else changed it first. */
export const changeOpen = async (
  db: Db,
  { id, version }: { id: string; version: number },
  change: Partial<CallbackRow>,
): Promise<CallbackRow | undefined> => {
  const [row] = await table(db)
    .where({ id, version })
    .whereNull('done_at')
    .update({ ...change, version: nextVersion(db) })
    .returning('*');
  return row;
};

/** Ends what is still owed about these subjects; says which. */
export const endOpen = (
  db: Db,
  kind: CallbackKind,
  subjects: string[],
  end: Pick<CallbackRow, 'done_by' | 'done_at' | 'outcome'>,
): Promise<CallbackRow[]> =>
  table(db)
    .where({ kind })
    .whereIn('subject', subjects)
    .whereNull('done_at')
    .update({ ...end, version: nextVersion(db) })
    .returning('*');

export const listOpenSubjects = async (
  db: Db,
  organisationId: string,
  kind: CallbackKind,
): Promise<string[]> => {
  const rows = await table(db)
    .where({ organisation_id: organisationId, kind })
    .whereNull('done_at')
    .orderBy('created_at', 'desc')
    .limit(500)
    .select('subject');
  return rows.map(({ subject }) => subject);
};

export const listOpenOfMember = (db: Db, memberId: string, limit: number): Promise<CallbackRow[]> =>
  table(db).where({ member_id: memberId }).whereNull('done_at').orderBy(['due_at', 'id']).limit(limit);

/** What this agent finds in the list: their team's, what no team has, and their own; a supervisor finds all. */
export type Viewer = { agentId: string; team: string | null; seesAll: boolean };

export type CallbackFilterValues = {
  id?: string[];
  team?: string;
  mine?: boolean;
  state?: 'open' | 'done';
  overdue?: boolean;
  memberId?: string;
  organisationId?: string;
};

export const listCallbacks = async (
  db: Db,
  scope: Scope,
  viewer: Viewer,
  query: ListQuery<CallbackFilterValues, 'dueAt'>,
  now: string,
): Promise<{ rows: CallbackRow[]; total: number }> => {
  const found = within(db, scope, viewer, query.filter, now);
  const { order } = query.sort;
  return readPage<CallbackRow>(found, query, [
    { column: 'due_at', order },
    { column: 'id', order },
  ]);
};

export const countCallbacks = async (
  db: Db,
  scope: Scope,
  viewer: Viewer,
  filter: CallbackFilterValues,
  now: string,
): Promise<number> => {
  const counted = await within(db, scope, viewer, filter, now).count({ n: '*' });
  return Number((counted[0] as { n: number | string } | undefined)?.n ?? 0);
};

const within = (db: Db, scope: Scope, viewer: Viewer, filter: CallbackFilterValues, now: string) => {
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (!viewer.seesAll) {
    found = found.where((some) => {
      const either = some.whereNull('team').orWhere({ owner_id: viewer.agentId });
      return viewer.team === null ? either : either.orWhere({ team: viewer.team });
    });
  }
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.team !== undefined) found = found.where({ team: filter.team });
  if (filter.mine === true) found = found.where({ owner_id: viewer.agentId });
  if (filter.mine === false) {
    found = found.where((other) => other.whereNull('owner_id').orWhereNot({ owner_id: viewer.agentId }));
  }
  if (filter.state)
    found = filter.state === 'open' ? found.whereNull('done_at') : found.whereNotNull('done_at');
  if (filter.overdue === true) found = found.whereNull('done_at').where('due_at', '<', now);
  if (filter.overdue === false) {
    found = found.where((other) => other.whereNotNull('done_at').orWhere('due_at', '>=', now));
  }
  if (filter.memberId) found = found.where({ member_id: filter.memberId });
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  return found;
};
