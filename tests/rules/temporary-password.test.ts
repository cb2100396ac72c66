import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  groupForReading,
  makeTemporaryPassword,
  readTemporaryPassword,
} from '../../server/credentials/temporary-password.ts';

const seed = process.env.FC_SEED ? Number(process.env.FC_SEED) : undefined;
const settings = seed === undefined ? {} : { seed };

const alphabet = [...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'];
const passwords = fc
  .uint8Array({ minLength: 12, maxLength: 12 })
  .map((bytes) => makeTemporaryPassword(() => bytes));
const readsRight = (typed: string) => {
  const reading = readTemporaryPassword(typed);
  return reading.shape && reading.checkOk;
};
const withSymbol = (symbols: string, at: number, symbol: string) =>
  symbols.slice(0, at) + symbol + symbols.slice(at + 1);

describe('a temporary password', () => {
  test('is 13 Crockford symbols that read back as themselves, however they are grouped', () => {
    const made = makeTemporaryPassword((length) => randomBytes(length));

    expect(made).toMatch(/^[0-9A-HJKMNP-TV-Z]{13}$/);
    expect(groupForReading(made)).toMatch(/^.{4}-.{4}-.{5}$/);
    expect(readTemporaryPassword(groupForReading(made))).toEqual({
      shape: true,
      symbols: made,
      checkOk: true,
    });
  });

  test('asks for twelve bytes and uses each of their 32 remainders equally', () => {
    const asked: number[] = [];
    const symbols = Array.from({ length: 256 }, (_, byte) =>
      makeTemporaryPassword((length) => {
        asked.push(length);
        return new Uint8Array(length).fill(byte);
      }).charAt(0),
    );

    expect(new Set(asked)).toEqual(new Set([12]));
    const counts = alphabet.map((symbol) => symbols.filter((made) => made === symbol).length);
    expect(new Set(counts)).toEqual(new Set([8]));
  });

  test('with any one symbol wrong, is known to be mistyped', () => {
    fc.assert(
      fc.property(passwords, (made) => {
        for (let at = 0; at < 13; at += 1) {
          for (const symbol of alphabet) {
            if (symbol !== made.charAt(at)) expect(readsRight(withSymbol(made, at, symbol))).toBe(false);
          }
        }
      }),
      settings,
    );
  });

  test('with two neighbours exchanged, is known to be mistyped', () => {
    fc.assert(
      fc.property(passwords, (made) => {
        for (let at = 0; at < 12; at += 1) {
          const [left, right] = [made.charAt(at), made.charAt(at + 1)];
          if (left === right) continue;
          expect(readsRight(made.slice(0, at) + right + left + made.slice(at + 2))).toBe(false);
        }
      }),
      settings,
    );
  });

  // The check is linear, so an error alone decides whether it shows: the all-zero password stands for all.
  test('shows every single error and every exchange of two neighbours, all of them tried', () => {
    const zero = '0'.repeat(13);
    for (let at = 0; at < 13; at += 1) {
      for (const symbol of alphabet.slice(1)) expect(readsRight(withSymbol(zero, at, symbol))).toBe(false);
    }
    for (let at = 0; at < 12; at += 1) {
      for (const symbol of alphabet.slice(1)) {
        const difference = withSymbol(withSymbol(zero, at, symbol), at + 1, symbol);
        expect(readsRight(difference)).toBe(false);
      }
    }
  });

  test.each([
    ['small letters, spaces and odd hyphens', ' k7qd\u00a0– m2xw ‑ 9rtb0 ', 'K7QDM2XW9RTB0'],
    ['I and L for 1, O for 0', 'ilILoO0000000', '1111000000000'],
  ])('forgives %s', (_what, typed, symbols) => {
    expect(readTemporaryPassword(typed)).toMatchObject({ shape: true, symbols });
  });

  test.each([
    ['nothing', ''],
    ['twelve symbols', 'K7QDM2XW9RTB'],
    ['fourteen symbols', 'K7QDM2XW9RTB00'],
    ['the letter U', 'U7QDM2XW9RTB0'],
    ['another sign', 'K7QD_M2XW9RTB'],
    ['an accent', 'É7QDM2XW9RTB0'],
    ['a dotless i, which is no I', 'ı7QDM2XW9RTB0'],
    ['a sharp s, which grows to two letters in capitals', 'ß7QDM2XW9RTB'],
    ['a sign outside the first plane', '😀7QDM2XW9RTB'],
  ])('does not have the shape of one: %s', (_what, typed) => {
    expect(readTemporaryPassword(typed)).toEqual({ shape: false });
  });
});
