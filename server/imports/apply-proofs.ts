import type { Ctx } from '../core/ctx.ts';
import { listNumbers, listStamps } from '../members/intake.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { deleteFacts, keepFacts, type FactRow } from '../verifications/facts.service.ts';
import { insertRejections, listIdentities, type LineRow } from './import-lines.store.ts';
import type { Counts, ImportRow } from './imports.store.ts';
import { textToProof, unsealLine } from './staged-line.ts';

/** Applies staged lines of the third file: what members can prove. A line about nobody we know is rejected. */
export const applyProofs = async (
  ctx: Ctx,
  policy: Policy,
  row: ImportRow,
  lines: (LineRow & { sealed: string })[],
): Promise<Counts> => {
  const proofs = lines.map((line) => ({
    line: line.line,
    ...textToProof(unsealLine(ctx.house.keys, line)),
  }));
  const numbers = [...new Set(proofs.map(({ memberNumber }) => memberNumber))];
  const stamps = await listStamps(ctx.db, policy.id, numbers);
  const ids = new Map(stamps.map(({ id, memberNumber, rank }) => [`${memberNumber} ${rank}`, id]));

  const known = proofs.flatMap((proof) => {
    const memberId = ids.get(`${proof.memberNumber} ${proof.rank}`);
    return memberId ? [{ ...proof, memberId }] : [];
  });
  const unknown = proofs.filter(({ memberNumber, rank }) => !ids.has(`${memberNumber} ${rank}`));
  await insertRejections(
    ctx.db,
    unknown.map(({ line }) => ({
      import_id: row.id,
      line,
      column: 'memberNumber',
      problem: 'member-unknown',
    })),
  );
  const { added, updated, unchanged } = await keepFacts(ctx, policy, known, row.id);
  return { accepted: added, updated, unchanged, rejected: unknown.length };
};

/** Takes facts away that a complete file does not name, but for members of whom a refused line speaks. */
export const dropFacts = async (ctx: Ctx, row: ImportRow, facts: FactRow[]): Promise<Counts> => {
  const numbers = await listNumbers(
    ctx.db,
    facts.map(({ member_id }) => member_id),
  );
  const spokenOf = await listIdentities(
    ctx.db,
    row.id,
    [...numbers.values()].map((number) => `!${number}`),
  );
  const gone = facts.filter(({ member_id }) => !spokenOf.has(`!${numbers.get(member_id)}`));
  await deleteFacts(ctx.db, gone);
  return { closed: gone.length };
};
