import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadWords } from '../../server/core/words.ts';
import { aidWords } from '../../server/letters/aid-words.ts';
import { loadLetterWords } from '../../server/letters/letter-words.ts';
import { usualAddressPlace, type LotToDraw, type SheetToDraw } from '../../server/letters/sheet-to-draw.ts';
import { seeded } from './measure.ts';

export const fontsDirectory = join('templates', 'fonts');

export const fontFile = (name: string): Buffer => readFileSync(join(fontsDirectory, name));

/** The lot that every side of the comparison draws. */
export const benchLot = (number: number): LotToDraw => ({
  number,
  attempt: 1,
  organisationName: 'Mutuelle des Tilleuls',
  letterhead: {
    name: 'Mutuelle des Tilleuls',
    colour: '#1f4e79',
    returnAddress: ['SERVICE ADHERENTS', '12 RUE DES ECOLES', 'TSA 12345', '99999 VILLENEUVE CEDEX 9'],
    service: { fr: 'Service adhérents', en: 'Member services' },
    phone: '06 39 98 00 01',
    hours: { fr: 'du lundi au vendredi, de 8 h 30 à 18 h', en: 'Monday to Friday, 8.30 to 18.00' },
    portalAddress: 'https://espace.tilleuls.example/',
  },
  signatory: { name: 'Camille Laurent', role: { fr: 'responsable du service', en: 'Head of service' } },
  addressPlace: usualAddressPlace,
  words: loadLetterWords('templates')('tilleuls'),
  testWords: loadLetterWords('templates', 'test-letter')('tilleuls'),
  testAddress: 'https://espace.tilleuls.example/lettre-temoin',
  aids: aidWords(loadWords('templates'), 'Mutuelle des Tilleuls', usualAddressPlace),
  letterDay: '2027-03-03',
  drawnAt: new Date('2027-03-03T17:00:00Z'),
});

const firstNames = ['Élodie', 'Jean-François', 'Noëlle', 'Paul', 'Inès', 'Loïc', 'Marie-Thérèse', 'Hugo'];
const syllables = 'BER LAN CHE VAL DU RI MON TIER GAU THÉ NOË MAR TIN ROU SEL LE BRU NET FER PÈR'.split(' ');
const streets = ['RUE DU GENERAL DE GAULLE', 'AVENUE DES TILLEULS', 'CHEMIN DU MOULIN', 'BOULEVARD VOLTAIRE'];
const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];

/** Sheets as a day of a big mutual has them: asked for over four days, a few in English or large print. */
const benchSheet = (number: number): SheetToDraw => {
  const random = seeded(number);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const isWoman = random() < 0.5;
  return {
    sheet: number,
    reference: Array.from({ length: 8 }, () => one(alphabet)).join(''),
    addressLines: [
      `${isWoman ? 'Madame' : 'Monsieur'} ${one(firstNames)} ${one(syllables)}${one(syllables)}${one(syllables)}`,
      ...(random() < 0.2 ? ['BATIMENT B'] : []),
      `${1 + Math.floor(random() * 180)} ${one(streets)}`,
      `${10_000 + Math.floor(random() * 85_000)} ${one(syllables)}${one(syllables)} SUR ESSAI`,
    ],
    language: random() < 0.01 ? 'en' : 'fr',
    largePrint: random() < 0.02,
    civility: isWoman ? 'madame' : 'monsieur',
    askedDay: `2027-03-0${1 + (number % 4)}`,
    limitDay: `2027-03-${16 + (number % 4)}`,
    identifierKind: 'member-number',
    isTest: false,
    secret: Array.from({ length: 13 }, () => one(alphabet)).join(''),
  };
};

export const sheetsOf = (from: number, to: number): SheetToDraw[] =>
  Array.from({ length: to - from + 1 }, (_, at) => benchSheet(from + at));

export type Drawn = { letters: number; bytes: number; cpuSeconds: number };

/** What `work` takes of all threads' CPU; it returns the bytes drawn. */
export const measured = async (letters: number, work: () => Promise<number>): Promise<Drawn> => {
  const before = process.cpuUsage();
  const bytes = await work();
  const { user, system } = process.cpuUsage(before);
  return { letters, bytes, cpuSeconds: (user + system) / 1e6 };
};
