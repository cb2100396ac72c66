import type { Ctx } from '../core/ctx.ts';
import { listCompanies } from '../members/intake.service.ts';
import { saveCompanies } from '../members/members.service.ts';
import type { LineRow } from './import-lines.store.ts';
import type { Counts, ImportRow } from './imports.store.ts';
import { textToCompany, unsealLine } from './staged-line.ts';

/** Applies staged lines of the second file: client companies and the end of their rights. */
export const applyCompanies = async (
  ctx: Ctx,
  row: ImportRow,
  lines: (LineRow & { sealed: string })[],
): Promise<Counts> => {
  const companies = lines
    .map((line) => textToCompany(unsealLine(ctx.house.keys, line)))
    .map(({ code, name, rightsEnd }) => ({ code, name, rightsEndOn: rightsEnd }));
  const rows = await listCompanies(
    ctx.db,
    row.organisation_id,
    companies.map(({ code }) => code),
  );
  const known = new Map(rows.map((company) => [company.code, company]));

  const fresh = companies.filter(({ code }) => !known.has(code));
  const changed = companies.filter((company) => {
    const before = known.get(company.code);
    return before && (before.name !== company.name || before.rightsEndOn !== company.rightsEndOn);
  });
  await saveCompanies(ctx.db, row.organisation_id, [...fresh, ...changed]);
  return {
    accepted: fresh.length,
    updated: changed.length,
    unchanged: companies.length - fresh.length - changed.length,
  };
};
