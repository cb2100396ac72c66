import { UsageError, type Job } from './cli.ts';
import type { Language } from './core/words.ts';
import { policyReport, tellerOf } from './supervision/policy-report.service.ts';
import type { GuessingOdds, PolicyReport, WeakPoint } from './supervision/policy-report.schema.ts';
import type { Teller } from './supervision/weak-points.ts';

/** `policy report`: what is weak in each organisation's procedure, for reading or, with `--json`, for programs. */
export const reportPolicies = ({ terminal, say, options, withHouse }: Job): Promise<number> => {
  const language = languageOf(options.language, say);
  return withHouse(async (house) => {
    const known = house.organisations.all().map(({ id }) => id);
    const wanted = options.organisation;
    if (typeof wanted === 'string' && !known.includes(wanted)) {
      throw new UsageError(say('unknownOrganisation', { known: known.join(', ') }));
    }
    const reports = policyReport(house, language, typeof wanted === 'string' ? [wanted] : known);
    if (options.json === true) terminal.out(JSON.stringify(reports, null, 2));
    else
      for (const line of reports.flatMap((one) => linesOf(tellerOf(house, language), one)))
        terminal.out(line);
    return 0;
  });
};

const languageOf = (typed: unknown, say: Job['say']): Language => {
  if (typed === undefined || typed === 'fr') return 'fr';
  if (typed === 'en') return 'en';
  throw new UsageError(say('badField', { field: '--language' }));
};

const linesOf = (tell: Teller, report: PolicyReport): string[] => [
  report.organisationName,
  '='.repeat(report.organisationName.length),
  ...(report.weakPoints.length === 0 ? wrapped(1, tell.say('cli.none')) : []),
  ...report.weakPoints.flatMap((point) => linesOfPoint(tell, point)),
  ...linesOfPromise(tell, report.promise),
  ...(report.odds.length > 0 ? ['', ...wrapped(1, tell.say('cli.odds'))] : []),
  ...report.odds.flatMap((odds) => wrapped(2, oddsInWords(tell, odds))),
  '',
];

const linesOfPoint = ({ say, number }: Teller, point: WeakPoint): string[] => {
  const { severity, title, bits, detail, change } = point;
  const rule = bits === null ? point.rule : say('cli.bits', { rule: point.rule, bits: number(bits) });
  return [
    '',
    ...wrapped(1, `${say(`severity.${severity}`)} · ${title}`),
    ...wrapped(2, say('cli.rule', { rule })),
    ...wrapped(2, say('cli.detail', { detail })),
    ...wrapped(2, say('cli.change', { change })),
  ];
};

const linesOfPromise = ({ say, share }: Teller, promise: PolicyReport['promise']): string[] => {
  if (!promise) return [];
  const { promised, product, keptShare, worst, better } = promise;
  const line = say('cli.promise', { promised, product, share: share(keptShare), worst });
  return ['', ...wrapped(1, line), ...(better ? wrapped(2, say('cli.better', { product: better })) : [])];
};

const oddsInWords = (tell: Teller, odds: GuessingOdds): string => {
  const { secret, bits, perMemberYear, perMillionYear, acceptable } = odds;
  const perMillion = perMillionYear < fewestTold ? undefined : twoDigits(tell, perMillionYear);
  return tell.say('cli.odd', {
    secret,
    bits: tell.number(bits),
    perMember: chanceInWords(tell, perMemberYear),
    perMillion: perMillion ?? tell.say('cli.under', { value: tell.number(fewestTold, 2) }),
    verdict: tell.say(acceptable ? 'cli.acceptable' : 'cli.tooMuch'),
  });
};

const fewestTold = 0.01;
const rarestTold = 1e9;

const chanceInWords = (tell: Teller, chance: number): string => {
  if (chance > 0.99) return tell.say('cli.sure');
  if (chance * rarestTold < 1) return tell.say('cli.rare', { many: tell.number(rarestTold) });
  return tell.say('cli.oneIn', { many: twoDigits(tell, 1 / chance) });
};

// More digits would claim what nobody knows.
const twoDigits = ({ number }: Teller, value: number): string => number(Number(value.toPrecision(2)), 2);

const widest = 100;

/** Lines of at most a hundred characters, so many steps in. */
const wrapped = (steps: number, text: string): string[] => {
  const indent = '  '.repeat(steps);
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent.length + line.length + word.length >= widest) {
      lines.push(indent + line);
      line = '';
    }
    line += line === '' ? word : ` ${word}`;
  }
  return [...lines, indent + line];
};
