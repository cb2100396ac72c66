import { describe, expect, test } from 'vitest';
import { readCallerNumber } from '../../server/members/caller-number.ts';

describe('the number that a telephone system shows', () => {
  test.each([
    ['0612345678', 'phone', '+33612345678'],
    ['+33612345678', 'phone', '+33612345678'],
    ['0033 6 12 34 56 78', 'phone', '+33612345678'],
    ['sip:+33612345678@pbx.example;user=phone', 'phone', '+33612345678'],
    ['tel:0612345678', 'phone', '+33612345678'],
    ['0692 12 34 56', 'phone', '+262692123456'],
    ['06 39 98 00 42', 'phone', '+33639980042'],
    ['', 'withheld', null],
    ['anonymous', 'withheld', null],
    ['sip:anonymous@anonymous.invalid', 'withheld', null],
    ['Privé', 'withheld', null],
    ['+44 20 7946 0958', 'foreign', null],
    ['0044 20 7946 0958', 'foreign', null],
    ['+999 123', 'foreign', null],
    ['+33 1', 'unreadable', null],
    ['3900', 'unreadable', null],
    ['12', 'unreadable', null],
  ])('%s is read as %s', (shown, kind, e164) => {
    expect(readCallerNumber(shown)).toEqual({ kind, e164 });
  });
});
