import { resolve } from 'node:path';
import { countAgents, createAgent } from '../agents/agents.service.ts';
import { demoAccounts } from '../agents/demo-accounts.ts';
import { readHours } from '../agents/hours-text.ts';
import { addSite, listSites } from '../agents/sites.service.ts';
import { parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import { read, systemVisit } from '../core/perform.ts';
import type { Role, SpaceType } from '../core/vocabulary.ts';
import { makeDemoPassword, type DemoPassword } from '../accounts/demo-states.service.ts';
import { displayNir } from '../members/nir.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { loadDemoLists, type DemoLists } from './demo-lists.ts';
import { inventCompanies, inventPeople, type DemoOptions } from './demo-people.ts';
import { callerToTry, inventProofs, someoneToTry } from './demo-proofs.ts';
import { giveDemoStates } from './demo-states.ts';
import { runImports } from './imports-apply.service.ts';
import { describeImport, takeFile, type ImportFile } from './imports.service.ts';
import { hasImportOf } from './imports.store.ts';
import { inventCallers, type TrainingCaller } from './training-callers.ts';
import { writeCompanyFile, writeMemberFile, writeProofFile } from './member-file.ts';

export type Print = (line: string) => void;

export type DemoChoice = {
  /** Persons in all organisations together, dependants included. */
  members: number;
  seed?: string;
  lists?: DemoLists;
  print?: Print;
};

/** `members`: how many were not there before. `tries`: who can be tried out on the portal's first connection. */
export type Demo = {
  members: number;
  passwords: { organisation: string; password: string }[];
  tries: { organisation: string; identifier: string; spaceType: SpaceType; fact: string; value: string }[];
  /** A locked member of each organisation, and what they answer when the desk asks who they are. */
  callers: { organisation: string; memberNumber: string; answers: string }[];
};

const startedBy = 'demo';
const personsEach = 250;

/**
 * Invents people for every organisation and takes them in as a management system's files are: written, read,
 * staged, applied. Then gives their accounts a past: open, locked, waiting for a letter, never connected.
 * The same seed makes the same people.
 */
export const loadDemo = async (house: House, choice: DemoChoice): Promise<Demo> => {
  const {
    members,
    seed = 'guichet',
    lists = loadDemoLists(resolve('seeds')),
    print = () => undefined,
  } = choice;
  const policies = house.organisations.all();
  const today = parisDay(house.clock());
  const passwords: Demo['passwords'] = [];
  const tries: Demo['tries'] = [];
  const callers: Demo['callers'] = [];
  let made = 0;
  for (const [at, policy] of policies.entries()) {
    const count = Math.floor(members / policies.length) + (at < members % policies.length ? 1 : 0);
    const options = optionsFor(policy, { seed: `${seed}:${policy.id}`, count, today, lists });
    const tell = progressOf(house, print, policy, count);
    const password = await makeDemoPassword(house, policy);
    made += await loadOrganisation(house, policy, options, password, tell);
    passwords.push({ organisation: policy.name, password: password.text });
    tries.push(...tryOf(policy, options));
    callers.push(...callerOf(policy, options));
  }
  return { members: made, passwords, tries, callers };
};

/**
 * On an empty database outside production: a small demo, and the five accounts with `DEMO_PASSWORD` or one made
 * here, printed once. Says whether what signs in here is the demo.
 */
export const loadDemoIfEmpty = async (
  house: House,
  env: { production: boolean; demoPassword: string | null },
  print: Print,
  choice: Partial<DemoChoice> = {},
): Promise<boolean> => {
  if (env.production) return false;
  if ((await countAgents({ db: house.pool })) > 0) return hasImportOf(house.pool, startedBy);
  const members = choice.members ?? personsEach * house.organisations.all().length;
  print(house.words.say('fr', 'imports.demo.loading', { members }));
  const demo = await loadDemo(house, { ...choice, members, print });
  await createDemoAccounts(house, env.demoPassword, print);
  printPasswords(house, demo, print);
  return true;
};

/** Who rings a training desk: callers of each organisation, about the people that this seed invented on that day. */
export const callersOf = (
  house: House,
  { seed, today }: { seed: string; today: string },
): TrainingCaller[] => {
  const lists = loadDemoLists(resolve('seeds'));
  return house.organisations
    .all()
    .flatMap((policy) =>
      inventCallers(
        policy,
        optionsFor(policy, { seed: `${seed}:${policy.id}`, count: personsEach, today, lists }),
      ),
    );
};

/** The five accounts of the demo, unless the desk has accounts already. */
export const createDemoAccounts = async (house: House, given: string | null, print: Print): Promise<void> => {
  if ((await countAgents({ db: house.pool })) > 0) return;
  const say = (key: string, params = {}) => house.words.say('fr', `imports.demo.${key}`, params);
  const known = house.organisations.all().map(({ id }) => id);
  const visit = systemVisit(house, startedBy, known);
  const password = given ?? makePassword(house);
  const site = await demoSite(house, say('site'));
  for (const [username, role] of Object.entries(demoAccounts)) {
    const name = say(`accounts.${username}`);
    const team = answersCalls.includes(role) ? { team: say('team') } : {};
    const email = role === 'supervisor' ? { email: `${username}@guichet.example` } : {};
    const account = { username, name, role, organisations: known, password, site, ...team, ...email };
    await createAgent(visit, account, known);
  }
  print(say('accountsMade', { usernames: Object.keys(demoAccounts).join(', ') }));
  print(given ? say('passwordGiven') : say('passwordMade', { password }));
};

const demoHours = 'monday-friday 08:30-18:00, saturday 09:00-12:00';

/** The name of the site at which all of the demo works; a site of this name may be there already. */
const demoSite = async (house: House, name: string): Promise<string> => {
  if ((await listSites({ db: house.pool })).some((site) => site.name === name)) return name;
  const reading = readHours(demoHours);
  if (!reading.ok) throw new Error('The demo’s own hours cannot be read.');
  await addSite(systemVisit(house, startedBy, []), { name, hours: reading.hours });
  return name;
};

export const printPasswords = (house: House, { passwords, tries, callers }: Demo, print: Print): void => {
  const say = (key: string, params = {}) => house.words.say('fr', `imports.demo.${key}`, params);
  print(say('memberPasswords'));
  for (const { organisation, password } of passwords) print(`  ${organisation}: ${password}`);
  if (tries.length > 0) print(say('firstConnections'));
  for (const one of tries) print(`  ${say('firstConnection', one)}`);
  if (callers.length > 0) print(say('callers'));
  for (const one of callers) print(`  ${say('caller', one)}`);
};

/** Who has a team: the others are not rung. */
const answersCalls: Role[] = ['agent', 'supervisor'];

const optionsFor = (
  policy: Policy,
  basis: Pick<DemoOptions, 'seed' | 'count' | 'today' | 'lists'>,
): DemoOptions => ({
  ...basis,
  identifiers: policy.signIn.identifiers.every(({ kind }) => kind === 'nir') ? 'nir' : 'member-number',
  spaceTypes: policy.spaceTypes,
  clientCompanies: policy.disabled.some(({ id }) => id === 'client-rights-lost'),
  firstPasswordCodes: policy.firstPassword.ways.includes('statement-code'),
});

const loadOrganisation = async (
  house: House,
  policy: Policy,
  options: DemoOptions,
  password: DemoPassword,
  tell: (step: string, done: number) => void,
): Promise<number> => {
  const visit = systemVisit(house, startedBy, [policy.id]);
  const file = { organisationId: policy.id, extent: 'movements' } as const;
  const take = (more: Pick<ImportFile, 'content' | 'source' | 'expectedLines'>) =>
    takeFile(visit, { ...file, ...more, onProgress: (lines) => tell('reading', lines) });

  if (options.clientCompanies) {
    const companies = writeCompanyFile(inventCompanies(options.lists, options.today));
    await take({ content: 'companies', source: bytesOf(companies) });
    await runImports(house);
  }
  if (options.count === 0) return 0;
  const people = writeMemberFile(personsOf(options));
  const { id } = await take({ content: 'members', source: bytesOf(people), expectedLines: options.count });
  await runImports(house, { onProgress: ({ linesDone }) => tell('applying', linesDone) });
  if (policy.facts.length > 0) {
    await take({ content: 'proofs', source: bytesOf(writeProofFile(inventProofs(policy, options))) });
    await runImports(house, { onProgress: ({ linesDone }) => tell('proofs', linesDone) });
  }
  await giveDemoStates(house, policy, options, password, (done) => tell('accounts', done));
  return (await read(visit, (ctx) => describeImport(ctx, id))).accepted;
};

const tryOf = (policy: Policy, options: DemoOptions): Demo['tries'] => {
  const found = someoneToTry(policy, options);
  if (!found) return [];
  const { nir, memberNumber, spaceType } = found.person;
  const fact = policy.facts.find(({ id }) => id === found.proof.fact)?.label.fr ?? '';
  const identifier = options.identifiers === 'nir' && nir ? displayNir(nir.body, nir.key) : memberNumber;
  return [{ organisation: policy.name, identifier, spaceType, fact, value: found.proof.value }];
};

const callerOf = (policy: Policy, options: DemoOptions): Demo['callers'] => {
  const found = callerToTry(policy, options);
  if (!found) return [];
  const labelOf = (fact: string) => policy.facts.find(({ id }) => id === fact)?.label.fr ?? '';
  const answers = found.proofs.map(({ fact, value }) => `« ${labelOf(fact)} » ${value}`).join(' ; ');
  return [{ organisation: policy.name, memberNumber: found.person.memberNumber, answers }];
};

const personsOf = function* (options: DemoOptions) {
  for (const { person } of inventPeople(options)) yield person;
};

/** The file as it would come from a disk: in pieces of 64 KB, none held longer than it takes to read it. */
const bytesOf = async function* (lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  let text = '';
  for (const line of lines) {
    text += line;
    if (text.length < 65_536) continue;
    yield Buffer.from(text);
    text = '';
  }
  yield Buffer.from(text);
};

const progressOf = (house: House, print: Print, policy: Policy, count: number) => {
  let told = performance.now();
  return (step: string, done: number): void => {
    if (performance.now() - told < 1_500) return;
    told = performance.now();
    print(house.words.say('fr', `imports.progress.${step}`, { organisation: policy.name, done, of: count }));
  };
};

const makePassword = (house: House): string =>
  [...house.random.bytes(16)].map((byte) => 'abcdefghjkmnpqrstuvwxyz23456789'[byte % 31] as string).join('');
