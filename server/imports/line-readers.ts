import { parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { factDigest } from '../verifications/facts.service.ts';
import { readCode } from './cells.ts';
import { findCompanyColumns, findMemberColumns, findProofColumns } from './columns.ts';
import type { LineRow, RejectionRow } from './import-lines.store.ts';
import { readProofRow } from './proof-row.ts';
import type { RawRow } from './reading.ts';
import { readCompanyRow, readPersonRow } from './row.ts';
import { companyToText, lineDigest, personToText, proofToText, sealLine } from './staged-line.ts';
import type { ToStage } from './staging.ts';

export type ReadLine = {
  line: number;
  staged: LineRow | null;
  /** A member whom a refused line speaks of: not absent from the file, so not to be closed. */
  spokenOf: LineRow | null;
  rejections: RejectionRow[];
  corrected: number;
};

export type Reader = { said: string[]; read: (row: RawRow) => ReadLine };

/** Reads the lines of a file by what it holds. @throws AppError when a column that matters is missing. */
export const makeReader = (house: House, file: ToStage, header: string[]): Reader =>
  readers[file.content](house, file, header);

const memberReader = (house: House, file: ToStage, header: string[]): Reader => {
  const { places } = findMemberColumns(header, file.mapping);
  const said = Object.keys(places).filter((column) => column !== 'width');
  const rules = { today: parisDay(house.clock()), required: requiredOf(file.policy, said) };
  const toLine = lineMaker(house, file, said);
  return {
    said,
    read: (row) => {
      const reading = readPersonRow(places, row, rules);
      if (!reading.ok)
        return refused(file, row.line, reading.rejections, row.cells[places.memberNumber ?? -1]);
      const { memberNumber, rank, mobile, landline, fax } = reading.value;
      const corrected = [mobile, landline, fax].filter((number) => number?.corrected).length;
      const staged = toLine(row.line, `${memberNumber} ${rank}`, personToText(reading.value));
      return { line: row.line, staged, spokenOf: null, rejections: [], corrected };
    },
  };
};

const companyReader = (house: House, file: ToStage, header: string[]): Reader => {
  const { places } = findCompanyColumns(header, file.mapping);
  const said = Object.keys(places).filter((column) => column !== 'width');
  const toLine = lineMaker(house, file, said);
  return {
    said,
    read: (row) => {
      const reading = readCompanyRow(places, row);
      if (!reading.ok) return refused(file, row.line, reading.rejections);
      const staged = toLine(row.line, reading.value.code, companyToText(reading.value));
      return { line: row.line, staged, spokenOf: null, rejections: [], corrected: 0 };
    },
  };
};

const proofReader = (house: House, file: ToStage, header: string[]): Reader => {
  const { places } = findProofColumns(header, file.mapping);
  const said = Object.keys(places).filter((column) => column !== 'width');
  const rules = { facts: file.policy.facts, today: parisDay(house.clock()) };
  const toLine = lineMaker(house, file, said);
  return {
    said,
    read: (row) => {
      const reading = readProofRow(places, row, rules);
      if (!reading.ok)
        return refused(file, row.line, reading.rejections, row.cells[places.memberNumber ?? -1]);
      const { memberNumber, rank, fact, value, happenedOn } = reading.value;
      // The same proof on another day is another line; its value stands there as a digest only.
      const digest = factDigest(house.keys, file.policy, { fact, typed: value, now: house.clock() });
      const identity = [memberNumber, rank, fact, happenedOn, digest];
      const staged = toLine(row.line, identity.join(' '), proofToText(reading.value));
      return { line: row.line, staged, spokenOf: null, rejections: [], corrected: 0 };
    },
  };
};

const readers = { members: memberReader, companies: companyReader, proofs: proofReader };

/** Where the NIR is the only way in, a holder without one could never sign in. */
const requiredOf = (policy: Policy, said: string[]) =>
  policy.signIn.identifiers.every(({ kind }) => kind === 'nir') && said.includes('nir')
    ? (['nir'] as const)
    : [];

const lineMaker = (house: House, { id, policy }: ToStage, said: string[]) => {
  const columns = said.join(' ');
  return (line: number, identity: string, text: string): LineRow => ({
    import_id: id,
    line,
    identity,
    digest: lineDigest(house.keys, policy.id, columns, text),
    sealed: sealLine(house.keys, id, line, text),
  });
};

/** `number` as it stands in the line: a complete file speaks of that member, though the line is refused. */
const refused = (
  { id, extent }: ToStage,
  line: number,
  rejections: { column: string | null; problem: string }[],
  number = '',
): ReadLine => {
  const read = readCode(number.trim(), 32);
  const spokenOf = { import_id: id, line, digest: '', sealed: null };
  return {
    line,
    staged: null,
    spokenOf: extent === 'complete' && read.ok ? { ...spokenOf, identity: `!${read.value}` } : null,
    corrected: 0,
    rejections: rejections.map(({ column, problem }) => ({
      import_id: id,
      line,
      column: column ?? '',
      problem,
    })),
  };
};
