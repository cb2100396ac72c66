import type { Visit } from '../core/ctx.ts';
import { dayInWords } from '../core/days.ts';
import type { WordParams } from '../core/errors.ts';
import { letterDates, productTo } from '../letters/promise.ts';
import type { Policy } from '../organisations/policy.schema.ts';

type Saying = Pick<Visit, 'house' | 'language'>;
export type Say = (key: string, params?: WordParams) => string;

/** Sentences of `recovery`, with the organisation's own names for things already in them. */
export const sayer = (saying: Saying, policy: Policy): Say => {
  const standing = paramsOf(saying, policy);
  return (key, params = {}) =>
    saying.house.words.say(saying.language, `recovery.${key}`, { ...standing, ...params });
};

/** What the organisation calls things: `{code}`, `{portal}`, `{forgotten}`, `{organisation}`, `{help}`. */
export const paramsOf = (saying: Saying, policy: Policy): WordParams => ({
  code: policy.code.name[saying.language],
  portal: policy.portal.name[saying.language],
  forgotten: policy.portal.labels.forgottenPassword[saying.language],
  organisation: policy.name,
  help: helpInWords(saying, policy),
});

/** « le service clients (06 39 98 01 01) » */
export const helpInWords = ({ language }: Saying, { help }: Policy): string =>
  help.phone ? `${help.name[language]} (${help.phone})` : help.name[language];

/** « sous huit jours », with a space before it; empty where the organisation promises nothing. */
export const promiseOf = (saying: Saying, { letter }: Policy): string =>
  letter?.promise ? ` ${promiseInWords(saying, letter.promise)}` : '';

/**
 * The organisation's promise beside the day that will hold for a letter asked for now in metropolitan France: the
 * same for everybody, since where a member lives is nobody's business before a proof.
 */
export const letterNotes = (at: Saying & { now: Date }, policy: Policy): string[] => {
  const { letter } = policy;
  if (!letter) return [];

  const zone = 'metropole';
  const product = productTo(letter, zone);
  const { promise } = letter;
  const { announcedDay } = letterDates({ ...letter, askedAt: at.now, product, zone });
  const say = sayer(at, policy);
  return [
    ...(promise ? [say('note.announced', { promise: promiseInWords(at, promise) })] : []),
    say('note.letterDate', { announced: dayInWords(at.language, announcedDay) }),
  ];
};

/** « 24 heures », « 10 minutes » */
export const lifeInWords = ({ house, language }: Saying, minutes: number): string =>
  minutes >= 120 && minutes % 60 === 0
    ? house.words.say(language, 'recovery.life.hours', { count: minutes / 60 })
    : house.words.say(language, 'recovery.life.minutes', { count: minutes });

type Promised = NonNullable<NonNullable<Policy['letter']>['promise']>;

const promiseInWords = ({ house, language }: Saying, { value, unit, basis }: Promised): string => {
  const word = `recovery.count.${value}`;
  const count = unit === 'days' && house.words.has(word) ? house.words.say(language, word) : value;
  return house.words.say(language, `recovery.promise.${basis === 'working' ? 'working-' : ''}${unit}`, {
    count,
  });
};
