import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { holdsIdentifier } from '../../server/calls/free-text.ts';
import { nextHalfDay, nextNoon } from '../../server/calls/half-day.ts';
import { loadNoteWords } from '../../server/calls/note-words.ts';

describe('an identifier in a text', () => {
  test.each([
    '0639980102',
    '06.39.98.01.02',
    '06-39-98-01-02',
    'tél 06 39 98 01 02',
    '06‑39‑98‑01‑02',
    '０６３９９８０１０２',
    '+33 6 39 98 01 02',
    '+33 (0)6 39 98 01 02',
    '0033639980102',
    'a@b.fr',
    '299121399990205',
    '2 99 12 13 999 902',
    '1 85 01 2b 999 901',
  ])('is found in « %s »', (text) => {
    expect(holdsIdentifier(text)).toBe(true);
  });

  test.each([
    'DOS-2026-17',
    'courrier du 06/12/2026 à 10:30',
    'du 01/12/2026 au 03/12/2026',
    'reçu le 06.12.2026 10h',
    'ticket 123456789',
    'rappeler avant 17 h 30, porte 12',
  ])('is not seen in « %s »', (text) => {
    expect(holdsIdentifier(text)).toBe(false);
  });
});

describe('words of health and opinions', () => {
  const smells = loadNoteWords('templates');

  test.each([
    'Sort de l’hôpital',
    'DÉPRESSION',
    'dépressif',
    'en arrêt-maladie',
    'traitée pour un cancer.',
    'est enceinte',
    'a le VIH',
    'musulmane',
    'Syndicat',
    'is in hospital',
    'a trade-union man',
  ])('are found in « %s »', (text) => {
    expect(smells(text)).toBe(true);
  });

  test.each([
    'Préfère le matin',
    'Attend le courrier, a changé d’adresse',
    'L’enceintement', // another word than « enceinte »
    'Compte désactivé depuis mai',
    'opérateur injoignable',
    'will call again',
  ])('are not seen in « %s »', (text) => {
    expect(smells(text)).toBe(false);
  });

  const directory = mkdtempSync(join(tmpdir(), 'guichet-notes-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  test('a list that is wrong stops the server, naming file and entry', () => {
    mkdirSync(join(directory, 'notes'));
    const lists = (entry: string) => `{ health: [${entry}], opinions: [x] }`;
    const file = join(directory, 'notes', 'sensitive-words.yaml');
    writeFileSync(file, `fr: ${lists('"(.*"')}\nen: ${lists('ill')}\n`);

    expect(() => loadNoteWords(directory)).toThrow('sensitive-words.yaml fr.health.0');
    writeFileSync(file, `fr: ${lists('"malad*"')}\n`);
    expect(() => loadNoteWords(directory)).toThrow('sensitive-words.yaml en');
  });
});

describe('when somebody tries again', () => {
  test.each([
    ['Wednesday morning', '2026-11-18T08:00:00Z', '2026-11-18T16:00:00.000Z'],
    ['just before noon', '2026-11-18T10:59:00Z', '2026-11-18T16:00:00.000Z'],
    ['at noon', '2026-11-18T11:00:00Z', '2026-11-19T11:00:00.000Z'],
    ['Friday evening', '2026-11-20T18:00:00Z', '2026-11-23T11:00:00.000Z'],
    ['Saturday morning', '2026-11-21T08:00:00Z', '2026-11-23T11:00:00.000Z'],
    ['before a holiday', '2026-12-24T13:00:00Z', '2026-12-28T11:00:00.000Z'],
    ['in summer time', '2026-07-15T08:00:00Z', '2026-07-15T15:00:00.000Z'],
  ])('%s', (_when, now, due) => {
    expect(nextHalfDay(new Date(now)).toISOString()).toBe(due);
  });

  test('the next working noon is never today’s', () => {
    expect(nextNoon(new Date('2026-11-18T08:00:00Z')).toISOString()).toBe('2026-11-19T11:00:00.000Z');
  });
});
