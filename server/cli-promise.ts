import { UsageError, wholeNumber, type Job } from './cli.ts';
import { zones } from './core/calendar.ts';
import type { House } from './core/ctx.ts';
import { AppError } from './core/errors.ts';
import type { Policy } from './organisations/policy.schema.ts';
import type { PromiseKeeping } from './supervision/promise-keeping.schema.ts';
import { comingYear, minutesInWords, promiseKeeping } from './supervision/promise-keeping.service.ts';
import { tellerOf } from './supervision/policy-report.service.ts';

type Row = PromiseKeeping['rows'][number];

/** `promise`: what share of a year's requests keep an organisation's promise, for reading or, with `--json`, for programs. */
export const tellPromise = (job: Job): Promise<number> => {
  const { terminal, say, options, withHouse } = job;
  const { zone, product } = options;
  if (typeof zone === 'string' && !zones.some((one) => one === zone)) {
    throw new UsageError(say('unknownZone', { known: zones.join(', ') }));
  }
  return withHouse(async (house) => {
    const policy = policyNamed(house, job);
    const year = yearOf(house, job);
    const found = promiseKeeping({ house, language: 'fr' }, policy, {
      year,
      product: typeof product === 'string' ? product : undefined,
    });
    const told = { ...found, rows: found.rows.filter((row) => row.zone === (zone ?? row.zone)) };
    if (options.json === true) terminal.out(JSON.stringify(told, null, 2));
    else {
      const heading = { organisation: policy.name, year, promise: told.promiseInWords ?? '' };
      terminal.out(say(told.promise ? 'promise.of' : 'promise.none', heading));
      const took = (minutes: number) => minutesInWords({ house, language: 'fr' }, minutes);
      const lines = linesOf(told.rows, { say, share: tellerOf(house, 'fr').share, took });
      for (const line of lines) terminal.out(line);
    }
    return 0;
  });
};

const policyNamed = (house: House, { words: [id = ''], say }: Job): Policy => {
  const policy = house.organisations.get(id);
  const known = house.organisations.all().map((one) => one.id);
  if (!policy) throw new UsageError(say('unknownOrganisation', { known: known.join(', ') }));
  if (!policy.letter) throw new AppError('policy-refused', 'lots.noLetters', { rule: 'letter.none' });
  return policy;
};

const yearOf = (house: House, { options, say }: Job): number => {
  if (options.year === undefined) return comingYear(house.clock());
  const year = wholeNumber(options.year, say, '--year');
  if (year < 2000 || year > 2099) throw new UsageError(house.words.say('fr', 'promiseKeeping.badYear'));
  return year;
};

type Telling = {
  say: Job['say'];
  share: (value: number) => string;
  took: (minutes: number) => string;
};

/** A block for each product, in the order of the file: one line for each zone. */
const linesOf = (rows: Row[], { say, share, took }: Telling): string[] => {
  const widest = Math.max(...rows.map(({ zoneInWords }) => zoneInWords.length));
  return [...new Set(rows.map(({ product }) => product))].flatMap((product) => {
    const ofProduct = rows.filter((row) => row.product === product);
    const lines = ofProduct.map((row) => {
      const usual = row.isDefault ? ` (${say('promise.usual')})` : '';
      const kept = row.share === null ? '' : `${share(row.share).padStart(8)}  `;
      return `  ${row.zoneInWords.padEnd(widest)}  ${kept}${say('promise.worst', { worst: took(row.worstMinutes) })}${usual}`;
    });
    const [first] = ofProduct;
    const compared = first?.compared.map((one) => `${one.promiseInWords} ${share(one.share)}`) ?? [];
    return [
      '',
      `${first?.label ?? product} (${product})`,
      ...lines,
      `  ${say('promise.compared', { zone: first?.zoneInWords ?? '', promises: compared.join(' · ') })}`,
    ];
  });
};
