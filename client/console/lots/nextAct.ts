import type { Lot } from '../../../server/letters/lots.schema.ts';

/** The acts of a lot's way, in its order; the others belong to a step of it. */
export const wayActs = ['release', 'print', 'count', 'deposit', 'kill'] as const;
export type WayAct = (typeof wayActs)[number];

/** The first that the server allows this agent now. */
export const nextActOf = (lot: Lot): WayAct | undefined => wayActs.find((act) => lot.can[act].allowed);

const awaited: Partial<Record<Lot['state'], WayAct>> = {
  made: 'release',
  released: 'print',
  printing: 'print',
  printed: 'count',
  counted: 'deposit',
};

/** Why this agent cannot take the lot's next step, in the server's words. */
export const whyNotNext = (lot: Lot): string | null => {
  const act = awaited[lot.state];
  return act ? lot.can[act].why : null;
};
