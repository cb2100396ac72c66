import type { Walked } from './audit.child.ts';
import { startChild } from './child.ts';
import { say } from './measure.ts';
import { temporaryFolder } from './place.ts';
import type { Result } from './table.ts';

const rows = Number(process.env.BENCH_AUDIT_ROWS ?? 1_000_000);

/** The whole chain read once, beside the bare driver reading the same table and doing nothing. */
export const benchAudit = async (): Promise<Result[]> => {
  const folder = temporaryFolder();
  await inChild((ask) => ask('fill', { folder, rows }));
  const bare = await inChild<Walked>((ask) => ask('read', { folder }));
  const whole = await inChild<Walked>((ask) => ask('verify', { folder }));
  if (!whole.result.holds || whole.result.rows < rows)
    throw new Error('The chain of the bench does not hold.');

  const perSecond = ({ result }: { result: Walked }) => result.rows / result.seconds;
  const perCpuSecond = ({ result }: { result: Walked }) => result.rows / result.cpuSeconds;
  say(`${whole.result.rows} rows verified in ${whole.result.seconds.toFixed(1)} s`);
  const what = `${(rows / 1e6).toLocaleString('en-GB')} M audit rows verified`;
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

type Ask = <T>(job: string, input: unknown) => Promise<T>;

/** In a process of its own: its memory is its own. */
const inChild = async <T>(work: (ask: Ask) => Promise<T>): Promise<{ result: T; megabytes: number }> => {
  const child = startChild('audit');
  const result = await work((job, input) => child.ask(job, input));
  const { peakMegabytes } = await child.usage();
  await child.stop();
  return { result, megabytes: peakMegabytes };
};
