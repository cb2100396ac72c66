import { describe, expect, test } from 'vitest';
import { expectedOf, expectedUntil, newsOf } from '../../server/letters/letter-news.ts';
import type { DepositedRow } from '../../server/letters/letters.store.ts';
import { readReference } from '../../server/letters/reference.ts';
import { wentTo } from '../../server/letters/returned-from.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';

const policy = loadOrganisations('seeds/organisations').get('mutuelle-agents-publics');
if (!policy) throw new Error('No such organisation.');
const now = new Date('2026-11-20T09:00:00.000Z');

const letter = (more: Partial<DepositedRow>): DepositedRow =>
  ({
    id: 'l1',
    state: 'deposited',
    product: 'lettre-verte',
    zone: 'metropole',
    planned_posting_on: '2026-11-18',
    earliest_arrival_on: '2026-11-20',
    latest_arrival_on: '2026-11-21',
    limit_on: '2026-12-03',
    valid_until: '2026-12-03T22:59:59.999Z',
    deposited_at: '2026-11-18T16:00:00.000Z',
    problem: null,
    ...more,
  }) as DepositedRow;

describe('what became of a letter', () => {
  test.each<[string, Partial<DepositedRow>, { earliest: string; latest: string }]>([
    ['posted on its day', {}, { earliest: '2026-11-20', latest: '2026-11-21' }],
    [
      'posted a day late',
      { deposited_at: '2026-11-19T16:00:00.000Z' },
      { earliest: '2026-11-21', latest: '2026-11-23' },
    ],
    [
      'posted in the last minute of a Paris day',
      { deposited_at: '2026-11-18T22:59:00.000Z' },
      { earliest: '2026-11-20', latest: '2026-11-21' },
    ],
    ['not posted yet', { deposited_at: null }, { earliest: '2026-11-20', latest: '2026-11-21' }],
    [
      'of a product given up since',
      { product: 'gone', deposited_at: '2026-11-19T16:00:00.000Z' },
      { earliest: '2026-11-20', latest: '2026-11-21' },
    ],
  ])('%s is expected by the day it really left', (_what, more, expected) => {
    expect(expectedOf(policy, letter(more))).toEqual(expected);
  });

  test.each<[string | undefined, Partial<DepositedRow>]>([
    ['to-post', { state: 'requested', planned_posting_on: '2026-11-20', deposited_at: null }],
    ['overdue', { state: 'printed', planned_posting_on: '2026-11-19', deposited_at: null }],
    ['under-way', {}],
    ['late', { deposited_at: '2026-11-12T16:00:00.000Z' }],
    ['expired', { valid_until: '2026-11-19T22:59:59.999Z', limit_on: '2026-11-19' }],
    ['expired', { state: 'expired' }],
    [undefined, { state: 'expired', limit_on: '2026-10-20' }],
    ['returned', { state: 'returned', limit_on: '2026-09-20' }],
    ['not-sent', { state: 'refused', problem: 'too-wide', deposited_at: null }],
    [undefined, { state: 'refused', problem: 'account-closed' }],
    [undefined, { state: 'used' }],
    [undefined, { state: 'superseded' }],
  ])('it is %s where its row says %j', (as, more) => {
    expect(newsOf(policy, [letter(more)], now)?.as).toBe(as);
  });

  test('of several it is the last one, unless another of them says what became of it', () => {
    const back = letter({ id: 'back', state: 'returned' });

    const last = (more: Partial<DepositedRow>) => newsOf(policy, [letter(more), back], now)?.letter.id;

    expect(last({ state: 'cancelled' })).toBe('back');
    expect(last({ state: 'spoiled' })).toBe('back');
    expect(last({ state: 'refused', problem: 'address-doubtful' })).toBe('back');
    expect(last({ state: 'deposited' })).toBe('l1');
    expect(last({ state: 'used' })).toBe(undefined);
  });

  test('one that is late, or has ended, is waited for no more; one that never left, nobody knows until when', () => {
    const until = (more: Partial<DepositedRow>) => expectedUntil(policy, letter(more), now);

    expect(until({})).toBe('2026-11-21');
    expect(until({ deposited_at: '2026-11-12T16:00:00.000Z' })).toBe(undefined);
    expect(until({ valid_until: '2026-11-19T22:59:59.999Z' })).toBe(undefined);
    expect(until({ state: 'returned' })).toBe(undefined);
    expect(until({ state: 'printed', deposited_at: null })).toBe(null);
  });
});

describe('the reference of a letter', () => {
  test.each([
    ['ABCD2345', 'ABCD2345'],
    [' abcd 2345 ', 'ABCD2345'],
    ['ABCD2345 / 12', 'ABCD2345'],
    ['abcd2345/5000', 'ABCD2345'],
    ['Réf. pli : ABCD2345 / 1', 'ABCD2345'],
    ['REFREF22', 'REFREF22'],
    ['ABCD234', null],
    ['ABCD23456/1', null],
    ['ABCD0345', null],
    ['ABCD2345 / 12 / 3', null],
    ['', null],
  ])('%j is read as %s', (typed, read) => {
    expect(readReference(typed)).toBe(read);
  });
});

describe('where a letter went', () => {
  const address = {
    lines: ['Bât. B', '3 rue des Tilleuls'],
    postcode: '35000',
    town: 'Rennes',
    country: 'FR',
  };
  const printed = ['MME JEANNE TILLEUL', 'BAT B', '3 RUE DES TILLEULS', '35000 RENNES'];

  const name = { civility: 'Mme', firstName: 'Jeanne', lastName: 'Tilleul' };
  const went = (lines: string[], more: Partial<typeof address> = {}, who = name) =>
    wentTo(lines, { name: who, address: { ...address, ...more } });

  test('is the address below the name, whatever the name has become', () => {
    const long = { ...name, firstName: 'Marie-Adélaïde Élisabeth', lastName: 'de la Tilleuleraie' };

    expect(went(printed)).toBe(true);
    expect(went(printed, {}, { ...name, lastName: 'Marronnier' })).toBe(true);
    expect(went(['MME MARIE-ADELAIDE ELISABETH', 'DE LA TILLEULERAIE', ...printed.slice(1)], {}, long)).toBe(
      true,
    );
  });

  test('is another one when a line of it has changed, come or gone', () => {
    expect(went(printed, { lines: ['Bât. B', '4 rue des Tilleuls'] })).toBe(false);
    expect(went(printed, { lines: ['3 rue des Tilleuls'] })).toBe(false);
    expect(went(printed, { lines: ['Apt 4', ...address.lines] })).toBe(false);
    expect(went(printed, { postcode: '35200' })).toBe(false);
    expect(went(printed, { town: '' })).toBe(false);
  });
});
