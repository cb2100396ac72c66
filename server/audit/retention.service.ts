import type { House } from '../core/ctx.ts';
import { hmacUnder, type Mac } from '../core/hmac.ts';
import { perform, systemVisit } from '../core/perform.ts';
import { listChain, removePayloads } from './audit.store.ts';
import { payloadDigest, type ChainRow } from './chain.ts';
import { keptData } from './kept-events.service.ts';
import { record } from './record.ts';
import { saysTheSame } from './says-the-same.ts';
import { listSegments } from './segments.store.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** AUDIT_RETENTION_MONTHS: after how many months what an event says is taken away. */
    auditRetentionMonths: number;
  }
}

type Range = { from: number; to: number };

/**
 * Takes away what events older than the retention say, in steps of at most 2,000 rows: the row stays in the chain and
 * says nothing any more. Each step is itself an event that names all that was ever removed, so that a payload which
 * somebody else removes is missed. What a broken segment says is evidence, and stays for the longest time allowed.
 * Answers how many rows it emptied.
 */
export const removeOldPayloads = async (house: House): Promise<number> => {
  let emptied = 0;
  const segments = await listSegments(house.pool);
  for (const [at, from] of [1, ...segments.map(({ fromSeq }) => fromSeq)].entries()) {
    const next = segments[at]?.fromSeq;
    const months = next === undefined ? house.auditRetentionMonths : longestMonths;
    const before = monthsBefore(house.clock(), months);
    const bounds = { from, to: (next ?? Infinity) - 1 };
    for (let rows = await removeStep(house, bounds, before); rows > 0;) {
      emptied += rows;
      rows = await removeStep(house, bounds, before);
    }
  }
  return emptied;
};

// CNIL 2021-122 (14): beyond a year only where a purpose is shown, and three years at most.
const longestMonths = 36;
const step = 2_000;

const removeStep = async (house: House, bounds: Range, before: string): Promise<number> => {
  const mac = hmacUnder(house.keys.derive('audit-chain'));
  const removed = await removedRanges(house);
  const done = removed.find(({ from }) => from === bounds.from);
  const after = done?.to ?? bounds.from - 1;
  const found = (await listChain(house.pool, after, step)).filter(({ seq }) => seq <= bounds.to);
  const young = found.findIndex((row) => !isOld(mac, row, before));
  const old = young === -1 ? found : found.slice(0, young);
  const last = old.at(-1);
  if (!last) return 0;

  const range = { from: bounds.from, to: last.seq };
  const ranges = [...removed.filter(({ from }) => from !== bounds.from), range];
  ranges.sort((one, other) => one.from - other.from);
  await perform(systemVisit(house, 'audit', []), async (ctx) => {
    await removePayloads(ctx.db, { from: done ? done.to + 1 : bounds.from, to: last.seq });
    record(ctx, { type: 'audit.payloads-removed', data: { ranges, rows: old.length, before } });
  });
  return old.length;
};

/** By the moment that the row's bound content says: the column alone may be anybody's. What does not agree stays. */
const isOld = (mac: Mac, { payload, payloadDigest: digest, columns }: ChainRow, before: string): boolean =>
  payload !== null &&
  columns.at < before &&
  saysTheSame(payload, columns) &&
  payloadDigest(mac, payload) === digest;

/** What the last removal said; of one segment, everything from its first row on. */
const removedRanges = async (house: House): Promise<Range[]> => {
  const types = ['audit.payloads-removed'] as const;
  const [last] = await keptData<{ ranges: Range[] }>(house, house.pool, { types, limit: 1 });
  return last?.ranges ?? [];
};

/** The moment so many months ago. */
export const monthsBefore = (now: Date, months: number): string => {
  const day = new Date(now);
  day.setUTCMonth(day.getUTCMonth() - months);
  return day.toISOString();
};
