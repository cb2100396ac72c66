import type { Db } from '../core/ctx.ts';
import { eventTypes } from './vocabulary.schema.ts';
import { readHead } from './audit.store.ts';
import { hasViewed, listHappenings, type Happening } from './happenings.store.ts';

export { hasViewed };
export type { Happening } from './happenings.store.ts';

/** A lot's events name their letters' lot, and no member. */
const lotTypes = eventTypes.filter((type) => type.startsWith('lot.'));

/** The place of the last event; those after it are the ones still to happen. */
export const lastPlace = async (db: Db): Promise<number> => (await readHead(db)).seq;

/**
 * What happened to these members, and to lots, after one place up to another. Places are taken in the order in which
 * acts commit, on every server: nothing comes in before a place that was read already.
 */
export const happenings = (
  db: Db,
  range: { after: number; upTo: number },
  memberIds: string[],
): Promise<Happening[]> => listHappenings(db, range, { memberIds, types: lotTypes });
