import { endAlert, raiseAlert } from '../audit/alerts.service.ts';
import type { Ctx } from '../core/ctx.ts';
import type { BulkRow } from './bulk.store.ts';
import type { Criteria } from './incidents.schema.ts';

type About = Pick<BulkRow, 'id' | 'kind' | 'asked_by' | 'criteria'>;

/** Tells the supervisors of each organisation that a request waits for a second person. */
export const raiseBulkAlert = async (
  ctx: Ctx,
  row: About,
  organisationIds: readonly string[],
): Promise<void> => {
  for (const organisationId of organisationIds) await raiseAlert(ctx, { organisationId, ...alertOf(row) });
};

/** It ends with its request: decided, taken back or too old. */
export const endBulkAlert = async (
  ctx: Ctx,
  row: About,
  organisationIds: readonly string[],
): Promise<void> => {
  for (const organisationId of organisationIds) await endAlert(ctx, { organisationId, ...alertOf(row) });
};

/** Names those for whom it is not to be put away: whoever asked, and the agent whose acts it is about. */
const alertOf = ({ id, kind, asked_by: askedBy, criteria }: About) => {
  const { agentId } = JSON.parse(criteria) as Criteria;
  const subject = ['bulk', id, askedBy, agentId ?? []].flat().join(':');
  // Each leads to the page where it is decided.
  return { kind: kind === 'unblock' ? 'unblock-asked' : 'bulk-asked', subject } as const;
};
