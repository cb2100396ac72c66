import { endAlert, raiseAlert } from '../audit/alerts.service.ts';
import type { Ctx } from '../core/ctx.ts';

/** Tells the supervisors of each organisation that a request waits for a second person. */
export const raiseBulkAlert = async (
  ctx: Ctx,
  id: string,
  organisationIds: readonly string[],
): Promise<void> => {
  for (const organisationId of organisationIds) await raiseAlert(ctx, { organisationId, ...alertOf(id) });
};

/** It ends with its request: decided, taken back or too old. */
export const endBulkAlert = async (
  ctx: Ctx,
  id: string,
  organisationIds: readonly string[],
): Promise<void> => {
  for (const organisationId of organisationIds) await endAlert(ctx, { organisationId, ...alertOf(id) });
};

const alertOf = (id: string) => ({ kind: 'bulk-asked', subject: `bulk:${id}` }) as const;
