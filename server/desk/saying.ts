import type { DeskSituation, Situation } from '../accounts/facts.service.ts';
import { headlineOf } from '../accounts/standing.ts';
import { closureInWords } from '../accounts/verdicts.ts';
import type { House } from '../core/ctx.ts';
import { momentInWords } from '../core/days.ts';
import type { Language } from '../core/words.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { isEntitled } from '../verifications/entitlement.ts';
import { isBelow } from '../verifications/levels.ts';
import type { MemberPage } from './desk.schema.ts';
import { isAboutLetter, letterTold, tellsLetterToo } from './letter-told.ts';

type Saying = { house: House; language: Language };

/**
 * What to tell the caller, one sentence before and one after verification. The first follows the call and never the
 * account; the second is there once the caller is identified, and for nobody else (DOMAIN, "Calls").
 */
export const sayingOf = (saying: Saying, policy: Policy, situation: DeskSituation): MemberPage['say'] => {
  const { desk } = situation;
  const isHeard = isEntitled(desk) && !isBelow(desk.level, 'identified');
  return {
    before: saying.house.words.say(saying.language, `desk.say.before.${stageOf(policy, situation)}`, {
      service: policy.help.name[saying.language],
    }),
    after: isHeard ? afterOf(saying, policy, situation) : null,
  };
};

const stageOf = ({ letter }: Policy, { desk, caller, standing }: DeskSituation): string => {
  if (standing.suspectedUntil) return 'suspicion';
  if (desk.caller === 'unsaid' || !standing.hasAccount) return 'greeting';
  if (!isEntitled(desk)) return letter ? 'third-party' : 'third-party-no-letter';
  if (caller.methods.codes.some(({ state }) => state === 'sent')) return 'code-sent';
  // Nothing on file can prove anything in this call: it ends as a failed proof does.
  const isUnproved = isBelow(desk.level, 'identified');
  if (isUnproved && (desk.hasFailed || desk.best === 'none')) return letter ? 'failed' : 'failed-no-letter';
  return 'verify';
};

const afterOf = (saying: Saying, policy: Policy, situation: Situation): string => {
  const letter = tellsLetterToo(situation) ? letterTold(saying, situation, 'say') : null;
  if (letter && isAboutLetter(situation)) return letter;
  return [accountTold(saying, policy, situation), letter ?? []].flat().join(' ');
};

const accountTold = ({ house, language }: Saying, policy: Policy, situation: Situation): string => {
  const { standing } = situation;
  const { waiting } = standing;
  return house.words.say(language, `desk.say.after.${keyOf(situation)}`, {
    why: closureInWords(policy, language, situation) ?? '',
    failures: standing.failures,
    since: standing.lockedAt ? momentInWords(language, standing.lockedAt) : '',
    until: waiting ? momentInWords(language, waiting.until) : '',
    channel: waiting?.for === 'message' ? house.words.say(language, `desk.channels.${waiting.channel}`) : '',
    service: policy.help.name[language],
  });
};

const keyOf = (situation: Situation): string => {
  const { standing } = situation;
  const state = headlineOf(standing);
  if (state === 'frozen') {
    if (standing.frozenWhy === 'death-reported') return 'death-reported';
    return standing.frozenAt ? 'frozen' : 'suspected';
  }
  if (state === 'waiting') {
    if (isAboutLetter(situation)) return 'waiting-letter';
    return standing.waiting?.for === 'message'
      ? `waiting-${standing.waiting.secret}`
      : `waiting-${standing.waiting?.for}`;
  }
  if (state === 'open' && !standing.hasPassword) return 'without-password';
  return state;
};
