import { startChild } from './child.ts';
import type { Drawn } from './letters-content.ts';
import { say, withProgress } from './measure.ts';
import type { Result } from './table.ts';

const few = 1_000;
const many = 10_000;
const plainCount = 100;

/**
 * Our drawing against pdfkit as its manual shows it and a PDF written by hand: the same words, address, secret and
 * DataMatrix; at both sizes, without and with the passwords made and hashed.
 */
export const benchLetters = async (): Promise<Result[]> => {
  const drawn = await draw('letters', 'ours', { count: many, withPasswords: false });
  const printed = await draw('letters', 'ours', { count: many, withPasswords: true });
  const drawnFew = await draw('letters', 'ours', { count: few, withPasswords: false });
  const printedFew = await draw('letters', 'ours', { count: few, withPasswords: true });
  const merged = await draw('plain', 'merged', { count: few });
  const each = await draw('plain', 'each', { count: plainCount });
  const minimal = await draw('plain', 'minimal', { count: many });
  const named = [
    [drawn, 'drawn'],
    [printed, 'with passwords'],
    [drawnFew, 'drawn'],
    [printedFew, 'with passwords'],
  ] as const;

  return [
    rate(drawn, 'drawn', each, 'pdfkit, a document for each letter', 200),
    rate(drawn, 'drawn', merged, 'pdfkit, one merged document', 20),
    rate(drawn, 'drawn', minimal, 'a PDF written by hand, the practical limit', 0.7),
    ...named
      .slice(1)
      .flatMap(([mine, how]) => [
        rate(mine, how, each, 'pdfkit, a document for each letter'),
        rate(mine, how, merged, 'pdfkit, one merged document'),
      ]),
    bytes(drawn, { letters: 1, bytes: 1_536 }, 'the bound: 1.5 KB', 1),
    bytes(drawn, merged, 'pdfkit, one merged document'),
    bytes(drawn, minimal, 'a PDF written by hand'),
    ...named.map(([mine, how]) => memory(mine, how)),
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
  say(`${input.count} letters, ${job}${input.withPasswords ? ' with passwords' : ''}`);
  const drawn = await withProgress(
    () => `${job}: ${seconds()} s`,
    () => child.ask<Drawn>(job, input),
  );
  const { peakMegabytes } = await child.usage();
  await child.stop();
  return { ...drawn, peakMegabytes };
};

const rate = (mine: Drawing, how: string, other: Drawing, besideWhat: string, least?: number): Result => ({
  what: `letters by CPU-second, ${shown(mine)} ${how}`,
  unit: '/s',
  ours: perCpuSecond(mine),
  beside: perCpuSecond(other),
  besideWhat: `${besideWhat} (${shown(other)})`,
  ...(least !== undefined && { target: { least } }),
});

const bytes = (
  mine: Drawing,
  other: Pick<Drawn, 'letters' | 'bytes'>,
  besideWhat: string,
  most?: number,
): Result => ({
  what: `bytes a letter, ${shown(mine)}`,
  unit: 'B',
  ours: mine.bytes / mine.letters,
  beside: other.bytes / other.letters,
  besideWhat,
  ...(most !== undefined && { target: { most } }),
});

const memory = (mine: Drawing, how: string): Result => ({
  what: `peak memory, ${shown(mine)} ${how}`,
  unit: 'MB',
  ours: mine.peakMegabytes,
  beside: 200,
  besideWhat: 'the bound: 200 MB',
  target: { most: 1 },
});

const shown = ({ letters }: Drawn): string => letters.toLocaleString('en-GB');

const perCpuSecond = ({ letters, cpuSeconds }: Drawn): number => letters / cpuSeconds;
