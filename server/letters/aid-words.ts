import type { Language, Words } from '../core/words.ts';
import type { AddressWindow } from '../organisations/address-window.schema.ts';
import { sheetCode } from './sheet-code.ts';
import type { AidWords, LotToDraw } from './sheet-to-draw.ts';

/** What an organisation's specimens and calibration sheets say. */
export const aidWords = (words: Words, organisation: string, window: AddressWindow): LotToDraw['aids'] => ({
  fr: inLanguage(words, 'fr', organisation, window),
  en: inLanguage(words, 'en', organisation, window),
});

const steps = ['print', 'measure', 'fold', 'hold', 'scan', 'correct'];

const inLanguage = (
  words: Words,
  language: Language,
  organisation: string,
  { envelope, heightMm }: AddressWindow,
): AidWords => {
  const say = (key: string, params = {}) => words.say(language, `letters.aids.${key}`, params);
  const code = sheetCode({ lot: 0, attempt: 0, sheet: 0 });
  return {
    specimen: say('specimen'),
    always: say('always'),
    ever: say('ever'),
    free: say('free'),
    fold: say('fold'),
    secret: say('secret'),
    title: say('title'),
    envelope: say('envelope', { organisation, envelope, height: heightMm }),
    steps: steps.map((step) => say(`steps.${step}`, { code })),
  };
};
