import type { Db } from '../core/ctx.ts';

export type LineRow = {
  import_id: string;
  line: number;
  identity: string;
  digest: string;
  sealed: string | null;
};
export type RejectionRow = { import_id: string; line: number; column: string; problem: string };
type ConflictRow = {
  id: string;
  organisation_id: string;
  member_id: string;
  field: string;
  since: string;
  resolved_at: string | null;
};

const rowsAtOnce = 400;

/** Stages lines; those whose identity the file has already had stay out. Says which came in. */
export const insertLines = async (db: Db, rows: LineRow[]): Promise<Set<number>> => {
  const inserted = new Set<number>();
  for (const some of slices(rows)) {
    const kept = await db<LineRow>('import_lines')
      .insert(some)
      .onConflict(['import_id', 'identity'])
      .ignore()
      .returning('line');
    for (const { line } of kept) inserted.add(line);
  }
  return inserted;
};

/** Digests of the lines that bear these identities. */
export const digestsOf = async (
  db: Db,
  importId: string,
  identities: string[],
): Promise<Map<string, string>> => {
  const rows = await db<LineRow>('import_lines')
    .where({ import_id: importId })
    .whereIn('identity', identities)
    .select('identity', 'digest');
  return new Map(rows.map(({ identity, digest }) => [identity, digest]));
};

/** The next lines to apply, in the order of the file. */
export const listLines = (
  db: Db,
  importId: string,
  afterLine: number,
  limit: number,
): Promise<(LineRow & { sealed: string })[]> =>
  db<LineRow>('import_lines')
    .where({ import_id: importId })
    .where('line', '>', afterLine)
    .whereNotNull('sealed')
    .orderBy('line')
    .limit(limit) as Promise<(LineRow & { sealed: string })[]>;

/** Which of these identities the file speaks of. */
export const listIdentities = async (
  db: Db,
  importId: string,
  identities: string[],
): Promise<Set<string>> => {
  const rows = await db<LineRow>('import_lines')
    .where({ import_id: importId })
    .whereIn('identity', identities)
    .select('identity');
  return new Set(rows.map(({ identity }) => identity));
};

/** Removes the next staged lines; says whether any were left. */
export const deleteLines = async (db: Db, importId: string, limit: number): Promise<boolean> => {
  const last = await db<LineRow>('import_lines')
    .where({ import_id: importId })
    .orderBy('line')
    .limit(limit)
    .select('line');
  const upTo = last.at(-1)?.line;
  if (upTo === undefined) return false;
  await db<LineRow>('import_lines').where({ import_id: importId }).where('line', '<=', upTo).delete();
  return true;
};

/** Imports that have ended and still have staged lines: a crash came before they were removed. */
export const listLeftovers = async (db: Db): Promise<string[]> => {
  const rows = await db('imports as i')
    .whereIn('i.state', ['done', 'refused'])
    .whereExists(db('import_lines as l').whereRaw('l.import_id = i.id').select(db.raw('1')))
    .select<{ id: string }[]>('i.id');
  return rows.map(({ id }) => id);
};

export const insertRejections = async (db: Db, rows: RejectionRow[]): Promise<void> => {
  for (const some of slices(rows)) await db<RejectionRow>('import_rejections').insert(some);
};

export const listRejections = (db: Db, importId: string, limit: number): Promise<RejectionRow[]> =>
  db<RejectionRow>('import_rejections')
    .where({ import_id: importId })
    .orderBy([{ column: 'line' }, { column: 'column' }])
    .limit(limit);

/** The master has confirmed these: what they were shown for is over. */
export const resolveConflicts = async (
  db: Db,
  confirmed: Pick<ConflictRow, 'member_id' | 'field'>[],
  at: string,
): Promise<void> => {
  for (const { member_id, field } of confirmed) {
    await db<ConflictRow>('import_conflicts')
      .where({ member_id, field })
      .whereNull('resolved_at')
      .update({ resolved_at: at });
  }
};

/** Shows a conflict once, until it is resolved. Says whether it is new. */
export const insertConflict = async (db: Db, row: Omit<ConflictRow, 'resolved_at'>): Promise<boolean> => {
  const { member_id, field } = row;
  const known = await db<ConflictRow>('import_conflicts')
    .where({ member_id, field })
    .whereNull('resolved_at')
    .first();
  if (known) return false;
  await db<ConflictRow>('import_conflicts').insert({ ...row, resolved_at: null });
  return true;
};

const slices = <Row>(rows: Row[]): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / rowsAtOnce) }, (_, index) =>
    rows.slice(index * rowsAtOnce, (index + 1) * rowsAtOnce),
  );
