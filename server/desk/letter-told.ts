import type { Situation } from '../accounts/facts.service.ts';
import { headlineOf } from '../accounts/standing.ts';
import type { House } from '../core/ctx.ts';
import { dayInWords, dayOfMoment } from '../core/days.ts';
import type { Language } from '../core/words.ts';
import type { LetterNews } from '../letters/letter-news.ts';

type Saying = { house: House; language: Language };

/**
 * The true answer to « je n'ai rien reçu »: where the last letter promised is, when to expect it by the day it really
 * left, and from when another may be asked for. In the words of the agent's page or in those for the caller. Null when
 * there is nothing to tell: none was promised, or the member has got in since.
 */
export const letterTold = (
  saying: Saying,
  situation: Situation,
  words: 'say' | 'headline',
): string | null => {
  const { news } = situation.limits;
  if (!news || isPast(news, situation)) return null;
  const { house, language } = saying;
  const say = (key: string, params = {}) => house.words.say(language, `desk.${words}.letter.${key}`, params);
  const day = (of: string): string => dayInWords(language, of);

  const { letter, expected } = news;
  return say(keyOf(news, situation), {
    reference: letter.reference,
    asked: dayOfMoment(language, letter.asked_at),
    posting: day(letter.planned_posting_on),
    posted: day(news.postedOn ?? letter.planned_posting_on),
    earliest: day(expected.earliest),
    latest: day(expected.latest),
    limit: day(letter.limit_on),
    returned: dayOfMoment(language, letter.state_at),
    reason: letter.return_reason
      ? house.words.say(language, `letters.returnReasons.${letter.return_reason}`)
      : '',
    again: againTold(say, day, situation),
  });
};

/** Whether the headline is that letter and nothing else. */
export const isAboutLetter = ({ standing }: Situation): boolean =>
  headlineOf(standing) === 'waiting' && standing.waiting?.for.startsWith('letter-') === true;

/** Where a letter is told beside what the headline says: the account may be opened, and it would help. */
export const tellsLetterToo = (situation: Situation): boolean =>
  ['locked', 'waiting', 'never-connected', 'open'].includes(headlineOf(situation.standing));

const keyOf = ({ as, letter }: LetterNews, { addressee }: Situation): string => {
  if (as === 'to-post' && letter.state === 'printed') return 'printed';
  return as === 'returned' && !addressee.addressDoubtful ? 'returned-corrected' : as;
};

// What has ended is no news to a member who got in after it.
const isPast = ({ as, letter }: LetterNews, { standing }: Situation): boolean =>
  ['expired', 'returned', 'not-sent'].includes(as) && (standing.lastSignedInAt ?? '') > letter.state_at;

/** From when another may be asked for; nothing where nobody can tell, or the address does not allow it. */
const againTold = (
  say: (key: string, params?: { from: string }) => string,
  day: (of: string) => string,
  { limits: { mayAskOn, onItsWay }, outlook }: Situation,
): string => {
  if (!outlook.ok) return '';
  if (mayAskOn === null) return onItsWay ? '' : ` ${say('again-now')}`;
  return ` ${say(onItsWay ? 'again-after-this' : 'again-from', { from: day(mayAskOn) })}`;
};
