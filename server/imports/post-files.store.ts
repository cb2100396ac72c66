import type { Db, Scope } from '../core/ctx.ts';
import { readPage, type ListQuery } from '../core/page.ts';
import type { PostFileKind } from './post-files.schema.ts';

export type PostFileRow = {
  id: string;
  kind: PostFileKind;
  /** Of its bytes and of the organisations that it was read for: the same file for the same ones stands once. */
  digest: string;
  received_by: string;
  received_at: string;
  lines: number;
  taken: number;
  rejected: number;
  problems: string;
};
type OrganisationRow = { post_file_id: string; organisation_id: string };

const table = (db: Db) => db<PostFileRow>('post_files');

/** @throws a unique violation when the same file is there already. */
export const insertPostFile = async (db: Db, scope: Scope, row: PostFileRow): Promise<void> => {
  await table(db).insert(row);
  const rows = scope.organisationIds.map((organisation_id) => ({ post_file_id: row.id, organisation_id }));
  if (rows.length > 0) await db<OrganisationRow>('post_file_organisations').insert(rows);
};

export const findByDigest = (db: Db, digest: string): Promise<PostFileRow | undefined> =>
  table(db).where({ digest }).first();

const columns = { receivedAt: 'received_at', lines: 'lines', rejected: 'rejected' } as const;
export type PostFileField = keyof typeof columns;
export const postFileFields = Object.keys(columns) as [PostFileField, ...PostFileField[]];

export type PostFileFilterValues = { id?: string[]; kind?: PostFileKind };

/** The files that were read for none but the organisations of the scope. */
export const listPostFiles = async (
  db: Db,
  scope: Scope,
  { filter, sort, ...page }: ListQuery<PostFileFilterValues, PostFileField>,
): Promise<{ rows: PostFileRow[]; total: number }> => {
  const outside = db<OrganisationRow>('post_file_organisations')
    .whereRaw('post_file_id = post_files.id')
    .whereNotIn('organisation_id', [...scope.organisationIds])
    .select('post_file_id');
  let found = table(db).whereNotExists(outside);
  if (filter.id) found = found.whereIn('id', filter.id);
  if (filter.kind) found = found.where({ kind: filter.kind });
  return readPage<PostFileRow>(found, page, [
    { column: columns[sort.field], order: sort.order },
    { column: 'id' },
  ]);
};
