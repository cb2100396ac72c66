import { startChild } from './child.ts';
import type { Drawn } from './letters-content.ts';
import { say, withProgress } from './measure.ts';
import type { Result } from './table.ts';

const count = 10_000;
const plainCount = 200;
const mergedCount = 1_000;

/** Our drawing against pdfkit as its manual shows it: the same words, address, secret and DataMatrix. */
export const benchLetters = async (): Promise<Result[]> => {
  const ours = await draw('letters', 'ours', { count, withPasswords: false });
  const printed = await draw('letters', 'ours', { count, withPasswords: true });
  const merged = await draw('plain', 'merged', { count: mergedCount });
  const each = await draw('plain', 'each', { count: plainCount });

  const rate = (what: string, mine: Drawing, other: Drawing, besideWhat: string, least?: number): Result => ({
    what,
    unit: '/s',
    ours: perCpuSecond(mine),
    beside: perCpuSecond(other),
    besideWhat,
    ...(least !== undefined && { target: { least } }),
  });
  return [
    rate('letters by CPU-second', ours, each, 'pdfkit, a document for each letter', 200),
    rate('letters by CPU-second', ours, merged, 'pdfkit, one merged document', 20),
    rate('… with passwords made and hashed', printed, each, 'pdfkit, a document for each letter'),
    rate('… with passwords made and hashed', printed, merged, 'pdfkit, one merged document'),
    {
      what: 'bytes a letter',
      unit: 'B',
      ours: ours.bytes / ours.letters,
      beside: 1_536,
      besideWhat: 'the bound: 1.5 KB',
      target: { most: 1 },
    },
    {
      what: 'bytes a letter',
      unit: 'B',
      ours: ours.bytes / ours.letters,
      beside: merged.bytes / merged.letters,
      besideWhat: 'pdfkit, one merged document',
    },
    {
      what: `peak memory, ${count.toLocaleString('en-GB')} letters`,
      unit: 'MB',
      ours: printed.peakMegabytes,
      beside: 200,
      besideWhat: 'the bound: 200 MB',
      target: { most: 1 },
    },
  ];
};

type Drawing = Drawn & { peakMegabytes: number };

/** In a process of its own, so that its memory is its own. */
const draw = async (
  file: 'letters' | 'plain',
  job: string,
  input: { count: number; withPasswords?: boolean },
): Promise<Drawing> => {
  const child = startChild(file);
  const began = performance.now();
  const seconds = () => Math.round((performance.now() - began) / 1_000);
  say(`${input.count} letters, ${job === 'ours' ? job : `pdfkit ${job}`}`);
  const drawn = await withProgress(
    () => `${job}: ${seconds()} s`,
    () => child.ask<Drawn>(job, input),
  );
  const { peakMegabytes } = await child.usage();
  await child.stop();
  return { ...drawn, peakMegabytes };
};

const perCpuSecond = ({ letters, cpuSeconds }: Drawn): number => letters / cpuSeconds;
