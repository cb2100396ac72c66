import type { FailPoint } from '../../server/letters/fail-points.ts';
import type { Lot } from '../../server/letters/lots.schema.ts';
import type { Answer } from './client.ts';

export type Way = 'browser' | 'printer';
/**
 * A point of YARDSTICK 3, of the second bundle where there is one, and what a lot of two bundles and three letters has
 * once the process is gone: passwords made, those of them committed, and sheets that may lie somewhere although they
 * open nothing.
 */
type Death = {
  point: FailPoint;
  nth: number;
  state: Lot['state'];
  made: number;
  committed: number;
  waste: number;
};
const death = (
  point: FailPoint,
  nth: number,
  ...[state, made, committed, waste]: [Lot['state'], ...number[]]
) => ({ point, nth, state, made, committed, waste }) as Death;
// On SQLite whoever stays at k0 holds the database: it comes last.
export const deaths: Record<Way, Death[]> = {
  browser: [
    death('k1', 1, 'printing', 0, 0, 0),
    death('k2', 2, 'printing', 3, 2, 2),
    death('k3', 2, 'printing', 3, 3, 3),
    death('k4', 2, 'printing', 3, 3, 3),
    death('k5', 1, 'printing', 3, 3, 3),
    death('k6', 1, 'printed', 3, 3, 0),
    death('k0', 1, 'released', 0, 0, 0),
  ],
  printer: [
    death('k1', 1, 'printing', 0, 0, 0),
    death('k2', 2, 'printing', 3, 2, 0),
    death('k3', 2, 'printing', 3, 3, 1),
    death('k4', 2, 'printing', 3, 3, 1),
    death('k5', 2, 'printing', 3, 3, 1),
    death('k6', 1, 'printed', 3, 3, 0),
  ],
};
/** What the portal made of a password, in a word. */
export const fateOf = ({ status, body }: Answer): string => {
  if (status === 200) return 'opens';
  if (body.message.includes('n’est pas encore actif')) return 'not yet';
  return body.message.includes('a été remplacé') ? 'replaced' : 'unknown';
};
