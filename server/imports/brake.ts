import { addDays, parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import { housekeep } from '../core/perform.ts';
import { canaryIds } from '../members/canaries.service.ts';
import {
  countMembersOf,
  listCompanies,
  walkMembers,
  type Step,
  type Walked,
} from '../members/intake.service.ts';
import { listIdentities, listLines } from './import-lines.store.ts';
import { countRead, type ImportRow } from './imports.store.ts';
import { leaseFrom } from './lease.ts';
import { planLines } from './plan-lines.ts';
import { textToCompany, unsealLine } from './staged-line.ts';

/** DOMAIN, "People, contacts, accounts": more than 2 % of members, and more than 20. */
const heldAbove = { share: 0.02, members: 20 };

const linesAtOnce = 100;
export const membersAtOnce = 1_000;

/**
 * How many members a staged file would close or reach otherwise than now, and whether that is so many that an
 * administrator must say yes. Reads only, in small steps.
 */
export const weighFile = async (
  house: House,
  row: ImportRow,
): Promise<{ touched: number; isHeld: boolean }> => {
  // Proofs close nobody and change no contact.
  if (row.content === 'proofs') return { touched: 0, isHeld: false };
  const [somebody] = await walkMembers(house.pool, row.organisation_id, null, 1);
  if (!somebody) return { touched: 0, isHeld: false };

  const changed =
    row.content === 'members' ? await countChanges(house, row) : await countByCompanies(house, row);
  const absent = row.content === 'members' && row.extent === 'complete';
  const { members, absentees } = await walkAll(house, row, absent);
  const touched = changed + absentees;
  return { touched, isHeld: touched > heldAbove.members && touched > heldAbove.share * members };
};

/** Of these members, those whom the file does not speak of and whose contract still runs. */
export const absentFrom = async (
  house: House,
  db: House['pool'],
  row: ImportRow,
  members: Walked[],
): Promise<Walked[]> => {
  const yesterday = addDays(parisDay(house.clock()), -1);
  const invented = await canaryIds({ db }, [row.organisation_id]);
  const running = members.filter(
    ({ id, contractEndOn }) => !invented.has(id) && (contractEndOn === null || contractEndOn > yesterday),
  );
  if (running.length === 0) return [];
  const identities = running.flatMap((one) => [`${one.memberNumber} ${one.rank}`, `!${one.memberNumber}`]);
  const spokenOf = new Set<string>();
  for (let from = 0; from < identities.length; from += 500) {
    for (const one of await listIdentities(db, row.id, identities.slice(from, from + 500))) spokenOf.add(one);
  }
  return running.filter(
    (one) => !spokenOf.has(`${one.memberNumber} ${one.rank}`) && !spokenOf.has(`!${one.memberNumber}`),
  );
};

const countChanges = async (house: House, row: ImportRow): Promise<number> => {
  let touched = 0;
  await eachLine(house, row, async (lines) => {
    const planned = await planLines(house, house.pool, row, lines);
    touched += planned.filter((one) => one.plan && (one.plan.contactsChange || one.plan.closes)).length;
  });
  return touched;
};

/** The end of a company's rights closes everybody who came through it. */
const countByCompanies = async (house: House, row: ImportRow): Promise<number> => {
  const today = parisDay(house.clock());
  let touched = 0;
  await eachLine(house, row, async (lines) => {
    const companies = lines.map((line) => textToCompany(unsealLine(house.keys, line)));
    const known = await listCompanies(
      house.pool,
      row.organisation_id,
      companies.map(({ code }) => code),
    );
    const hasRights = new Set(
      known.filter(({ rightsEndOn }) => !rightsEndOn || rightsEndOn >= today).map(({ code }) => code),
    );
    const losing = companies.filter(
      ({ code, rightsEnd }) => hasRights.has(code) && rightsEnd && rightsEnd < today,
    );
    if (losing.length === 0) return;
    touched += await countMembersOf(
      house.pool,
      row.organisation_id,
      losing.map(({ code }) => code),
      50_000,
    );
  });
  return touched;
};

const eachLine = async (
  house: House,
  row: ImportRow,
  work: (lines: Awaited<ReturnType<typeof listLines>>) => Promise<void>,
): Promise<void> => {
  for (let after = 0; ;) {
    const lines = await listLines(house.pool, row.id, after, linesAtOnce);
    const last = lines.at(-1);
    if (!last) return;
    await work(lines);
    after = last.line;
    await housekeep(house, (db, now) => countRead(db, row.id, {}, leaseFrom(now)));
  }
};

const walkAll = async (house: House, row: ImportRow, withAbsent: boolean) => {
  let members = 0;
  let absentees = 0;
  for (let after: Step | null = null; ;) {
    const walked = await walkMembers(house.pool, row.organisation_id, after, membersAtOnce);
    after = walked.at(-1) ?? null;
    if (!after) return { members, absentees };
    members += walked.length;
    if (withAbsent) absentees += (await absentFrom(house, house.pool, row, walked)).length;
    await housekeep(house, (db, now) => countRead(db, row.id, {}, leaseFrom(now)));
  }
};
