import { startChild } from './child.ts';
import type { FiguresBench } from './figures.child.ts';
import { say } from './measure.ts';
import { temporaryFolder } from './place.ts';
import type { Result } from './table.ts';

const asks = 100;

/** Figures of a desk with a year and a million rows of audit; BENCH_ROWS for another number. */
export const benchFigures = async (): Promise<Result[]> => {
  const rows = Number(process.env.BENCH_ROWS ?? 1_000_000);
  const child = startChild('figures');
  say(`${rows.toLocaleString('en-GB')} rows of audit`);
  await child.ask('open', { folder: temporaryFolder(), rows });
  say('counting them, and asking for the page');
  const found = await child.ask<FiguresBench>('measure', { rows, asks });
  await child.stop();
  return [
    {
      what: 'audit rows counted into figures',
      unit: '/s',
      ours: found.followedPerSecond,
      beside: found.readPerSecond,
      besideWhat: 'the same rows read, and nothing done',
    },
    {
      what: 'figures page, a month by day, p95',
      unit: 'ms',
      ours: found.month.p95,
      beside: found.counted,
      besideWhat: 'counting the audit’s rows by type',
      target: { most: 0.5 },
    },
    {
      what: 'figures page, a year by month, p95',
      unit: 'ms',
      ours: found.year.p95,
      beside: found.counted,
      besideWhat: 'counting the audit’s rows by type',
    },
  ];
};
