import { join } from 'node:path';
import { Readable } from 'node:stream';
import { beforeAll, describe, expect, test } from 'vitest';
import { findCompanyColumns, findMemberColumns } from '../../server/imports/columns.ts';
import { loadDemoLists } from '../../server/imports/demo-lists.ts';
import {
  demoStates,
  inventCompanies,
  inventPeople,
  type DemoOptions,
  type InventedPerson,
} from '../../server/imports/demo-people.ts';
import { writeCompanyFile, writeMemberFile } from '../../server/imports/member-file.ts';
import { readTable } from '../../server/imports/reading.ts';
import { readCompanyRow, readPersonRow, type ImportedPerson } from '../../server/imports/row.ts';
import { formatAddress } from '../../server/members/address.ts';

const today = '2026-11-20';
const lists = loadDemoLists(join(import.meta.dirname, '../../seeds'));
const options: DemoOptions = {
  seed: 'guichet',
  count: 20_000,
  today,
  lists,
  identifiers: 'nir',
  clientCompanies: true,
  firstPasswordCodes: true,
};

/** A secret is compared by what it says. */
const plain = (person: ImportedPerson) => ({
  ...person,
  firstPasswordCode: person.firstPasswordCode?.expose() ?? null,
});
const invent = (change: Partial<DemoOptions> = {}) => [...inventPeople({ ...options, ...change })];

let people: InventedPerson[];
let holders: InventedPerson[];
beforeAll(() => {
  people = invent();
  holders = people.filter(({ person }) => person.quality === 'holder');
});

test('the same seed gives the same people, another seed others', () => {
  const first = (change: Partial<DemoOptions>) =>
    invent({ count: 200, ...change }).map(({ person, state }) => [plain(person), state]);

  expect(first({})).toEqual(people.slice(0, 200).map(({ person, state }) => [plain(person), state]));
  expect(first({ seed: 'other' })).not.toEqual(first({}));
});

test('exactly as many as asked for', () => {
  for (const count of [0, 1, 2, 50]) expect(invent({ count })).toHaveLength(count);
});

test('written as a file, every one reads back as invented', async () => {
  const table = await readTable(
    Readable.from(writeMemberFile(people.map(({ person }) => person))).map((text: string) =>
      Buffer.from(text),
    ),
  );
  const { places, ignored } = findMemberColumns(table.header);
  const read: unknown[] = [];
  for await (const batch of table.batches) {
    for (const row of batch) {
      const reading = readPersonRow(places, row, { today, required: ['nir'] });
      read.push(reading.ok ? plain(reading.value) : reading);
    }
  }

  expect(ignored).toEqual([]);
  expect(read).toHaveLength(people.length);
  expect(read).toEqual(people.map(({ person }) => plain(person)));
});

test('the client companies read back, and some have lost their rights', async () => {
  const companies = inventCompanies(lists, today);
  const table = await readTable(Readable.from([Buffer.from([...writeCompanyFile(companies)].join(''))]));
  const { places } = findCompanyColumns(table.header);
  const read: unknown[] = [];
  for await (const batch of table.batches) read.push(...batch.map((row) => readCompanyRow(places, row)));

  expect(read).toEqual(companies.map((value) => ({ ok: true, value })));
  expect(companies.filter(({ rightsEnd }) => rightsEnd !== null && rightsEnd < today).length).toBeGreaterThan(
    0,
  );
});

test('every address can be printed in a window', () => {
  const refused = people.filter(({ person }) => {
    const { civility, firstName, birthName, usualName, address } = person;
    return (
      address && !formatAddress({ civility, firstName, lastName: usualName ?? birthName ?? '' }, address).ok
    );
  });

  expect(
    refused.map(({ person }) => [person.firstName, person.birthName, person.usualName, person.address]),
  ).toEqual([]);
});

describe('numbers that belong to nobody', () => {
  test('every NIR has an unattributed commune or a caisse that does not exist, and each holder has their own', () => {
    const bodies = holders.map(({ person }) => person.nir?.body ?? '');

    expect(
      bodies.filter(
        (body) => !/^([12]\d{4}(\d{2}|2[AB])999|[12]\d{4}97[1-6]99|[12]\d{4}99899|[78]1999\d)/.test(body),
      ),
    ).toEqual([]);
    expect(new Set(bodies).size).toBe(holders.length);
  });

  test('every mobile is a demo number or a documented example, every e-mail ends in .example', () => {
    const numbers = people.flatMap(({ person }) => (person.mobile ? [person.mobile.e164] : []));
    const mails = people.flatMap(({ person }) => (person.email ? [person.email.address] : []));

    expect(new Set(numbers.filter((number) => !number.startsWith('+3363998'))).size).toBeLessThanOrEqual(5);
    expect(mails.filter((mail) => !mail.endsWith('.example'))).toEqual([]);
  });
});

