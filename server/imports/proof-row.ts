import type { Day } from '../core/calendar.ts';
import { fold } from '../core/text.ts';
import type { FactPolicy } from '../organisations/policy-parts.schema.ts';
import { readFactValue } from '../verifications/fact-value.ts';
import * as cells from './cells.ts';
import type { CellReading, RowProblem } from './cells.ts';
import type { Places, ProofColumn } from './columns.ts';
import type { RawRow } from './reading.ts';
import { openLine, type RowReading } from './row.ts';

/** One line of a file of proofs: what a member can prove; the value reads as one of its fact, and stands as written. */
export type ImportedProof = {
  memberNumber: string;
  rank: string;
  fact: string;
  value: string;
  happenedOn: Day | null;
};

/** Reads one line of a file of proofs, against the facts of the organisation's file. Never quotes a value. */
export const readProofRow = (
  places: Places<ProofColumn>,
  row: RawRow,
  { facts, today }: { facts: FactPolicy[]; today: Day },
): RowReading<ImportedProof, ProofColumn> => {
  const line = openLine(places, row);
  if (line.rejections.length > 0) return { ok: false, rejections: line.rejections };

  const memberNumber = line.required('memberNumber', (typed) => cells.readCode(typed, 32));
  const rank = line.optional('rank', (typed) => cells.readCode(typed, 8));
  const fact = line.required('fact', (typed) => readFact(typed, facts));
  // Without knowing which fact it is, a value has nothing to be read as.
  const value = line.required('value', (typed) =>
    fact ? readValue(typed, fact, today) : { ok: true, value: '' },
  );
  const happenedOn = line.optional('happenedOn', (typed) => cells.readDay(typed, today));
  if (fact?.withinMonths && line.isEmpty('happenedOn')) line.reject('happenedOn', 'proof-date');
  if (line.rejections.length > 0 || !memberNumber || !fact || value === null) {
    return { ok: false, rejections: line.rejections };
  }
  return { ok: true, value: { memberNumber, rank: rank ?? '', fact: fact.id, value, happenedOn } };
};

const readFact = (typed: string, facts: FactPolicy[]): CellReading<FactPolicy> => {
  const wanted = fold(typed);
  const found = facts.find(({ id, label }) => [id, label.fr, label.en].some((name) => fold(name) === wanted));
  return found ? { ok: true, value: found } : { ok: false, problem: 'proof' };
};

const readValue = (typed: string, { kind }: FactPolicy, today: Day): CellReading<string> => {
  if (/^\d+(?:[.,]\d+)?E\+?\d+$/i.test(typed)) return { ok: false, problem: 'spreadsheet-number' };
  const read = readFactValue(kind, typed, Number(today.slice(0, 4)));
  return read === null ? { ok: false, problem: problemOf[kind] } : { ok: true, value: typed };
};

const problemOf: Record<FactPolicy['kind'], RowProblem> = {
  text: 'proof-text',
  amount: 'proof-amount',
  month: 'proof-month',
  number: 'proof-number',
};
