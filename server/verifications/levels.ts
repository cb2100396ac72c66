import type { Call } from '../calls/calls.schema.ts';
import type { ContactKind } from '../core/vocabulary.ts';
import type { VerificationLevel } from '../organisations/policy-parts.schema.ts';
import type { ProofRow } from './verifications.store.ts';

const ranks: readonly VerificationLevel[] = ['none', 'identified', 'contact-confirmed', 'strong'];

export const isBelow = (level: VerificationLevel, needed: VerificationLevel): boolean =>
  ranks.indexOf(level) < ranks.indexOf(needed);

/** What a call proved: right answers, contacts held, a document. */
export type Proved = {
  right: number;
  confirmed: ReadonlySet<ContactKind>;
  hasDocument: boolean;
  hasFailed: boolean;
};

export const nothingProved: Proved = { right: 0, confirmed: new Set(), hasDocument: false, hasFailed: false };

/** A row with the contacts that are still on file as they were proved. */
export type Row = Pick<ProofRow, 'caller' | 'rightAnswers' | 'documentState' | 'failedAt'> & {
  confirmed: ContactKind[];
};

/**
 * What counts in a call that may go on with dropped ones (`former`, nearest first). What they proved survives by a
 * fresh code, or by calling back the number on file (DOMAIN, "Calls"), but not by a contact that several people have;
 * in writing, where nobody's voice is at stake, a document that was received and checked does by itself. What one
 * caller proved says nothing of another.
 */
export const provedIn = (
  call: Pick<Call, 'channel' | 'caller'>,
  rows: { own: Row | undefined; former: Row[] },
  shared: ReadonlySet<ContactKind>,
): Proved => {
  const isTheirs = (row: Row | undefined): row is Row => row?.caller === call.caller;
  const mine = isTheirs(rows.own) ? provedBy(rows.own, call.channel === 'branch') : nothingProved;
  const former = rows.former.filter(isTheirs);
  if ([...mine.confirmed].some((kind) => !shared.has(kind))) {
    return former.map((row) => provedBy(row, true)).reduce(together, mine);
  }
  const isWritten = call.channel === 'email' || call.channel === 'post';
  const hasDocument =
    mine.hasDocument || (isWritten && former.some((row) => provedBy(row, false).hasDocument));
  return { ...mine, hasDocument };
};

/**
 * none › identified (facts) › contact confirmed › strong (DOMAIN, "Verification"). A contact that several people
 * have proves nothing alone: it counts beside right answers.
 */
export const levelOf = (
  { right, confirmed, hasDocument }: Pick<Proved, 'right' | 'confirmed' | 'hasDocument'>,
  { needed, shared }: { needed: number; shared: ReadonlySet<ContactKind> },
): VerificationLevel => {
  if (hasDocument) return 'strong';
  const isIdentified = right >= needed;
  if ([...confirmed].some((kind) => isIdentified || !shared.has(kind))) return 'contact-confirmed';
  return isIdentified ? 'identified' : 'none';
};

/** A document seen by the agent counts where one can be seen; a checked one wherever it came from. */
const provedBy = ({ rightAnswers, confirmed, documentState, failedAt }: Row, maySee: boolean): Proved => ({
  right: rightAnswers,
  confirmed: new Set(confirmed),
  hasDocument: documentState === 'checked' || (maySee && documentState === 'seen'),
  hasFailed: failedAt !== null,
});

const together = (one: Proved, other: Proved): Proved => ({
  right: Math.max(one.right, other.right),
  confirmed: new Set([...one.confirmed, ...other.confirmed]),
  hasDocument: one.hasDocument || other.hasDocument,
  hasFailed: one.hasFailed || other.hasFailed,
});