describe('a population as one meets it', () => {
  const share = (test: (person: ImportedPerson) => boolean, among = people) =>
    among.filter(({ person }) => test(person)).length / among.length;

  test('the first seven holders show the seven states and can be reached by every channel', () => {
    const shown = holders.slice(0, 7);

    expect(shown.map(({ state }) => state)).toEqual([...demoStates]);
    expect(shown.every(({ person }) => person.email && person.mobile && person.address)).toBe(true);
  });

  test('each state has its share, and its row says why', () => {
    for (const state of demoStates)
      expect(holders.filter((holder) => holder.state === state).length).toBeGreaterThan(50);
    const lost = inventCompanies(lists, today)
      .filter(({ rightsEnd }) => rightsEnd && rightsEnd < today)
      .map(({ code }) => code);
    for (const { person, state } of holders) {
      expect(person.deathDate !== null).toBe(state === 'deceased');
      expect(person.contractEnd !== null && person.contractEnd < today).toBe(state === 'contract-ended');
      expect(person.clientCompany !== null && lost.includes(person.clientCompany)).toBe(
        state === 'client-lost',
      );
      expect(person.firstPasswordCode !== null).toBe(state === 'never-connected');
    }
  });

  test('surnames are few at the top and many at the bottom', () => {
    const counts = new Map<string, number>();
    for (const { person } of holders)
      counts.set(person.birthName ?? '', (counts.get(person.birthName ?? '') ?? 0) + 1);
    const sorted = [...counts.values()].sort((a, b) => b - a);

    expect((sorted[0] ?? 0) / holders.length).toBeGreaterThan(0.002);
    expect((sorted[0] ?? 0) / holders.length).toBeLessThan(0.02);
    expect(counts.size).toBeGreaterThan(3_000);
  });

  test('homonyms, namesakes in a household, accents and compound names', () => {
    const seen = new Set<string>();
    const homonyms = holders.filter(({ person }) => {
      const name = [person.firstName, person.birthName, person.birthDate].join('|');
      const isKnown = seen.has(name);
      seen.add(name);
      return isKnown;
    });

    expect(homonyms.length).toBeGreaterThan(10);
    expect(share(({ firstName }) => /[éèêëïôœçÉ]/.test(firstName))).toBeGreaterThan(0.1);
    expect(share(({ firstName }) => firstName.includes('-'))).toBeGreaterThan(0.02);
    expect(share(({ birthName }) => /[ -]/.test(birthName ?? ''))).toBeGreaterThan(0.03);
  });

  test('Corsica, overseas, CEDEX, abroad, dependants under the holder’s NIR', () => {
    expect(
      share(({ address }) => address?.postcode.startsWith('20') === true && address.country === 'FR'),
    ).toBeGreaterThan(0.005);
    expect(share(({ address }) => address?.postcode.startsWith('97') === true)).toBeGreaterThan(0.02);
    expect(share(({ address }) => address?.town.includes('Cedex') === true)).toBeGreaterThan(0.002);
    expect(share(({ address }) => address !== null && address.country !== 'FR')).toBeGreaterThan(0.005);
    expect(share(({ nir }) => nir !== null && /^.{5}2[AB]/.test(nir.body))).toBeGreaterThan(0.002);
    expect(share(({ mobile }) => mobile?.corrected === true)).toBeGreaterThan(0.0005);
    expect(share(({ quality }) => quality === 'dependant')).toBeGreaterThan(0.3);
    expect(new Set(people.map(({ person }) => person.nir?.body)).size).toBeLessThan(people.length * 0.9);
  });

  test('without client companies nobody has lost one; by member number a few have no NIR', () => {
    const others = invent({
      count: 3_000,
      clientCompanies: false,
      identifiers: 'member-number',
      spaceTypes: ['exploitant'],
    });

    expect(others.some(({ person, state }) => state === 'client-lost' || person.clientCompany !== null)).toBe(
      false,
    );
    expect(share(({ nir }) => nir === null, others)).toBeGreaterThan(0.01);
    expect(share(({ spaceType }) => spaceType === 'exploitant', others)).toBe(1);
  });
});
