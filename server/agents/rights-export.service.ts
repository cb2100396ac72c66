import { stringify } from 'csv-stringify/sync';
import { record } from '../audit/record.ts';
import { parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { numericDay } from '../core/days.ts';
import { perform, read } from '../core/perform.ts';
import type { Outgoing, WebVisit } from '../http/routes.ts';
import type { OwnProof } from './agents.schema.ts';
import { confirmIdentity } from './confirm.service.ts';
import type { RightsLine } from './rights-review.schema.ts';
import { listRights } from './rights-review.service.ts';

const columns = [
  ...(['username', 'name', 'role', 'experience', 'organisations', 'site', 'team', 'permissions'] as const),
  ...(['lastSignedIn', 'reviewed', 'reviewedBy', 'due'] as const),
];

/** The whole review as a file to sign and keep; asks who sits there first, and is recorded before a byte leaves. */
export const exportRights = async (visit: WebVisit, proof: OwnProof, out: Outgoing): Promise<void> => {
  await confirmIdentity(visit, proof, 'rights.export');
  const query = { filter: {}, sort: { field: 'name', order: 'asc' }, offset: 0, limit: 100_000 } as const;
  const { rows } = await read(visit, (ctx) => listRights(ctx, query));
  await perform(visit, async (ctx) =>
    record(ctx, { type: 'rights.exported', data: { accounts: rows.length } }),
  );
  const day = parisDay(visit.house.clock());
  out.begin('text/csv; charset=utf-8', `${visit.house.words.say(visit.language, 'rights.file')}-${day}.csv`);
  await out.write(Buffer.from(textOf(visit, rows), 'utf8'));
  await out.end();
};

/** UTF-8 with its mark, semicolons, no cell a formula. */
const textOf = ({ house, language }: Pick<Ctx, 'house' | 'language'>, rows: RightsLine[]): string => {
  const day = (iso: string) => numericDay(language, parisDay(new Date(iso)));
  const lines = rows.map((row) => ({
    username: row.username,
    name: row.name,
    role: row.roleInWords,
    experience: row.experienceInWords,
    organisations: row.organisations.join(' | '),
    site: row.site ?? '',
    team: row.team ?? '',
    permissions: row.permissions.join(' | '),
    lastSignedIn: row.lastSignedInAt ? day(row.lastSignedInAt) : '',
    // Before the first review the moment kept is that of the account's making.
    reviewed: row.reviewedByName === null ? '' : day(row.reviewedAt),
    reviewedBy: row.reviewedByName ?? '',
    due: numericDay(language, row.dueOn),
  }));
  return stringify(lines, {
    header: true,
    columns: columns.map((key) => ({ key, header: house.words.say(language, `rights.columns.${key}`) })),
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
};
