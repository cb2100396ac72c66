import type { Ctx } from '../core/ctx.ts';
import * as store from './touching.store.ts';
import type { Read, Touch, TouchQuery } from './touching.store.ts';
import type { EventType } from './vocabulary.schema.ts';

export type { Touch } from './touching.store.ts';

const rowsAtOnce = 5_000;

type Asked = Omit<TouchQuery, 'types' | 'withData'> & {
  types: readonly EventType[];
  withData: readonly EventType[];
  from: string;
  to: string;
};

/**
 * Hands over the events of a period by one agent, or within organisations whoever did them. Read in pieces from an
 * index, whatever the size of the audit.
 *
 * @returns false when there are more than `atMost`: nothing whole can then be said.
 */
export const readTouches = async (
  ctx: Pick<Ctx, 'db'>,
  asked: Asked,
  atMost: number,
  take: (touch: Touch) => void,
): Promise<boolean> => {
  let left = atMost;
  for (let after: Read | undefined; ;) {
    const rows = await store.listTouches(ctx.db, asked, asked, after, rowsAtOnce);
    left -= rows.length;
    if (left < 0) return false;
    for (const row of rows) take(row);
    after = rows.at(-1);
    if (!after || rows.length < rowsAtOnce) return true;
  }
};

/** Events of a few rare types within a period, in their order, at most `limit`. */
export const eventsWithin = (
  ctx: Pick<Ctx, 'db'>,
  types: readonly EventType[],
  span: { from: string; to: string },
  limit: number,
): Promise<Touch[]> => store.listOfTypes(ctx.db, types, span, limit);
