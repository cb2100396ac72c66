import { describe, expect, test } from 'vitest';
import { readBirthDate } from '../../server/portal/birth-date.ts';

describe('a birth date as a member types it', () => {
  test.each([
    '05/07/1937',
    '5/7/1937',
    '05.07.1937',
    '05-07-1937',
    ' 05 07 1937 ',
    '05071937',
    '1937-07-05',
    '０５/０７/１９３７',
  ])('%s is the fifth of July 1937', (typed) => {
    expect(readBirthDate(typed)).toBe('1937-07-05');
  });

  test.each([
    '31/02/1937',
    '29/02/1937',
    '00/07/1937',
    '05/13/1937',
    '05/07/37',
    '5 juillet 1937',
    '',
    '0507193',
  ])('%s is no day', (typed) => {
    expect(readBirthDate(typed)).toBeUndefined();
  });
});
