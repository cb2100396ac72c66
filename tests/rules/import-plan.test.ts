import { describe, expect, test } from 'vitest';
import { planPerson, type Correction, type PlanInput } from '../../server/imports/plan.ts';
import { personToText, textToPerson } from '../../server/imports/staged-line.ts';
import type { ImportedPerson } from '../../server/imports/row.ts';
import { Secret } from '../../server/core/secret.ts';
import type { KnownMember } from '../../server/members/intake.service.ts';

const today = '2026-11-18';
const now = new Date('2026-11-18T09:00:00Z');
const number = (e164: string, since: string | null = null) =>
  ({ e164, kind: 'mobile', region: 'FR', corrected: false, since }) as const;
const email = (address: string, since: string | null = null) => ({ address, since });
const home = { lines: ['1 RUE DES ESSAIS'], postcode: '03999', town: 'VILLE INVENTEE', country: 'FR' };

const person: ImportedPerson = {
  memberNumber: '10001',
  rank: '01',
  quality: 'holder',
  nir: { kind: 'nir', body: '2700301999001', key: '05' },
  civility: 'Mme',
  birthName: 'Tilleul',
  usualName: null,
  firstName: 'Élodie',
  birthDate: '1970-03-15',
  email: email('un@courriel.example'),
  mobile: number('+33639980001'),
  landline: null,
  fax: null,
  address: { ...home, since: null },
  spaceType: 'particulier',
  clientCompany: null,
  contractEnd: null,
  deathDate: null,
  representative: null,
  isProtected: false,
  wantsLargePrint: false,
  language: null,
  firstPasswordCode: null,
};

const known: KnownMember = {
  id: 'm1',
  memberNumber: '10001',
  rank: '01',
  kind: 'holder',
  nirSealed: 'sealed',
  nirIndex: 'index of 2700301999001',
  civility: 'Mme',
  birthName: 'Tilleul',
  usualName: 'Tilleul',
  firstName: 'Élodie',
  birthDate: '1970-03-15',
  contacts: [
    { kind: 'email', value: 'un@courriel.example', since: '', corrected: false },
    { kind: 'mobile', value: '+33639980001', since: '2020-01-01', corrected: false },
  ],
  address: { ...home, since: '' },
  spaceType: 'particulier',
  companyCode: null,
  contractEndOn: null,
  deceasedOn: null,
  representative: null,
  isProtected: false,
  wantsLargePrint: false,
  language: 'fr',
};

// prettier-ignore
const everything = new Set([
  'quality', 'nir', 'civility', 'birthName', 'usualName', 'email', 'mobile', 'landline', 'fax', 'addressLine1',
  'town', 'spaceType', 'clientCompany', 'contractEnd', 'deathDate', 'representativeName', 'isProtected',
  'largePrint', 'language',
]);

const plan = (change: Partial<ImportedPerson> = {}, more: Partial<PlanInput> = {}) =>
  planPerson({
    organisationId: 'tilleuls',
    importId: 'i1',
    person: { ...person, ...change },
    known,
    said: everything,
    corrections: [],
    lineDigest: 'digest',
    nirIndexOf: (body) => `index of ${body}`,
    nirOf: () => ({ body: '2700301999001', key: '05' }),
    digestOf: (field, value) => `${field}=${value}`,
    now,
    today,
    ...more,
  });
const sinceOf = (planned: ReturnType<typeof plan>, kind: string) =>
  planned.person.contacts.find((contact) => contact.kind === kind)?.since;

test('the same again changes nothing', () => {
  expect(plan()).toMatchObject({ isChanged: false, contactsChange: false, closes: false });
});

test('somebody new: contacts without a date count as old, those with one keep it', () => {
  const planned = plan({ mobile: number('+33639980001', '2026-11-02') }, { known: undefined });

  expect(planned).toMatchObject({ isChanged: true, contactsChange: false, closes: false });
  expect([sinceOf(planned, 'email'), sinceOf(planned, 'mobile'), planned.person.address?.since]).toEqual([
    '',
    '2026-11-02',
    '',
  ]);
});

