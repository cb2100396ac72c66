import { UsageError, wholeNumber, type Job } from './cli.ts';
import { momentInWords } from './core/days.ts';
import { read, systemVisit } from './core/perform.ts';
import { makeCanaries } from './imports/make-canaries.service.ts';
import { listCanaries } from './members/canaries.service.ts';

const mostAtOnce = 50;

/** `canary make <organisation>`: invented members at whom nobody has a reason to look. */
export const makeSomeCanaries = ({ terminal, say, options, words, withHouse }: Job): Promise<number> => {
  const count = options.count === undefined ? 5 : wholeNumber(options.count, say, '--count');
  if (count < 1 || count > mostAtOnce) throw new UsageError(say('badNumber', { option: '--count' }));
  return withHouse(async (house) => {
    const [organisationId = ''] = words;
    const known = house.everyOrganisation();
    if (!known.includes(organisationId)) {
      throw new UsageError(say('unknownOrganisation', { known: known.join(', ') }));
    }
    const made = await makeCanaries(systemVisit(house, 'cli', known), organisationId, count);
    terminal.out(say('canariesMade', { count: made.length }));
    return 0;
  });
};

/** `canary list`: which members are canaries; the one place that tells. */
export const listAllCanaries = ({ terminal, say, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const visit = systemVisit(house, 'cli', house.everyOrganisation());
    const canaries = await read(visit, (ctx) => listCanaries(ctx.db, ctx.scope));
    if (canaries.length === 0) terminal.out(say('canaryNone'));
    for (const { id, organisationId, memberNumber, madeAt } of canaries) {
      const since = momentInWords('fr', madeAt);
      terminal.out(say('canaryLine', { id, organisation: organisationId, number: memberNumber, since }));
    }
    return 0;
  });
