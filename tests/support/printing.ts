import type { FailPoint } from '../../server/letters/fail-points.ts';
import type { Lot } from '../../server/letters/lots.schema.ts';
import { printRoom } from './lots.ts';
import { startServer, type TestServer } from './server.ts';
import type { Engine } from './databases.ts';

type Started = Parameters<typeof startServer>[1];

/**
 * A server that prints in bundles of two, whose prints a test can hold or break: `at(point, nth, work)` does `work` when
 * that moment comes for the nth time from now.
 */
export const startPrinting = async (engine: Engine, choices: Started = {}) => {
  const plans: { point: FailPoint; left: number; work: () => void | Promise<void> }[] = [];
  const reached = async (point: FailPoint): Promise<void> => {
    for (const plan of plans.filter((one) => one.point === point)) {
      plan.left -= 1;
      if (plan.left === 0) await plan.work();
    }
  };
  const server = await startServer(engine, { bundleSize: 2, reached, ...choices });
  const room = printingRoom(server);
  const at = (point: FailPoint, nth: number, work: () => void | Promise<void>): void =>
    void plans.push({ point, left: nth, work });
  return {
    server,
    room,
    at,
    /** Holds the print at that moment until it is let go. */
    hold: (point: FailPoint, nth: number) => {
      let letGo = () => {};
      let arrive = () => {};
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      const arrived = new Promise<void>((resolve) => (arrive = resolve));
      at(point, nth, () => {
        arrive();
        return gate;
      });
      return { arrived, letGo };
    },
    forget: () => void plans.splice(0),
  };
};

const printingRoom = (server: TestServer) => {
  const room = printRoom(() => server);
  const sent = (lot: Lot, target: string) =>
    room.act('print-operator', lot, 'send', { target, version: lot.version });
  return {
    ...room,
    /** A released lot of so many letters. */
    released: async (count: number): Promise<Lot> => {
      await room.letters(count);
      return room.release(await room.make());
    },
    sent,
    /** Sends a lot and waits until its print has ended, well or not. */
    send: async (lot: Lot, target = 'printer'): Promise<Lot> => {
      const { status, body } = await sent(lot, target);
      if (status !== 200) throw new Error(`Sending answered ${status}: ${body.message}`);
      await server.house.printRuns.idle();
      return room.show(lot);
    },
    /** The states of a lot's passwords, by attempt, as `1 dead interrupted`. */
    statesOf: async (lot: Lot): Promise<string[]> =>
      (await room.credentialsOf(lot)).map(({ attempt, state, ended_as }) =>
        [attempt, state, ended_as].filter(Boolean).join(' '),
      ),
    wasteOf: (lot: Lot): Promise<Record<string, unknown>[]> =>
      server.house.pool('destructions').where({ lot_id: lot.id }).orderBy(['attempt', 'from_sheet']),
  };
};

/** How often each of them is there. */
export const tally = (all: string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const one of all) counts[one] = (counts[one] ?? 0) + 1;
  return counts;
};
