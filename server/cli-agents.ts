import type { z } from 'zod';
import { NewAgent, Placement } from './agents/agents.schema.ts';
import { createAgent, idOfAgent, setAgent } from './agents/agents.service.ts';
import { resetFactors } from './agents/factors-own.service.ts';
import { readHours } from './agents/hours-text.ts';
import { NewSite } from './agents/sites.schema.ts';
import { addSite, listSites } from './agents/sites.service.ts';
import { UsageError, type Job } from './cli.ts';
import type { House } from './core/ctx.ts';
import { AppError } from './core/errors.ts';
import { perform, read, systemVisit } from './core/perform.ts';
import { hoursInWords } from './organisations/opening-hours.ts';

/** `agent create <username>`: an account of the desk, its password read or made and shown once. */
export const createAnAgent = (job: Job): Promise<number> => {
  const { terminal, say, options, words, withHouse } = job;
  const placement = placementIn(job);
  return withHouse(async (house) => {
    const known = house.everyOrganisation();
    const given = options['password-stdin'] === true ? await firstLine(terminal.input) : null;
    const password = given ?? Buffer.from(house.random.bytes(15)).toString('base64url');
    const organisations = listIn(options.organisations);
    const input = checked(job, house, NewAgent, {
      username: words[0],
      name: options.name,
      role: options.role,
      organisations: organisations.length > 0 ? organisations : known,
      password,
      ...placement,
    });
    await createAgent(systemVisit(house, 'cli', known), input, known);
    terminal.out(say('agentMade', { username: input.username }));
    if (given === null) terminal.out(say('agentPassword', { password }));
    return 0;
  });
};

/** `agent set <username>`: where they work, on whose accounts they never act, where alarms are told. */
export const setAnAgent = (job: Job): Promise<number> => {
  const { terminal, say, words, withHouse } = job;
  const placement = placementIn(job);
  if (Object.keys(placement).length === 0) throw new UsageError(say('nothingToSet'));
  return withHouse(async (house) => {
    const [username = ''] = words;
    const input = checked(job, house, Placement, placement);
    await setAgent(systemVisit(house, 'cli', house.everyOrganisation()), username, input);
    terminal.out(say('agentSet', { username }));
    return 0;
  });
};

/** `agent reset-factors <username>`: the way back of the last administrator, who has nobody to ask. */
export const resetFactorsOf = ({ terminal, say, words, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const [username = ''] = words;
    const visit = systemVisit(house, 'cli', house.everyOrganisation());
    const id = await idOfAgent(house.pool, username);
    if (id === undefined) throw new AppError('not-found', 'agents.unknownUsername');
    await perform(visit, (ctx) => resetFactors(ctx, id));
    terminal.out(say('agentFactorsReset', { username }));
    return 0;
  });

/** `site add <name>`: where agents work, and its hours. */
export const addASite = (job: Job): Promise<number> => {
  const { terminal, say, options, words, withHouse } = job;
  const reading = readHours(typeof options.hours === 'string' ? options.hours : '');
  if (!reading.ok) throw new UsageError(say('badHours', { part: reading.part }));
  return withHouse(async (house) => {
    const input = checked(job, house, NewSite, { name: words[0], hours: reading.hours });
    const { name } = await addSite(systemVisit(house, 'cli', []), input);
    terminal.out(say('siteMade', { name }));
    return 0;
  });
};

/** `site list`: every site with its hours. */
export const listAllSites = ({ terminal, say, withHouse }: Job): Promise<number> =>
  withHouse(async (house) => {
    const sites = await read(systemVisit(house, 'cli', []), listSites);
    if (sites.length === 0) terminal.out(say('siteNone'));
    for (const { name, hours } of sites) {
      const lines = hoursInWords({ house, language: 'fr' }, hours);
      terminal.out(say('siteLine', { name, hours: lines.join(' ; ') || say('siteAlways') }));
    }
    return 0;
  });

/** What was said of where an agent works; an empty option takes away. */
const placementIn = ({ say, options }: Job): object => {
  const name = (option: 'site' | 'team' | 'email') =>
    typeof options[option] === 'string' && { [option]: options[option].trim() || null };
  const households = (option: 'own' | 'relatives') =>
    typeof options[option] === 'string' && {
      [option]: listIn(options[option]).map((part) => {
        const [, organisationId, memberNumber] = /^([^:]+):([^:]+)$/.exec(part) ?? [];
        if (!memberNumber) throw new UsageError(say('badHousehold', { option: `--${option}`, part }));
        return { organisationId, memberNumber };
      }),
    };
  const texts = { ...name('site'), ...name('team'), ...name('email') };
  return { ...texts, ...households('own'), ...households('relatives') };
};

/** @throws UsageError in words, once for each field that is absent or wrong. */
const checked = <T>({ say }: Job, { words }: House, schema: z.ZodType<T>, typed: object): T => {
  const parsed = schema.safeParse(typed);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) =>
    words.has(message) ? words.say('fr', message) : say('badField', { field: String(path[0]) }),
  );
  throw new UsageError([...new Set(problems)].join('\n'));
};

const listIn = (option: unknown): string[] =>
  String(option ?? '')
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

const firstLine = async (input: AsyncIterable<Uint8Array>): Promise<string> => {
  let text = '';
  for await (const bytes of input) {
    text += Buffer.from(bytes).toString('utf8');
    if (text.includes('\n') || text.length > 1_000) break;
  }
  return text.split(/\r?\n/)[0] ?? '';
};