describe('a contact', () => {
  test.each<[string, Partial<ImportedPerson>, string | undefined]>([
    ['that changes is new from today', { email: email('deux@courriel.example') }, today],
    [
      'that changes is new from today, whatever date the file gives',
      { email: email('deux@courriel.example', '2015-01-01') },
      today,
    ],
    ['that is removed is gone', { email: null }, undefined],
  ])('%s', (_name, change, since) => {
    const planned = plan(change);

    expect(planned).toMatchObject({ isChanged: true, contactsChange: true });
    expect(sinceOf(planned, 'email')).toBe(since);
  });

  test.each([null, '2015-01-01'])('that appears is new from today (%s in the file)', (since) => {
    expect(sinceOf(plan({ landline: number('+33199000001', since) }), 'landline')).toBe(today);
  });

  test.each([
    [null, '2020-01-01', false],
    ['2019-05-05', '2020-01-01', false],
    ['2026-11-02', '2026-11-02', true],
  ])('that stays, dated %s by the file, is of %s', (inFile, since, isChanged) => {
    const planned = plan({
      mobile: number('+33639980001', inFile),
      address: { ...home, since: inFile === '2026-11-02' ? inFile : null },
    });

    expect(planned).toMatchObject({ isChanged, contactsChange: false });
    expect([sinceOf(planned, 'mobile'), planned.person.address?.since]).toEqual([
      since,
      isChanged ? since : '',
    ]);
  });

  test('that the file dates before what is on file stays young', () => {
    const contacts = [{ kind: 'email', value: 'un@courriel.example', since: '2026-11-17', corrected: false }];
    const young = { ...known, contacts, address: { ...home, since: '2026-11-17' } } as KnownMember;
    const old = {
      email: email('un@courriel.example', '2015-01-01'),
      address: { ...home, since: '2015-01-01' },
    };

    const planned = plan(old, { known: young });

    expect([sinceOf(planned, 'email'), planned.person.address?.since]).toEqual(['2026-11-17', '2026-11-17']);
  });

  test.each([null, '2015-01-01'])('that moves house is new from today (%s in the file)', (since) => {
    const planned = plan({ address: { ...home, town: 'AUTRE VILLE', since } });

    expect(planned).toMatchObject({
      contactsChange: true,
      person: { address: { town: 'AUTRE VILLE', since: today } },
    });
  });
});

test('what the file has no column for stays as it was', () => {
  const said = new Set(['email']);
  const sparse = {
    ...person,
    nir: null,
    mobile: null,
    address: null,
    civility: null,
    quality: 'dependant',
  } as ImportedPerson;

  expect(plan(sparse, { said })).toMatchObject({ isChanged: false, contactsChange: false });
  expect(plan({ ...sparse, email: null }, { said })).toMatchObject({ isChanged: true, contactsChange: true });
});

test.each<[Partial<ImportedPerson>, boolean]>([
  [{ contractEnd: '2026-11-17' }, true],
  [{ contractEnd: '2026-11-18' }, false],
  [{ contractEnd: '2027-01-01' }, false],
  [{ deathDate: '2026-11-01' }, true],
])('%j closes: %s', (change, closes) => {
  expect(plan(change)).toMatchObject({ isChanged: true, closes });
});

describe('a value that the desk corrected', () => {
  const corrected = (days: number): Correction[] => [
    {
      id: 'c1',
      field: 'email',
      oldDigest: 'email=ancien@courriel.example',
      correctedAt: new Date(now.getTime() - days * 86_400_000).toISOString(),
    },
  ];

  test.each<[string, string, number, object]>([
    [
      'stays while the file still says the old one',
      'ancien@courriel.example',
      29,
      { conflicts: [], confirmed: [], isChanged: false },
    ],
    [
      'is a conflict once 30 days have passed',
      'ancien@courriel.example',
      30,
      { conflicts: ['email'], confirmed: [], isChanged: false },
    ],
    [
      'is confirmed when the file says it too',
      'un@courriel.example',
      29,
      { conflicts: [], confirmed: ['c1'], isChanged: false },
    ],
    [
      'gives way to a third value',
      'trois@courriel.example',
      29,
      { conflicts: [], confirmed: ['c1'], isChanged: true },
    ],
  ])('%s', (_name, address, days, outcome) => {
    expect(plan({ email: email(address) }, { corrections: corrected(days) })).toMatchObject(outcome);
  });
});

test('a staged line reads back as it was', () => {
  const full: ImportedPerson = {
    ...person,
    mobile: { ...number('+590690001234', '2026-01-01'), corrected: true },
    representative: { name: 'Orme', mandateFrom: '2025-01-01', mandateUntil: null },
    language: 'pt',
    isProtected: true,
  };
  const coded = textToPerson(personToText({ ...full, firstPasswordCode: new Secret('4821AB') }));

  expect(textToPerson(personToText(full))).toEqual(full);
  expect(coded.firstPasswordCode?.expose()).toBe('4821AB');
});
