import { describe, expect, test } from 'vitest';
import { countSms, plainForSms } from '../../server/messages/sms-text.ts';

const a = (count: number) => 'a'.repeat(count);

describe('an SMS is counted as the network counts it', () => {
  // FACTS 3.2, computed against the tables of 3GPP 23.038.
  test.each<[string, string, 'gsm7' | 'ucs2', number, number]>([
    ['nothing', '', 'gsm7', 0, 1],
    ['160 septets alone', a(160), 'gsm7', 160, 1],
    ['one more', a(161), 'gsm7', 161, 2],
    ['two full parts', a(306), 'gsm7', 306, 2],
    ['and one more', a(307), 'gsm7', 307, 3],
    ['70 units alone', `ê${a(69)}`, 'ucs2', 70, 1],
    ['one more of them', `ê${a(70)}`, 'ucs2', 71, 2],
    ['two full parts of them', `ê${a(133)}`, 'ucs2', 134, 2],
    ['and one more of them', `ê${a(134)}`, 'ucs2', 135, 3],
    ['the accents of the alphabet', 'éèùàìòäöüÄÖÜÉÇñÑæÆßåÅøØ§', 'gsm7', 24, 1],
    ['the extension counts twice', '€^{}[]\\|~', 'gsm7', 18, 1],
    ['an escape is not cut from its sign', `${a(152)}€${a(152)}`, 'gsm7', 306, 3],
    ['a pair is not cut in two', `ê${a(65)}😀${a(66)}`, 'ucs2', 134, 3],
    [
      'an unblock, in one',
      "MUTUELLE X : votre compte a été débloqué le 20/11 à 14h32. Vous n'avez rien demandé ? Appelez le 09 00 00 00 00.",
      'gsm7',
      112,
      1,
    ],
    [
      'a letter, in one',
      'MUTUELLE X : un courrier contenant votre mot de passe provisoire part ce jour. Réception prévue entre le 23/11 et le 26/11.',
      'gsm7',
      123,
      1,
    ],
  ])('%s', (_case, text, encoding, length, segments) => {
    expect(countSms(text)).toMatchObject({ encoding, length, segments });
  });

  test('one circumflex makes three of one', () => {
    const asTyped = `MUTUELLE X : votre code est 123456, valable 10 minutes. Ne le communiquez à personne, pas même à un conseiller. Nous ne vous le demanderons jamais.`;

    expect(countSms(asTyped)).toMatchObject({ encoding: 'ucs2', segments: 3, foreign: ['ê'] });
    expect(countSms(asTyped.replace('ê', 'e'))).toMatchObject({ encoding: 'gsm7', segments: 1, foreign: [] });
  });

  test.each([...'âêîôûçëïœÿÀÂÈÊËÎÏÔÙÛŒ«»’‘“”…–—°º№\u00a0\u202f'])('%s is not in the alphabet', (sign) => {
    expect(countSms(sign)).toMatchObject({ encoding: 'ucs2', foreign: [sign] });
  });

  test('what a printer sets is set back, and no letter is changed', () => {
    expect(plainForSms('l’œuvre\u00a0: 06\u202f39')).toBe("l'œuvre : 06 39");
  });
});
