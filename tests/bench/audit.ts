import { startPostgres } from '../support/global-setup.ts';
import type { FiltersMeasured } from './audit-filters.ts';
import type { Place, Walked } from './audit.child.ts';
import { startChild } from './child.ts';
import { say } from './measure.ts';
import { temporaryFolder } from './place.ts';
import type { Result } from './table.ts';

const rows = Number(process.env.BENCH_AUDIT_ROWS ?? 1_000_000);

/**
 * The whole chain read once, beside the bare driver reading the same table and doing nothing; and each filter of the
 * audit's list at as many rows. On both databases, or BENCH_AUDIT_ENGINES=sqlite.
 */
export const benchAudit = async (): Promise<Result[]> => {
  const engines = (process.env.BENCH_AUDIT_ENGINES ?? 'sqlite,postgres').split(',');
  const results: Result[] = [];
  if (engines.includes('sqlite')) results.push(...(await measureIn('SQLite', { folder: temporaryFolder() })));
  if (!engines.includes('postgres')) return results;
  const { url, stop } = await startPostgres();
  try {
    results.push(...(await measureIn('PostgreSQL', { folder: temporaryFolder(), url })));
  } finally {
    await stop();
  }
  return results;
};

const measureIn = async (engine: string, place: Place): Promise<Result[]> => {
  say(engine);
  await inChild((ask) => ask('fill', { ...place, rows }));
  const bare = await inChild<Walked>((ask) => ask('read', place));
  const whole = await inChild<Walked>((ask) => ask('verify', place));
  if (!whole.result.holds || whole.result.rows < rows)
    throw new Error('The chain of the bench does not hold.');
  say(`${whole.result.rows} rows verified in ${whole.result.seconds.toFixed(1)} s`);
  const { result: filtered } = await inChild<FiltersMeasured>((ask) => ask('filters', { ...place, rows }));
  for (const { what, plans } of filtered.filters) for (const line of plans) say(`${what}: ${line.trim()}`);
  return [...walkResults(engine, bare, whole), ...filterResults(engine, filtered)];
};

const millions = `${(rows / 1e6).toLocaleString('en-GB')} M audit rows`;

type Measured = { result: Walked; megabytes: number };

const walkResults = (engine: string, bare: Measured, whole: Measured): Result[] => {
  const perSecond = ({ result }: Measured) => result.rows / result.seconds;
  const perCpuSecond = ({ result }: Measured) => result.rows / result.cpuSeconds;
  const what = `${engine}: ${millions} verified`;
  const besideWhat = 'a bare sequential read';
  return [
    { what, ours: perSecond(whole), beside: perSecond(bare), unit: 'rows/s', besideWhat },
    {
      what: `${what}, by CPU-second`,
      ours: perCpuSecond(whole),
      beside: perCpuSecond(bare),
      unit: '/s',
      besideWhat,
    },
    {
      what: `${what}, memory`,
      ours: whole.megabytes,
      beside: whole.result.idleMegabytes,
      unit: 'MB',
      besideWhat: 'the process before the first row',
    },
  ];
};

const filterResults = (engine: string, { key, filters }: FiltersMeasured): Result[] =>
  filters.map(({ what, p95 }) => ({
    what: `${engine}: audit list, ${what}, p95`,
    ours: p95,
    beside: key,
    unit: 'ms',
    besideWhat: 'one row by its primary key, p95',
  }));

type Ask = <T>(job: string, input: unknown) => Promise<T>;

/** In a process of its own: its memory is its own. */
const inChild = async <T>(work: (ask: Ask) => Promise<T>): Promise<{ result: T; megabytes: number }> => {
  const child = startChild('audit');
  const result = await work((job, input) => child.ask(job, input));
  const { peakMegabytes } = await child.usage();
  await child.stop();
  return { result, megabytes: peakMegabytes };
};
