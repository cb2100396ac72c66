import { record } from '../audit/record.ts';
import type { Ctx, House } from '../core/ctx.ts';
import { perform, systemVisit } from '../core/perform.ts';
import { clearLines } from './apply.ts';
import * as store from './imports.store.ts';
import type { ImportRow } from './imports.store.ts';

/**
 * A file whose reading nobody goes on with was not read to its end: it is refused, like any that was cut short, and
 * no longer keeps the next one waiting.
 */
export const endAbandoned = async (house: House): Promise<void> => {
  for (const row of await store.listAbandoned(house.pool, house.clock().toISOString())) {
    const visit = systemVisit(house, 'imports', [row.organisation_id]);
    try {
      await perform(visit, (ctx) => refuseAbandoned(ctx, row));
    } catch (error) {
      if (!(error instanceof StillRead)) throw error;
      continue;
    }
    await clearLines(house, row.id);
  }
};

// Leaves the transaction with nothing done: its reader was slow and lives, or another process refused it.
class StillRead extends Error {}

const refuseAbandoned = async (
  ctx: Ctx,
  { id, organisation_id: organisationId }: ImportRow,
): Promise<void> => {
  const problem = 'imports.file.interrupted';
  const at = ctx.now.toISOString();
  const to = { state: 'refused', state_at: at, problem: JSON.stringify({ words: problem }) } as const;
  const isMine = await store.moveImport(ctx.db, { id, from: 'reading', leaseEnded: at }, to);
  if (!isMine) throw new StillRead();
  record(ctx, { type: 'import.refused', organisationId, result: 'refused', data: { importId: id, problem } });
};
