import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkChosenPassword } from '../../server/accounts/password-rule.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';
import { ruleAsTests } from '../../server/portal/password-words.ts';

const policies = loadOrganisations('seeds/organisations').all();
const nobody = { names: [], birthDate: null, identifiers: [] };
/** What a line of the rule says; the rest (too long, obvious, personal) only the server knows. */
const lines = [
  'exactly-digits',
  'too-short',
  'needs-digit',
  'needs-upper',
  'needs-lower',
  'needs-special',
  'forbidden-character',
];
const passwords = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 14 }),
  fc.string({ unit: fc.constantFrom(..."aéZÉ09!+'%\\_ 😀"), maxLength: 14 }),
  fc.stringMatching(/^[0-9]{4,8}$/),
);

describe.each(policies)('what ticks while a member of $name types', (policy) => {
  test('agrees with what the server will say', () => {
    const tests = ruleAsTests(policy).map((source) => new RegExp(source, 'su'));

    fc.assert(
      fc.property(passwords, (typed) => {
        const refused = checkChosenPassword(policy.chosenPassword, typed, nobody, () => false);
        const isMet = tests.every((line) => line.test(typed.normalize('NFC')));
        expect(isMet).toBe(!refused.some((failure) => lines.includes(failure)));
      }),
      { numRuns: 500 },
    );
  });
});
