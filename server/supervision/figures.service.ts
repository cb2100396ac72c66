import { teamsOf, type Team } from '../agents/teams.service.ts';
import { addDays, parisDay, type Day } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { waitingAges, waitingLetters } from '../letters/posted.service.ts';
import { costsOn } from './costs-file.ts';
import { measureGroups, type Counted, type Measure } from './figures-measures.ts';
import { readState } from './figures-memory.store.ts';
import { countedIn, stretchInWords, stretchesOf, type Stretch } from './figures-stretches.ts';
import type { Figure, Figures, FiguresQuery, FigureStep } from './figures.schema.ts';
import { listAccounts, listTallies } from './figures.store.ts';
import { shownTeams } from './team-size.ts';

/**
 * The figures of the desk, with what each means. They name no agent, and no team so small that it would be one.
 *
 * @throws AppError `not-found` for an organisation, a site or a team whose figures are not this reader's;
 * `invalid-input` when the days are the wrong way round or too many.
 */
export const readFigures = async (ctx: Ctx, query: FiguresQuery): Promise<Figures> => {
  const { organisation, site, team, by } = query;
  const days = daysOf(ctx, query);
  const organisationIds = ctx.scope.organisationIds.filter((id) => (organisation ?? id) === id);
  if (organisationIds.length === 0) throw new AppError('not-found', 'common.notFound');
  const sites = sitesOf(await teamsOf(ctx.db, ctx.scope.organisationIds), organisationIds);
  assertShown(sites, query);

  const of = { organisationIds, ...days, siteId: site, team };
  const tallies = await listTallies(ctx.db, of);
  const since = { from: addDays(days.from, -accountsKnownFor), to: days.to };
  const accounts = await listAccounts(ctx.db, organisationIds, since);
  const stretches = stretchesOf(days, by);
  const count = (stretch: Stretch) => countedIn(stretch, { tallies, accounts, costs: ctx.house.costs });

  return {
    ...days,
    by,
    organisationIds,
    siteId: site ?? null,
    team: team ?? null,
    stretches: stretches.map((stretch) => inWords(ctx, by, stretch)),
    groups: groupsOf(ctx, { total: count(days), each: stretches.map(count), ofSite: site !== undefined }),
    waiting: site === undefined ? await waitingNow(ctx, organisationIds) : null,
    sites,
    costs: costsInWords(ctx, days.to),
    countedUntil: (await readState(ctx.db)).countedUntil,
  };
};

const usualDays = 30;
const mostDays = { day: 366, week: 1_830, month: 1_830 } as const;
// A count of accounts says something of the month after it.
const accountsKnownFor = 31;
// A call is repeated when another comes within the week.
const provisionalDays = 7;

const daysOf = (ctx: Ctx, { from, to, by }: FiguresQuery): Stretch => {
  const until = to ?? parisDay(ctx.now);
  const since = from ?? addDays(until, 1 - usualDays);
  if (until < since) throw wrong('to', 'figures.backwards');
  if (Date.parse(until) - Date.parse(since) >= mostDays[by] * 86_400_000)
    throw wrong('to', 'figures.tooLong', { days: mostDays[by] });
  return { from: since, to: until };
};

const wrong = (field: string, words: string, params = {}): AppError =>
  new AppError('invalid-input', words, { params, fields: { [field]: words } });

type Site = Figures['sites'][number];

/** The sites that work for these organisations; which teams are shown hangs on all that the reader may see. */
const sitesOf = (teams: Team[], organisationIds: readonly string[]): Site[] => {
  const sites = new Map<string, { name: string; teams: Team[] }>();
  for (const team of teams) {
    if (team.siteId === null) continue;
    const known = sites.get(team.siteId) ?? { name: team.siteName ?? '', teams: [] };
    sites.set(team.siteId, { ...known, teams: [...known.teams, team] });
  }
  return [...sites]
    .filter(([, site]) => site.teams.some(({ organisationId }) => organisationIds.includes(organisationId)))
    .map(([id, site]) => ({ id, name: site.name, teams: shownTeams(site.teams) }));
};

const assertShown = (sites: Site[], { site, team }: FiguresQuery): void => {
  if (team !== undefined && site === undefined) throw wrong('site', 'figures.siteFirst');
  const found = sites.find(({ id }) => id === site);
  if (site !== undefined && !found) throw new AppError('not-found', 'common.notFound');
  // Too small and not there at all are answered alike.
  if (team !== undefined && !found?.teams.includes(team)) throw new AppError('not-found', 'figures.noTeam');
};

const inWords = ({ house, language, now }: Ctx, by: FigureStep, stretch: Stretch) => ({
  ...stretch,
  label: stretchInWords(language, by, stretch, house.words.say(language, 'figures.week')),
  isProvisional: stretch.to > addDays(parisDay(now), -provisionalDays),
});

const groupsOf = (
  { house, language }: Ctx,
  { total, each, ofSite }: { total: Counted; each: Counted[]; ofSite: boolean },
): Figures['groups'] => {
  const say = (key: string) => house.words.say(language, `figures.${key}`);
  const figureOf = ({ id, unit, isPerOrganisation: bare, of }: Measure): Figure => {
    const isPerOrganisation = bare === true;
    const valueOf = (counted: Counted) => (ofSite && isPerOrganisation ? null : of(counted));
    const words = { label: say(`measures.${id}.label`), meaning: say(`measures.${id}.meaning`) };
    return { id, ...words, unit, isPerOrganisation, total: valueOf(total), values: each.map(valueOf) };
  };
  return measureGroups.map(({ id, measures }) => ({
    id,
    title: say(`groups.${id}`),
    figures: measures.map(figureOf),
  }));
};

const waitingNow = async (ctx: Ctx, organisationIds: string[]): Promise<Figures['waiting']> => {
  const { total, overdue, byAge } = await waitingLetters(ctx, organisationIds);
  const say = (age: string) => ctx.house.words.say(ctx.language, `figures.ages.${age}`);
  return { total, overdue, ages: waitingAges.map((id) => ({ id, label: say(id), letters: byAge[id] })) };
};

const costsInWords = ({ house, language }: Ctx, day: Day): string => {
  const { callMinute, sms, email, sheet, postage } = costsOn(house.costs, day);
  const euros = new Intl.NumberFormat(language === 'fr' ? 'fr-FR' : 'en-GB', {
    style: 'currency',
    currency: 'EUR',
  });
  return house.words.say(language, 'figures.costs', {
    callMinute: euros.format(callMinute),
    sms: euros.format(sms),
    email: euros.format(email),
    sheet: euros.format(sheet),
    postage: Object.entries(postage)
      .map(([product, price]) => `${product} ${euros.format(price)}`)
      .join(', '),
  });
};
