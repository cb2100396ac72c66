import type { Criteria, Incident } from '../../../server/supervision/incidents.schema.ts';
import { fromParisField, toParisField } from '../shared/parisClock.ts';

/** Criteria while they are being chosen: moments as fields show them. */
export type Draft = { by: 'agent' | 'site' | 'lot' | 'period'; id: string; from: string; to: string };

/** What the incident keeps, or everybody from when it began. */
export const draftOf = ({ criteria, beganAt }: Incident): Draft => {
  const { agentId, siteId, lotId, from = beganAt, to } = criteria ?? {};
  return {
    by: agentId ? 'agent' : siteId ? 'site' : lotId ? 'lot' : 'period',
    id: agentId ?? siteId ?? lotId ?? '',
    from: toParisField(new Date(from)),
    to: to ? toParisField(new Date(to)) : '',
  };
};

/** Nothing while something is missing. An end that is not said is now. */
export const criteriaOf = ({ by, id, from, to }: Draft): Criteria | undefined => {
  if (by === 'lot') return id === '' ? undefined : { lotId: id };
  const [begins, ends] = [fromParisField(from), fromParisField(to)];
  if (!begins || (to !== '' && !ends)) return undefined;
  const span = { from: begins.toISOString(), ...(ends && { to: ends.toISOString() }) };
  if (by === 'period') return span;
  if (id === '') return undefined;
  return by === 'agent' ? { agentId: id, ...span } : { siteId: id, ...span };
};
