import { parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import type { Language, Words } from '../core/words.ts';
import { portalAddressOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { aidWords } from './aid-words.ts';
import { letterPolicyOf } from './letter-policy.ts';
import type { LetterWordsPair } from './letter-words.ts';
import type { LotLetterRow } from './lot-letters.store.ts';
import type { LotRow } from './lots.store.ts';
import type { LotToDraw, SheetToDraw } from './sheet-to-draw.ts';
import { isTestLetter } from './test-letter.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** The words of an organisation's letters, and of its test letters. */
    letterWords: (organisationId: string) => LetterWordsPair;
    testLetterWords: (organisationId: string) => LetterWordsPair;
  }
}

/** What the paper of a lot needs from its organisation's file. */
export const lotToDraw = (
  house: Pick<House, 'words' | 'letterWords' | 'testLetterWords' | 'portalUrl' | 'training'>,
  policy: Policy,
  lot: Pick<LotRow, 'number' | 'attempt'>,
  now: Date,
): LotToDraw => {
  const { sender, signatory, window, letterheadColour } = letterPolicyOf(policy);
  const { help, portal } = policy;
  const hours = help.hours.length > 0;
  return {
    number: lot.number,
    attempt: lot.attempt,
    organisationName: policy.name,
    letterhead: {
      name: policy.name,
      colour: letterheadColour,
      returnAddress: [sender.name, ...sender.lines, `${sender.postcode} ${sender.town}`],
      service: help.name,
      phone: help.phone,
      hours: hours
        ? { fr: sayHours(house.words, 'fr', help.hours), en: sayHours(house.words, 'en', help.hours) }
        : null,
      portalAddress: portal.publicSite,
    },
    signatory,
    addressPlace: window,
    words: house.letterWords(policy.id),
    testWords: house.testLetterWords(policy.id),
    testAddress: `${portalAddressOf(house, policy)}/lettre-temoin`,
    aids: aidWords(house.words, policy.name, window),
    ...(house.training && {
      watermark: {
        fr: house.words.say('fr', 'training.watermark'),
        en: house.words.say('en', 'training.watermark'),
      },
    }),
    letterDay: parisDay(now),
    drawnAt: now,
  };
};

/** One sheet as it is drawn; the identifier is named by its kind and never printed (PRODUCT, invariant 10). */
export const sheetToDraw = (policy: Policy, letter: LotLetterRow, secret: string): SheetToDraw => ({
  sheet: letter.sheet ?? 0,
  // The sheet's number follows the reference: what the operator who counts reads and types.
  reference: `${letter.reference} / ${letter.sheet ?? 0}`,
  addressLines: JSON.parse(letter.address_lines) as string[],
  language: letter.language,
  largePrint: letter.large_print === 1,
  civility: letter.civility === 'Mme' ? 'madame' : letter.civility === 'M.' ? 'monsieur' : 'none',
  askedDay: parisDay(new Date(letter.asked_at)),
  limitDay: letter.limit_on,
  identifierKind: policy.signIn.identifiers[0]?.kind ?? 'other',
  isTest: isTestLetter(letter),
  secret,
});

type Hours = Policy['help']['hours'];
const week = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** « du lundi au vendredi, de 8 h 30 à 12 h 15 et de 13 h 30 à 16 h 30 ». */
export const sayHours = (words: Words, language: Language, hours: Hours): string => {
  const say = (key: string, params = {}) => words.say(language, `letters.hours.${key}`, params);
  const time = (at: string) => {
    const [hour = '', minutes = ''] = at.split(':');
    return say(minutes === '00' ? 'fullHour' : 'time', { hour: Number(hour), minutes });
  };
  const byDays = new Map<string, string>();
  for (const { days, opens, closes } of hours) {
    const open = sayDays(say, days);
    const span = say('span', { opens: time(opens), closes: time(closes) });
    const first = byDays.get(open);
    byDays.set(open, first ? say('and', { first, then: span }) : span);
  }
  return [...byDays].map(([days, spans]) => `${days}, ${spans}`).join(language === 'fr' ? ' ; ' : '; ');
};

const sayDays = (say: (key: string, params?: object) => string, days: Hours[number]['days']): string => {
  const places = days.map((day) => week.indexOf(day)).sort((a, b) => a - b);
  const name = (place = 0) => say(`days.${week[place] ?? 'monday'}`);
  const isRun = places.every((place, at) => place === (places[0] ?? 0) + at);
  if (isRun && places.length > 2) return say('range', { from: name(places[0]), to: name(places.at(-1)) });
  return places
    .map((place) => say('one', { day: name(place) }))
    .reduce((first, then) => say('and', { first, then }));
};
