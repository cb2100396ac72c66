import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';

const seeds = new URL('../../seeds/organisations/', import.meta.url).pathname;
const invented = new URL('../support/organisations/', import.meta.url).pathname;
const textOf = (file: string): string => readFileSync(join(seeds, file), 'utf8');

describe('the files of the four organisations', () => {
  const organisations = loadOrganisations(seeds);
  const of = (id: string) => organisations.get(id);

  test('are read at start, and an unknown organisation is nobody', () => {
    expect(organisations.all().map(({ id }) => id)).toEqual([
      'mgen',
      'msa-sud-aquitaine',
      'mutuelle-agents-publics',
      'safiag',
    ]);
    expect(of('nobody')).toBeUndefined();
  });

  test('say what members sign in with, and who may use FranceConnect', () => {
    expect(of('safiag')?.signIn).toMatchObject({ identifiers: [{ kind: 'nir' }], antiRobotStep: false });
    expect(of('mutuelle-agents-publics')?.signIn).toMatchObject({
      identifiers: [{ kind: 'member-number' }],
      antiRobotStep: true,
    });
    expect(of('mgen')?.signIn.identifiers.map(({ kind }) => kind)).toEqual(['nir', 'member-number']);
    expect(of('msa-sud-aquitaine')?.signIn.franceConnectFor).toEqual(['particulier']);
  });

  test('say the rule of the chosen password, the first one and the lock', () => {
    expect(of('safiag')?.chosenPassword).toMatchObject({ kind: 'digits', digits: 6 });
    expect(of('safiag')?.firstPassword.ways).toEqual(['statement-code', 'letter']);
    expect(of('mutuelle-agents-publics')?.chosenPassword).toMatchObject({
      requires: ['digit', 'special', 'upper'],
      forbiddenCharacters: ["'", '%', '\\', '_'],
    });
    expect(of('mutuelle-agents-publics')?.firstPassword.ways).toEqual(['forgotten-path']);
    expect(of('mgen')?.chosenPassword).toMatchObject({ kind: 'composed', minLength: 8 });
    expect(of('mgen')?.firstPassword.ways).toEqual([]);
    expect(of('msa-sud-aquitaine')?.chosenPassword).toMatchObject({
      minLength: 8,
      requires: ['digit', 'upper', 'lower', 'special'],
      strengthMeter: true,
    });
    expect(of('msa-sud-aquitaine')?.firstPassword.ways).toEqual(['proof']);
    expect(organisations.all().map(({ lock }) => lock.maxFailures)).toEqual([3, 3, 3, 3]);
  });

  test('say the channels, the code and how a member unblocks', () => {
    const channels = organisations.all().map(({ id, channels }) => [id, channels.map(({ kind }) => kind)]);
    expect(Object.fromEntries(channels)).toEqual({
      safiag: ['email-link', 'letter'],
      'mutuelle-agents-publics': ['email-code', 'sms-code', 'letter'],
      mgen: ['sms-temporary', 'email-link'],
      'msa-sud-aquitaine': ['sms-temporary', 'email-temporary', 'letter'],
    });
    expect(of('mgen')?.channels[0]).toMatchObject({ scope: 'metropolitan', lifetimeMinutes: 10 });
    expect(of('mgen')?.recovery.singleChannelIsAutomatic).toBe(true);
    expect(of('mgen')?.memberUnblock).toMatchObject({
      path: 'own-page',
      asks: ['identifier', 'birth-date'],
      notLocked: { fr: 'Votre compte n’est pas bloqué.' },
    });
    expect(of('mutuelle-agents-publics')?.recovery.codeOnSamePage).toBe(true);
    expect(of('msa-sud-aquitaine')).toMatchObject({
      recovery: { codeFirst: true },
      code: { digits: 4, lifetimeMinutes: 30, tries: 3 },
    });
  });

  test('say what each space proves, and that a wrong answer leads to the letter', () => {
    expect(of('msa-sud-aquitaine')?.proofs).toEqual([
      proof(['particulier'], ['vitale-serial', 'benefit-amount']),
      proof(['exploitant'], ['contributions-invoice-amount']),
      proof(['entreprise', 'employeur-de-jardinier'], ['salary-contributions-amount']),
    ]);
    const months = of('msa-sud-aquitaine')?.facts.map(({ withinMonths }) => withinMonths);
    expect(months).toEqual([null, 6, 12, 12]);
    expect(of('safiag')?.proofs).toEqual([]);
  });

  test('say what letter is promised, and when none is', () => {
    const received = { basis: 'calendar', event: 'received' };
    expect(of('safiag')?.letter?.promise).toEqual({ value: 48, unit: 'hours', ...received });
    expect(of('mutuelle-agents-publics')?.letter?.promise).toEqual({ value: 8, unit: 'days', ...received });
    expect(of('mgen')?.letter).toBeNull();
    expect(of('msa-sud-aquitaine')?.letter).toMatchObject({ promise: null, validityDays: 15 });
  });

  test('say what follows a change, which accounts are closed for good, and where help is', () => {
    expect(of('safiag')?.afterChange).toMatchObject({ signInAgain: true, termsVersion: '1' });
    expect(of('mutuelle-agents-publics')?.afterChange.changeRecommendedMonths).toBe(6);
    expect(of('mgen')?.afterChange.signInAgain).toBe(false);
    expect(of('msa-sud-aquitaine')?.afterChange.confirmContacts).toEqual([
      'email',
      'mobile',
      'landline',
      'fax',
    ]);
    expect(of('safiag')?.disabled.map(({ id, terms }) => [id, terms])).toEqual([
      ['contract-ended', '3.5'],
      ['client-rights-lost', '3.6'],
      ['deceased', null],
    ]);
    expect(of('msa-sud-aquitaine')?.help).toMatchObject({
      phone: '03 20 90 05 00',
      email: 'assistanceinternet.blf@sudaquitaine.msa.fr',
      hours: [
        { opens: '08:30', closes: '12:15' },
        { opens: '13:30', closes: '16:30' },
      ],
    });
  });

  test.each(readdirSync(seeds))('%s says beside every rule where it comes from', (file) => {
    expect(rulesWithoutSource(textOf(file))).toEqual([]);
  });
});

test('a fifth organisation is a new file, not new code', () => {
  const [fifth, ...others] = loadOrganisations(invented).all();

  expect(others).toEqual([]);
  expect(fifth).toMatchObject({ id: 'mutuelle-imaginaire', lock: { maxFailures: 5 }, code: { digits: 8 } });
});

const proof = (spaceTypes: string[], anyOf: string[]) => {
  return { spaceTypes, anyOf, right: ['sms-temporary', 'email-temporary'], wrong: 'letter' };
};

/** Lines that set something and have no source, neither beside them nor beside a group around them. */
const rulesWithoutSource = (text: string): string[] => {
  const source = /#.*(seed 00[0-4]|our default|PRODUCT|DOMAIN|FACTS)/;
  const groups: { indent: number; sourced: boolean }[] = [];
  return text.split('\n').filter((row) => {
    const indent = row.search(/\S/);
    if (indent < 0 || row.trimStart().startsWith('#')) return false;

    while ((groups.at(-1)?.indent ?? -1) >= indent) groups.pop();
    const sourced = source.test(row) || groups.some((group) => group.sourced);
    groups.push({ indent, sourced });
    return !sourced && !/^[\s-]*\w+:$/.test(row);
  });
};
