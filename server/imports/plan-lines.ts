import { parisDay } from '../core/calendar.ts';
import type { Db, House } from '../core/ctx.ts';
import {
  correctionDigest,
  listCorrections,
  type CorrectionRow,
} from '../members/desk-corrections.service.ts';
import {
  listKnown,
  listStamps,
  nirIndex,
  openNir,
  type KnownMember,
  type Stamp,
} from '../members/intake.service.ts';
import type { LineRow } from './import-lines.store.ts';
import type { ImportRow } from './imports.store.ts';
import { planPerson, type Correction, type Planned } from './plan.ts';
import type { ImportedPerson } from './row.ts';
import { textToPerson, unsealLine } from './staged-line.ts';

export type PlannedLine = { line: number; digest: string; known: KnownMember | undefined } & (
  | { person: ImportedPerson; plan: Planned }
  /** The line says what it said the last time. */
  | { person: null; plan: null }
);

/** What each of these staged lines makes of its member, from the rows as they stand now. */
export const planLines = async (
  house: House,
  db: Db,
  row: ImportRow,
  lines: (LineRow & { sealed: string })[],
): Promise<PlannedLine[]> => {
  const numbers = [...new Set(lines.map(({ identity }) => identity.slice(0, identity.indexOf(' '))))];
  const stamps = new Map(
    (await listStamps(db, row.organisation_id, numbers)).map((stamp) => [
      `${stamp.memberNumber} ${stamp.rank}`,
      stamp,
    ]),
  );
  const ids = lines.flatMap(({ identity }) => stamps.get(identity)?.id ?? []);
  const corrections = groupByMember(ids.length > 0 ? await listCorrections(db, ids) : []);
  const mayStay = (line: LineRow, stamp: Stamp | undefined) =>
    stamp !== undefined && stamp.lineDigest === line.digest && !corrections.has(stamp.id);
  const others = lines.flatMap((line) => {
    const stamp = stamps.get(line.identity);
    return stamp && !mayStay(line, stamp) ? [stamp.id] : [];
  });
  const known = new Map((await listKnown(db, others)).map((member) => [member.id, member]));

  const input = inputFor(house, row);
  return lines.map((line): PlannedLine => {
    const stamp = stamps.get(line.identity);
    const before = stamp && known.get(stamp.id);
    const seen = { line: line.line, digest: line.digest, known: before };
    if (mayStay(line, stamp)) return { ...seen, person: null, plan: null };
    const person = textToPerson(unsealLine(house.keys, line));
    const plan = planPerson({
      ...input,
      person,
      known: before,
      corrections: (before && corrections.get(before.id)) ?? [],
      lineDigest: line.digest,
      digestOf: (field, value) => correctionDigest(house.keys, before?.id ?? '', field, value),
    });
    return { ...seen, person, plan };
  });
};

const inputFor = (house: House, row: ImportRow) => {
  const now = house.clock();
  return {
    organisationId: row.organisation_id,
    importId: row.id,
    said: new Set(JSON.parse(row.said) as string[]),
    nirIndexOf: (body: string) => nirIndex(house.keys, row.organisation_id, body),
    nirOf: ({ id, nirSealed }: KnownMember) => (nirSealed ? openNir(house.keys, id, nirSealed) : null),
    now,
    today: parisDay(now),
  };
};

const groupByMember = (rows: CorrectionRow[]): Map<string, Correction[]> => {
  const found = new Map<string, Correction[]>();
  for (const { id, member_id, field, old_digest, corrected_at } of rows) {
    const correction = { id, field, oldDigest: old_digest, correctedAt: corrected_at };
    found.set(member_id, [...(found.get(member_id) ?? []), correction]);
  }
  return found;
};
