import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { costsOn, loadCosts } from '../../server/supervision/costs-file.ts';
import type { Costs } from '../../server/supervision/costs.schema.ts';
import { countedIn, stretchesOf } from '../../server/supervision/figures-stretches.ts';
import { shownTeams } from '../../server/supervision/team-size.ts';

const team = (name: string | null, agents: number, organisationId = 'one') => ({
  organisationId,
  team: name,
  agents,
});

describe('the teams that may be shown', () => {
  test.each([
    ['five are a team, four are not', [team('A', 5), team('B', 4), team('C', 7)], ['C']],
    ['four left over would be told by taking the others away', [team('A', 5), team(null, 4)], []],
    ['five left over are nobody', [team('A', 5), team(null, 5)], ['A']],
    ['nobody left over tells of nobody', [team('A', 5), team('B', 6)], ['A', 'B']],
    ['each organisation by itself', [team('A', 9), team('A', 1, 'two')], []],
    ['not there for the other at all', [team('A', 9), team('B', 8, 'two')], ['A', 'B']],
  ])('%s', (_why, teams, shown) => {
    expect(shownTeams(teams)).toEqual(shown);
  });

  test('no figure of fewer than five can be made by taking teams away from their site', () => {
    const someTeams = fc.uniqueArray(
      fc.record({
        organisationId: fc.constantFrom('one', 'two'),
        team: fc.constantFrom('A', 'B', 'C', 'D', null),
        agents: fc.integer({ min: 1, max: 12 }),
      }),
      { selector: ({ organisationId, team: name }) => `${organisationId}/${name}` },
    );
    fc.assert(
      fc.property(someTeams, (teams) => {
        const shown = new Set<string | null>(shownTeams(teams));
        for (const id of ['one', 'two']) {
          const own = teams.filter(({ organisationId }) => organisationId === id);
          expect(own.filter((one) => shown.has(one.team)).every(({ agents }) => agents >= 5)).toBe(true);
          if (!own.some((one) => shown.has(one.team))) continue;
          const rest = own.filter((one) => !shown.has(one.team)).reduce((sum, { agents }) => sum + agents, 0);
          expect(rest === 0 || rest >= 5).toBe(true);
        }
      }),
    );
  });
});

describe('the stretches of a period', () => {
  test.each([
    [
      'day',
      '2027-03-27',
      '2027-03-29',
      ['2027-03-27/2027-03-27', '2027-03-28/2027-03-28', '2027-03-29/2027-03-29'],
    ],
    [
      'week',
      '2026-11-18',
      '2026-12-01',
      ['2026-11-18/2026-11-22', '2026-11-23/2026-11-29', '2026-11-30/2026-12-01'],
    ],
    ['month', '2028-02-15', '2028-03-31', ['2028-02-15/2028-02-29', '2028-03-01/2028-03-31']],
  ] as const)('by %s from %s to %s', (by, from, to, expected) => {
    expect(stretchesOf({ from, to }, by).map((one) => `${one.from}/${one.to}`)).toEqual(expected);
  });
});

const prices = (from: string, change: Partial<Costs[number]> = {}): Costs[number] => ({
  from,
  callMinute: 1,
  sms: 0.1,
  email: 0.01,
  sheet: 0.5,
  postage: { verte: 1 },
  ...change,
});

describe('what things cost', () => {
  const costs = [prices('2026-01-01'), prices('2027-01-01', { postage: { verte: 2 }, callMinute: 2 })];
  const day = (on: string, measure: string, n: number, sum = 0) => ({ day: on, measure, n, sum });
  const year = { from: '2026-12-31', to: '2027-01-01' };

  test('goes by the prices of each day', () => {
    const tallies = [
      day('2026-12-31', 'posted:verte', 2),
      day('2027-01-01', 'posted:verte', 1),
      day('2026-12-31', 'unblock.calls', 1, 120),
      day('2027-01-01', 'unblock.calls', 1, 60),
      day('2026-12-31', 'unblock.sms', 3),
      day('2027-01-02', 'posted:verte', 9),
    ];

    const counted = countedIn(year, { tallies, accounts: [], costs });

    expect(counted).toMatchObject({ posted: 3, accounts: null });
    expect(counted.postCost).toBeCloseTo(2 * 1.5 + 2.5, 9);
    expect(counted.unblockCost).toBeCloseTo(2 * 1 + 1 * 2 + 3 * 0.1, 9);
    expect(costsOn(costs, '2020-01-01').from).toBe('2026-01-01');
  });

  test('is not told where a product has no price', () => {
    const tallies = [day('2026-12-31', 'posted:verte', 2), day('2026-12-31', 'posted:inconnue', 1)];

    expect(countedIn(year, { tallies, accounts: [], costs })).toMatchObject({ posted: 3, postCost: null });
  });

  test('is read from a file that is right, and the shipped one is', () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-costs-'));
    const file = join(folder, 'costs.yaml');
    writeFileSync(file, "- from: '2026-01-01'\n  callMinute: -1\n");

    expect(() => loadCosts(file)).toThrow(/costs\.yaml 0\.callMinute: .*\n.*0\.sms: /);
    expect(() => loadCosts(join(folder, 'none.yaml'))).toThrow('COSTS_FILE');
    expect(loadCosts('seeds/costs.yaml')[0]?.postage).toMatchObject({ 'lettre-verte': 1.52 });
    rmSync(folder, { recursive: true });
  });

  test('accounts are the last count of each organisation', () => {
    const accounts = [
      { organisationId: 'one', day: '2026-12-30', accounts: 10 },
      { organisationId: 'two', day: '2026-12-31', accounts: 5 },
      { organisationId: 'one', day: '2027-01-01', accounts: 12 },
      { organisationId: 'one', day: '2027-01-02', accounts: 99 },
    ];

    expect(countedIn(year, { tallies: [], accounts, costs }).accounts).toBe(17);
  });
});
