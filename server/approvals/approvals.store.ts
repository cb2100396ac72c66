import type { Knex } from 'knex';
import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { ApprovableAct, ApprovalState } from './approvals.schema.ts';
import { seniorsDecide } from './seniors.ts';

export type ApprovalRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  account_id: string;
  call_id: string;
  act: ApprovableAct;
  input_sealed: string;
  reasons: string;
  frozen: string;
  team: string | null;
  asked_by: string;
  asked_at: string;
  expires_at: string;
  state: ApprovalState;
  decided_by: string | null;
  decided_at: string | null;
  word: string | null;
  rule: string | null;
  version: number;
};

const table = (db: Db) => db<ApprovalRow>('approvals');

/** For another room's query: the ids of the members for whom these ask. */
export const membersOfApprovals = (db: Db, ids: string[]): Knex.QueryBuilder =>
  table(db).whereIn('id', ids).select('member_id');

/** Returns false when the same act waits for the same account already: of two at once, one is asked for. */
export const insertApproval = async (db: Db, row: ApprovalRow): Promise<boolean> =>
  (
    await table(db)
      .insert(row)
      // The partial index approvals_one_waiting: what has been decided stands beside the new one.
      .onConflict(db.raw("(account_id, act) where state = 'waiting'") as unknown as 'id')
      .ignore()
      .returning('id')
  ).length === 1;

export const findApproval = (db: Db, scope: Scope, id: string): Promise<ApprovalRow | undefined> =>
  table(db)
    .where({ id })
    .whereIn('organisation_id', [...scope.organisationIds])
    .first();

type End = Pick<ApprovalRow, 'state' | 'decided_by' | 'decided_at' | 'word' | 'rule'>;

/** Ends one that waits; nothing when somebody, or time, has ended it first. */
export const endApproval = async (
  db: Db,
  which: { id: string; version: number; waitsAt?: string },
  end: End,
): Promise<boolean> => {
  let found = table(db).where({ id: which.id, version: which.version, state: 'waiting' });
  if (which.waitsAt !== undefined) found = found.where('expires_at', '>', which.waitsAt);
  return (await found.update({ ...end, version: which.version + 1 })) > 0;
};

/** It was approved, but could not be carried out any more. */
export const markOvertaken = async (db: Db, id: string, rule: string): Promise<void> => {
  await table(db).where({ id }).update({ state: 'overtaken', rule });
};

/** Those whose time is over, the oldest first. */
export const listExpired = (db: Db, now: string, limit: number): Promise<ApprovalRow[]> =>
  table(db)
    .where({ state: 'waiting' })
    .where('expires_at', '<=', now)
    .orderBy([{ column: 'expires_at' }, { column: 'id' }])
    .limit(limit);

/** The latest of a member, those that wait first. */
export const listOfMember = (db: Db, memberId: string, limit: number): Promise<ApprovalRow[]> =>
  table(db)
    .where({ member_id: memberId })
    .orderByRaw("case when state = 'waiting' then 0 else 1 end")
    .orderBy([{ column: 'asked_at', order: 'desc' }, { column: 'id' }])
    .limit(limit);

const columns = { askedAt: 'asked_at', expiresAt: 'expires_at', state: 'state', act: 'act' } as const;
export type ApprovalField = keyof typeof columns;
export const approvalFields = Object.keys(columns) as [ApprovalField, ...ApprovalField[]];

export type ApprovalFilterValues = {
  id?: string[];
  organisationId?: string;
  memberId?: string;
  state?: ApprovalState;
  act?: ApprovableAct;
  mine?: boolean;
};

/** Who looks: `seniorAt` is the site whose beginners they answer; null when they answer none. */
export type Viewer = { agentId: string; seesAll: boolean; seniorAt: string | null };

/** What an agent asked for, documents they may check, beginners' requests; a supervisor's organisations whole. */
export const listApprovals = async (
  db: Db,
  scope: Scope,
  viewer: Viewer,
  { filter, sort, ...page }: ListQuery<ApprovalFilterValues, ApprovalField>,
): Promise<{ rows: ApprovalRow[]; total: number }> => {
  let found = table(db).whereIn('organisation_id', [...scope.organisationIds]);
  if (!viewer.seesAll) {
    const beginners = db('agents')
      .where({ site_id: viewer.seniorAt ?? '' })
      .select('id');
    found = found.where((some) =>
      some
        .where({ asked_by: viewer.agentId })
        .orWhere({ act: 'document' })
        .orWhere((theirs) => theirs.where({ reasons: seniorsDecide }).whereIn('asked_by', beginners)),
    );
  }
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.organisationId) found = found.where({ organisation_id: filter.organisationId });
  if (filter.memberId) found = found.where({ member_id: filter.memberId });
  if (filter.state) found = found.where({ state: filter.state });
  if (filter.act) found = found.where({ act: filter.act });
  if (filter.mine !== undefined) {
    found = filter.mine
      ? found.where({ asked_by: viewer.agentId })
      : found.whereNot({ asked_by: viewer.agentId });
  }
  return readPage<ApprovalRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};
