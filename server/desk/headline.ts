import { closureForDesk } from '../accounts/verdicts.ts';
import type { Situation } from '../accounts/facts.service.ts';
import { headlineOf, headlineSince } from '../accounts/standing.ts';
import type { House } from '../core/ctx.ts';
import { dayOfMoment, momentInWords } from '../core/days.ts';
import type { Language } from '../core/words.ts';
import type { MemberPage } from './desk.schema.ts';
import { isAboutLetter, letterTold, tellsLetterToo } from './letter-told.ts';

/** "May they get in, and if not why": the first thing on the page. */
export const headlineInWords = (
  { house, language }: { house: House; language: Language },
  situation: Situation,
): MemberPage['headline'] => {
  const { standing } = situation;
  const state = headlineOf(standing);
  const since = headlineSince(standing);
  const params = {
    why: closureForDesk({ house, language }, situation),
    failures: standing.failures,
    most: standing.maxFailures,
    since: since ? momentInWords(language, since) : '',
    day: since ? dayOfMoment(language, since) : '',
    until: untilOf(language, standing),
    channel:
      standing.waiting?.for === 'message'
        ? house.words.say(language, `desk.channels.${standing.waiting.channel}`)
        : '',
  };
  const say = (key: string) => house.words.say(language, `desk.headline.${key}`, params);
  // A letter under way closes nothing: the chosen password goes on working until the change (DOMAIN).
  const worksStill = state === 'waiting' && standing.hasPassword;
  const title = say(worksStill ? 'waiting.title-with-password' : titleOf(state, situation));
  const letter = tellsLetterToo(situation) ? letterTold({ house, language }, situation, 'headline') : null;
  const account = letter && isAboutLetter(situation) ? [] : say(detailOf(state, situation));
  const still = worksStill ? say('waiting.still') : [];
  const detail = [account, letter ?? [], still].flat().join(' ');
  return { state, title, detail, since };
};

// Without a password, after a lifted freeze: « oui » would send the caller back to a door that stays shut.
const lacksPassword = (state: string, { standing }: Situation): boolean =>
  state === 'open' && !standing.hasPassword;

const untilOf = (language: Language, { waiting, suspectedUntil }: Situation['standing']): string => {
  const until = suspectedUntil ?? waiting?.until;
  return until ? momentInWords(language, until) : '';
};

const titleOf = (state: string, situation: Situation): string => {
  if (lacksPassword(state, situation)) return 'open.title-without-password';
  const isSuspected = state === 'frozen' && !situation.standing.frozenAt;
  return isSuspected ? 'frozen.title-suspected' : `${state}.title`;
};

const detailOf = (state: string, situation: Situation): string => {
  const { standing } = situation;
  if (lacksPassword(state, situation)) return 'open.without-password';
  if (state === 'waiting' && standing.waiting?.for === 'message')
    return `waiting.by-message-${standing.waiting.secret}`;
  if (isAboutLetter(situation)) return 'waiting.letter';
  if (state === 'waiting') return 'waiting.temporary-password';
  if (state === 'open') return standing.lastSignedInAt ? 'open.detail' : 'open.never-seen';
  if (state === 'frozen' && !standing.frozenAt) return 'frozen.suspected';
  if (state === 'frozen' && standing.frozenWhy === 'death-reported') return 'frozen.death-reported';
  if (state === 'never-connected') return 'never-connected.detail';
  return `${state}.detail`;
};
