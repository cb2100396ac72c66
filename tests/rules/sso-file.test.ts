import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSso, rightsOf } from '../../server/agents/sso-file.ts';
import { readEnv } from '../../server/env.ts';

const agreed = {
  issuer: 'https://annuaire.example',
  clientId: 'guichet',
  clientSecret: 'un-secret-de-trente-deux-signes-x',
  label: { fr: 'Annuaire', en: 'Directory' },
  groups: {
    chefs: { role: 'supervisor', organisations: ['safiag'] },
    conseil: { role: 'agent', organisations: ['safiag', 'mgen'], site: 'Lyon' },
  },
};
const load = (more: object = {}, production = false) => {
  const file = join(mkdtempSync(join(tmpdir(), 'guichet-sso-')), 'sso.json');
  writeFileSync(file, JSON.stringify({ ...agreed, ...more }));
  return loadSso(file, ['safiag', 'mgen'], production);
};

describe('SSO_FILE', () => {
  test('is not needed; what it leaves out is usual, its secret never prints', () => {
    expect(loadSso(null, [], true)).toBeNull();
    const sso = load();
    expect(sso).toMatchObject({
      scope: 'openid profile groups',
      usernameClaim: 'preferred_username',
      groupsClaim: 'groups',
      allowPasswords: true,
      secondFactor: { amr: [], acr: [] },
    });
    expect(JSON.stringify(sso)).not.toContain(agreed.clientSecret);
  });

  test('of several groups of somebody’s the first in the file counts; none gives nothing', () => {
    const sso = load();

    const given = [['conseil', 'chefs'], ['autres', 'conseil'], ['autres'], []].map(
      (theirs) => sso && rightsOf(sso, theirs),
    );

    expect(given.map((rights) => rights?.role)).toEqual(['supervisor', 'agent', undefined, undefined]);
    expect(given[1]).toEqual({ role: 'agent', organisations: ['safiag', 'mgen'], site: 'Lyon' });
  });

  test.each([
    [{ issuer: 'http://annuaire.example' }, 'https://'],
    [{ groups: { chefs: { role: 'roi', organisations: ['safiag'] } } }, 'groups.chefs.role'],
    [{ groups: { chefs: { role: 'agent', organisations: ['ailleurs'] } } }, 'ailleurs is no organisation'],
    [{ clientSecret: 'court' }, 'clientSecret'],
    [{ surprise: true }, 'surprise'],
  ])('%o stops the server with what is wrong', (more, expected) => {
    expect(() => load(more)).toThrow(expected);
    expect(() => load(more)).not.toThrow(agreed.clientSecret);
  });

  test('in production a provider on this machine is refused as well', () => {
    expect(load({ issuer: 'http://127.0.0.1:9' })).not.toBeNull();
    expect(() => load({ issuer: 'http://127.0.0.1:9' }, true)).toThrow('https://');
  });
});

describe('SECOND_FACTOR_ROLES', () => {
  test.each([
    [undefined, ['supervisor', 'print-operator', 'administrator']],
    ['none', []],
    ['agent, administrator', ['agent', 'administrator']],
  ])('%s', (value, expected) => {
    expect(readEnv({ SECOND_FACTOR_ROLES: value }).secondFactorRoles).toEqual(expected);
  });

  test('a role that is none stops the server', () => {
    expect(() => readEnv({ SECOND_FACTOR_ROLES: 'supervisor,chef' })).toThrow('SECOND_FACTOR_ROLES is wrong');
  });
});
