import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { House } from '../server/core/ctx.ts';
import { systemVisit } from '../server/core/perform.ts';
import { headlinesOf } from '../server/accounts/accounts.service.ts';
import { readEnv } from '../server/env.ts';
import { closeHouse, openHouse } from '../server/house.ts';
import { loadDemo, loadDemoIfEmpty } from '../server/imports/demo.service.ts';
import { loadDemoLists } from '../server/imports/demo-lists.ts';
import { nirIndex } from '../server/members/intake.service.ts';
import { policyOf } from '../server/organisations/organisations.service.ts';
import { isFactRight } from '../server/verifications/facts.service.ts';
import { databases, emptyDatabase } from './support/databases.ts';

const lists = loadDemoLists(join(import.meta.dirname, '../seeds'));

describe.each(databases)('the demo on %s', (engine) => {
  let database: Awaited<ReturnType<typeof emptyDatabase>>;
  let house: House;
  let said: string[];
  const env = { production: false, demoPassword: null };
  beforeAll(async () => {
    database = await emptyDatabase(engine);
    house = await openHouse(
      readEnv({ DATABASE_URL: database.url, DATA_DIR: database.directory, LOG_LEVEL: 'silent' }),
    );
    said = [];
    await loadDemoIfEmpty(house, env, (line) => said.push(line), { members: 240, lists });
  });
  afterAll(async () => {
    await closeHouse(house);
    await database.drop();
  });

  const members = () => house.pool('members').select('*');

  test('fills an empty database with people of every organisation and the five accounts', async () => {
    const rows = await members();
    const byOrganisation = house.organisations
      .all()
      .map(({ id }) => rows.filter((row) => row.organisation_id === id).length);
    const agents = await house.pool('agents').select('username', 'role').orderBy('username');

    expect(byOrganisation).toEqual([60, 60, 60, 60]);
    expect(agents).toEqual([
      { username: 'admin', role: 'administrator' },
      { username: 'agent', role: 'agent' },
      { username: 'auditeur', role: 'auditor' },
      { username: 'editique', role: 'print-operator' },
      { username: 'superviseur', role: 'supervisor' },
    ]);
  });

  test('works at one site with hours, and who answers calls has a team', async () => {
    const rows = await house.pool('agents').select('username', 'site_id', 'team').orderBy('username');
    const sites = await house.pool('sites').select('id', 'hours');

    expect(sites.map(({ hours }) => JSON.parse(hours).length)).toEqual([2]);
    expect(new Set(rows.map((row) => row.site_id))).toEqual(new Set([sites[0]?.id]));
    expect(rows.filter(({ team }) => team !== null).map(({ username }) => username)).toEqual([
      'agent',
      'superviseur',
    ]);
  });

  test('prints the password of the accounts and of the members once', () => {
    expect(said.join('\n')).toMatch(/cette seule fois : \S{16}/);
    expect(said.join('\n')).toMatch(/SAFIAG: 482915/);
  });

  test('has members in every state, through real rows', async () => {
    for (const { id, letter } of house.organisations.all()) {
      const visit = systemVisit(house, 'tests', [id]);
      const rows = await house.pool('members').where({ organisation_id: id });
      const ctx = { ...visit, db: house.pool, now: house.clock() };
      const headlines = await headlinesOf(
        ctx,
        rows.map((row) => ({ id: row.id as string, organisationId: id })),
      );

      const found = new Set(headlines.values());
      const expected = [
        'open',
        'locked',
        'never-connected',
        'disabled',
        'no-account',
        ...(letter ? ['waiting'] : []),
      ];
      for (const headline of expected) expect(found, `${id}: ${headline}`).toContain(headline);
    }
  });

  test('somebody who never connected can be tried out with what is printed', async () => {
    const [, nir = '', label = '', value = ''] =
      /MSA Sud Aquitaine : ([\d AB]+) \(.+\), « (.+) » (.+)/.exec(said.join('\n')) ?? [];
    const policy = policyOf(house, 'msa-sud-aquitaine');
    const index = nirIndex(house.keys, policy.id, nir.replaceAll(' ', '').slice(0, 13));
    const member = await house.pool('members').where({ nir_index: index, kind: 'holder' }).first();
    const ctx = { ...systemVisit(house, 'tests', [policy.id]), db: house.pool, now: house.clock() };
    const fact = policy.facts.find(({ label: words }) => words.fr === label)?.id ?? '';
    const isRight = (typed: string) =>
      isFactRight(ctx, policy, { memberId: member?.id as string, fact, typed });

    const headlines = await headlinesOf(ctx, [{ id: member?.id as string, organisationId: policy.id }]);
    expect([...headlines.values()]).toEqual(['never-connected']);
    expect(await isRight(value)).toBe(true);
    expect(await isRight('1')).toBe(false);
  });

  test('members share a few hashes and no password stands anywhere', async () => {
    const hashes = await house
      .pool('accounts')
      .whereNotNull('password_hash')
      .distinct('password_hash', 'organisation_id');
    const events = await house.pool('audit_events').select('payload');

    expect(hashes.length).toBeLessThanOrEqual(12);
    expect(JSON.stringify(events)).not.toMatch(/482915|Tilleul/);
  });

  test('the same people a second time change nothing', async () => {
    const before = JSON.stringify(await members());

    await loadDemo(house, { members: 240, lists });

    expect(JSON.stringify(await members())).toBe(before);
  });

  test('is not loaded twice, and knows itself again', async () => {
    said.length = 0;
    expect(await loadDemoIfEmpty(house, env, (line) => said.push(line), { lists })).toBe(true);
    expect(said).toEqual([]);
  });

  test('is never loaded in production', async () => {
    expect(await loadDemoIfEmpty(house, { ...env, production: true }, () => undefined, { lists })).toBe(
      false,
    );
  });
});
