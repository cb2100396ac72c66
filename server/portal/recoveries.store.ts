import type { Db } from '../core/ctx.ts';
import type { Channel } from '../core/vocabulary.ts';
import type { RecoveryPath, RecoveryStep } from './portal.schema.ts';

export type ToSend = 'automatic' | 'link' | 'temporary' | 'code' | 'letter';
export type StepName = RecoveryStep['step'];

export type RecoveryRow = {
  /** Digest of the cookie's value. */
  id: string;
  organisation_id: string;
  /** Whose budgets it spends: an account, or an identifier that nobody has. */
  owner: string;
  /** Null when nobody has the identifier, and when a budget was spent: nothing comes of it, and nothing shows. */
  account_id: string | null;
  member_id: string | null;
  path: RecoveryPath;
  proved: number;
  step: StepName;
  channel: Channel | null;
  to_send: ToSend | null;
  to_send_at: string | null;
  lease_until: string | null;
  letter_id: string | null;
  letter_asked: number;
  cancel_letter: number;
  code_tries: number;
  language: 'fr' | 'en';
  opened_at: string;
  ends_at: string;
};

type Open = { id: string; organisationId: string; now: string };

const table = (db: Db) => db<RecoveryRow>('recoveries');

const open = (db: Db, { id, organisationId, now }: Open) =>
  table(db).where({ id, organisation_id: organisationId }).where('ends_at', '>', now);

export const insertRecovery = async (db: Db, row: RecoveryRow): Promise<void> => {
  await table(db).insert(row);
};

export const findOpen = (db: Db, which: Open): Promise<RecoveryRow | undefined> => open(db, which).first();

/**
 * Another channel was chosen. `isNewCode` gives the tries back, because a new code is on its way; else they
 * stand as they are. Nothing when the recovery has meanwhile gone on to a step where no channel is chosen.
 */
export const chooseChannel = async (
  db: Db,
  which: Open,
  change: Partial<RecoveryRow>,
  isNewCode: boolean,
): Promise<RecoveryRow | undefined> => {
  const [row] = await open(db, which)
    .whereIn('step', ['choose-channel', 'enter-code', 'sent'])
    .update({ ...change, code_tries: isNewCode ? 0 : (db.raw('code_tries') as unknown as number) })
    .returning('*');
  return row;
};

/** Counts one code typed, before it is compared with anything; nothing when no try is left. */
export const countCode = async (db: Db, which: Open, most: number): Promise<RecoveryRow | undefined> => {
  const [row] = await open(db, which)
    .where({ step: 'enter-code' })
    .where('code_tries', '<', most)
    .update({ code_tries: db.raw('code_tries + 1') as unknown as number })
    .returning('*');
  return row && { ...row, code_tries: Number(row.code_tries) };
};

export const giveTryBack = async (db: Db, id: string): Promise<void> => {
  await table(db)
    .where({ id })
    .where('code_tries', '>', 0)
    .update({ code_tries: db.raw('code_tries - 1') as unknown as number });
};

export const changeRecovery = async (db: Db, id: string, change: Partial<RecoveryRow>): Promise<void> => {
  await table(db).where({ id }).update(change);
};

/** Takes what is due and nobody works on, oldest first; theirs until `leaseUntil`. */
export const claimDue = async (
  db: Db,
  { now, leaseUntil, most }: { now: string; leaseUntil: string; most: number },
): Promise<RecoveryRow[]> => {
  const due = () =>
    table(db)
      .whereNotNull('to_send')
      .where((some) => some.whereNull('lease_until').orWhere('lease_until', '<=', now));
  const ids = (await due().orderBy('to_send_at').limit(most).select('id')).map(({ id }) => id);
  if (ids.length === 0) return [];
  return due().whereIn('id', ids).update({ lease_until: leaseUntil }).returning('*');
};

/** The worker does what `claimed` says, once; false when the member chose otherwise meanwhile, or the lease ran out. */
export const takeSend = async (db: Db, claimed: RecoveryRow): Promise<boolean> =>
  (await table(db)
    .where({ id: claimed.id, to_send: claimed.to_send, to_send_at: claimed.to_send_at })
    .where({ lease_until: claimed.lease_until })
    .update({ to_send: null, lease_until: null, cancel_letter: 0 })) > 0;

/** What is still to be sent stays: a letter that was promised is asked for however late. */
export const sweepRecoveries = (db: Db, now: string): Promise<number> =>
  table(db).where('ends_at', '<=', now).whereNull('to_send').delete();
