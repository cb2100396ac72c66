import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { UsageError, wholeNumber, type Job } from './cli.ts';
import type { House } from './core/ctx.ts';
import { read, systemVisit } from './core/perform.ts';
import { columnsOf, readMapping } from './imports/columns.ts';
import { runImports } from './imports/imports-apply.service.ts';
import type { Import } from './imports/imports.schema.ts';
import { describeImport, takeFile } from './imports/imports.service.ts';

export const rejectionsShown = 20;
const tellEveryMs = 1_900;

/** `import <organisation> <file>`: reads, checks and applies a file, telling how far it is and what became of it. */
export const importFile = (job: Job): Promise<number> => {
  const { say, options, words } = job;
  const [organisationId = '', path = ''] = words;
  if (options.complete === true && options.movements === true)
    throw new UsageError(say('completeOrMovements'));
  const content = options.companies === true ? 'companies' : options.proofs === true ? 'proofs' : 'members';
  if (options.companies === true && options.proofs === true) throw new UsageError(say('companiesOrProofs'));
  const expectedLines = options.lines === undefined ? undefined : wholeNumber(options.lines, say, '--lines');
  assertFile(job, path);
  const mapping =
    typeof options.mapping === 'string'
      ? readMapping(mappingText(job, options.mapping), columnsOf[content])
      : undefined;

  return job.withHouse(async (house) => {
    const organisations = house.organisations.all().map(({ id }) => id);
    if (!organisations.includes(organisationId)) {
      throw new UsageError(say('unknownOrganisation', { known: organisations.join(', ') }));
    }
    const visit = systemVisit(house, 'cli', [organisationId]);
    const telling = keepTelling(house, job);
    try {
      telling.now('reading', 0);
      const taken = await takeFile(visit, {
        organisationId,
        content,
        extent: options.complete === true ? 'complete' : 'movements',
        expectedLines,
        mapping,
        source: createReadStream(path),
        onProgress: (lines) => telling.now('reading', lines),
      });
      const done = await applyToEnd(house, taken, (lines) => telling.now('applying', lines));
      return report(job, done);
    } finally {
      telling.stop();
    }
  });
};

const applyToEnd = async (house: House, taken: Import, onLines: (lines: number) => void): Promise<Import> => {
  const visit = systemVisit(house, 'cli', [taken.organisationId]);
  for (;;) {
    const now = await read(visit, (ctx) => describeImport(ctx, taken.id));
    if (now.state !== 'applying') return now;
    const onProgress = ({ importId, linesDone }: { importId: string; linesDone: number }) =>
      importId === taken.id ? onLines(linesDone) : undefined;
    await runImports(house, { onProgress, isGuest: true });
    // Another process may be at it: then it is waited for.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

/** A line now and then, so that nobody wonders whether it still runs. */
const keepTelling = (house: House, { terminal }: Job) => {
  let step = 'reading';
  let lines = 0;
  const timer = setInterval(
    () => terminal.out(house.words.say('fr', `cli.progress.${step}`, { lines })),
    tellEveryMs,
  );
  return {
    now: (nextStep: string, nextLines: number): void => {
      step = nextStep;
      lines = nextLines;
    },
    stop: () => clearInterval(timer),
  };
};

const report = ({ terminal, say }: Job, done: Import): number => {
  const { out } = terminal;
  out(say(`state.${done.state}`));
  if (done.problem) out(done.problem);
  for (const count of ['linesRead', 'accepted', 'updated', 'unchanged', 'rejected', 'duplicate'] as const) {
    out(say(`counts.${count}`, { count: done[count] }));
  }
  for (const count of ['closed', 'conflicts', 'corrected'] as const) {
    const name = count === 'closed' && done.content === 'proofs' ? 'dropped' : count;
    if (done[count] > 0) out(say(`counts.${name}`, { count: done[count] }));
  }
  for (const rejection of done.rejections.slice(0, rejectionsShown))
    tellRejection({ terminal, say }, rejection);
  const more = done.rejected + done.duplicate - rejectionsShown;
  if (more > 0) out(say('moreRejections', { more, id: done.id }));
  return done.state === 'done' ? 0 : 1;
};

export const tellRejection = (
  { terminal, say }: Pick<Job, 'terminal' | 'say'>,
  { line, column, message }: Import['rejections'][number],
): void =>
  terminal.out(
    column ? say('rejection', { line, column, message }) : say('rejectionOfLine', { line, message }),
  );

/** @throws UsageError when there is no such file. */
export const assertFile = ({ say }: Job, path: string): void => {
  if (!existsSync(path) || !statSync(path).isFile()) throw new UsageError(say('noFile', { path }));
};

const mappingText = (job: Job, path: string): string => {
  assertFile(job, path);
  return readFileSync(path, 'utf8');
};
