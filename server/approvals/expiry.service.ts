import type { House } from '../core/ctx.ts';
import { perform, systemVisit } from '../core/perform.ts';
import { toRun } from './approvals.service.ts';
import { note, oweOutcome } from './approval-events.service.ts';
import * as store from './approvals.store.ts';

const atOnce = 50;

/** Ends what nobody answered in time; the letter is left, and the answer is owed. Says how many. */
export const expireApprovals = async (house: House): Promise<number> => {
  const due = await store.listExpired(house.pool, house.clock().toISOString(), atOnce);
  let expired = 0;
  for (const row of due) {
    const visit = systemVisit(house, 'approvals', [row.organisation_id]);
    await perform(visit, async (ctx) => {
      const end = {
        state: 'expired',
        decided_by: null,
        decided_at: ctx.now.toISOString(),
        word: null,
        rule: null,
      } as const;
      if (!(await store.endApproval(ctx.db, { id: row.id, version: row.version }, end))) throw new Taken();
      if (row.act === 'document') await house.settleDocument(ctx, toRun(ctx, row), null);
      note(ctx, row, 'approval.expired', {});
      await oweOutcome(ctx, row, 'approval-expired');
      expired += 1;
    }).catch((error: unknown) => {
      if (!(error instanceof Taken)) throw error;
    });
  }
  return expired;
};

/** Another server, or a second person, was first: nothing is to be done. */
class Taken extends Error {}
