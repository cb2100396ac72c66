import { zoneOfRow } from '../core/calendar.ts';

/** Where letters go, as trays are sorted and La Poste's slip counts them. */
export const destinations = ['metropole', 'overseas', 'abroad'] as const;
export type Destination = (typeof destinations)[number];

/** Zones of letters' rows that lie abroad; rows of before abroad was divided say `foreign`. */
export const abroadZones = ['europe', 'world', 'foreign'];

/** The destination of a letter by the zone in its row. */
export const destinationOf = (stored: string): Destination => {
  const zone = zoneOfRow(stored);
  if (abroadZones.includes(zone)) return 'abroad';
  return zone === 'metropole' || zone === 'alsace-moselle' ? 'metropole' : 'overseas';
};
