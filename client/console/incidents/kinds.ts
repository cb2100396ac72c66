import type { IncidentKind } from '../../../server/supervision/incidents.schema.ts';

/** In the order in which one looks for them. */
export const incidentKinds: readonly IncidentKind[] = [
  'portal-fault',
  'guessing',
  'stolen-access',
  'agent-misuse',
  'letters-exposed',
  'data-leak',
  'outage',
  'other',
];
