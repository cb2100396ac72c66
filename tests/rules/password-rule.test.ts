import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkChosenPassword, normalisePassword } from '../../server/accounts/password-rule.ts';
import type { PasswordFailure, PersonalData } from '../../server/accounts/password-rule.ts';
import { loadOrganisations } from '../../server/organisations/organisations.service.ts';
import type { ChosenPasswordRule } from '../../server/organisations/policy-parts.schema.ts';

const organisations = loadOrganisations(new URL('../../seeds/organisations/', import.meta.url).pathname);
const ruleOf = (id: string): ChosenPasswordRule => {
  const policy = organisations.get(id);
  if (!policy) throw new Error(`No organisation ${id}.`);
  return policy.chosenPassword;
};
const nobody: PersonalData = { names: [], birthDate: null, identifiers: [] };
const never = () => false;
const check = (
  id: string,
  typed: string,
  personal = nobody,
  hasTemporaryShape: (typed: string) => boolean = never,
) => checkChosenPassword(ruleOf(id), typed, personal, hasTemporaryShape);

describe('each organisation checks a chosen password by its own rule', () => {
  test.each<[id: string, typed: string, failures: PasswordFailure[]]>([
    ['safiag', '482915', []],
    ['safiag', '48291', ['exactly-digits']],
    ['safiag', '4829150', ['exactly-digits']],
    ['safiag', '48291a', ['exactly-digits']],
    ['safiag', '４８２９１５', ['exactly-digits']],
    ['safiag', '482915\n', ['exactly-digits', 'unreadable-character']],
    ['safiag', '', ['exactly-digits']],
    ['safiag', '000000', ['too-obvious']],
    ['safiag', '123456', ['too-obvious']],
    ['safiag', '987654', ['too-obvious']],
    ['safiag', '567890', ['too-obvious']],
    ['mutuelle-agents-publics', 'VELO!2027', []],
    ['mutuelle-agents-publics', 'velo!2027', ['needs-upper']],
    ['mutuelle-agents-publics', 'VELO2027', ['needs-special']],
    ['mutuelle-agents-publics', 'VELO!velo', ['needs-digit']],
    ['mutuelle-agents-publics', "VELO!2'27", ['forbidden-character']],
    ['mutuelle-agents-publics', 'VELO!2%27', ['forbidden-character']],
    ['mutuelle-agents-publics', 'VELO!2\\27', ['forbidden-character']],
    ['mutuelle-agents-publics', 'VELO!2_27', ['forbidden-character']],
    ['mutuelle-agents-publics', 'VELO!27', ['too-short']],
    ['mutuelle-agents-publics', '', ['too-short', 'needs-digit', 'needs-upper', 'needs-special']],
    ['mgen', 'Bicyclette7', []],
    ['mgen', 'bicyclette', ['needs-digit', 'needs-upper']],
    ['mgen', 'Ab1éèàçœ', []],
    ['mgen', `Aa1${'x'.repeat(125)}`, []],
    ['mgen', `Aa1${'x'.repeat(126)}`, ['too-long']],
    ['mgen', 'Ab1🚲🚲🚲🚲', ['too-short']],
    ['mgen', 'Ab1🚲🚲🚲🚲🚲', []],
    ['mgen', 'Bicyclette7\ud83d', ['unreadable-character']],
    ['msa-sud-aquitaine', 'Vélo-2027', []],
    ['msa-sud-aquitaine', 'vélo-2027', ['needs-upper']],
    ['msa-sud-aquitaine', 'VÉLO-2027', ['needs-lower']],
    ['msa-sud-aquitaine', 'Vélo 2027', ['needs-special']],
    ['msa-sud-aquitaine', 'aaaaaaaa', ['needs-digit', 'needs-upper', 'needs-special', 'too-obvious']],
  ])('%s: %j gives %j', (id, typed, failures) => {
    expect(check(id, typed)).toEqual(failures);
  });
});

describe('a password must not hold what others know of the member', () => {
  const personal: PersonalData = {
    names: ['Lefèvre-Dubois', 'Zoé', 'Li'],
    birthDate: '1961-03-05',
    identifiers: ['204518', '2610399999901'],
  };
  test.each<[id: string, typed: string, isRefused: boolean]>([
    ['safiag', '050361', true],
    ['safiag', '610305', true],
    ['safiag', '204518', true],
    ['safiag', '103999', true],
    ['safiag', '482915', false],
    ['mgen', 'MaLefevre9', true],
    ['mgen', 'Dubois2027', true],
    ['mgen', 'lefevre DUBOIS 1', true],
    ['mgen', 'Z-o-é-2027a', true],
    ['mgen', 'Oli05031961', true],
    ['mgen', 'Felicite2027', false],
  ])('%s: %s refused: %s', (id, typed, isRefused) => {
    expect(check(id, typed, personal).includes('contains-personal')).toBe(isRefused);
  });

  test('unless the organisation does not ask for it', () => {
    const rule = { ...ruleOf('safiag'), refusePersonal: false, refuseObvious: false };

    expect(checkChosenPassword(rule, '050361', personal, never)).toEqual([]);
    expect(checkChosenPassword(rule, '123456', personal, never)).toEqual([]);
  });
});

test('what has the shape of a temporary password is refused, as typed', () => {
  const seen: string[] = [];
  const hasTemporaryShape = (typed: string) => seen.push(typed) > 0;

  expect(check('mgen', 'Abcd-3fgh-Jkmnp', nobody, hasTemporaryShape)).toEqual(['temporary-shape']);
  expect(seen).toEqual(['Abcd-3fgh-Jkmnp']);
});

test('the same letters from two keyboards are one password', () => {
  expect(normalisePassword('Ve\u0301lo-2027')).toBe(normalisePassword('V\u00e9lo-2027'));
  expect(check('msa-sud-aquitaine', 'Ve\u0301lo-202')).toEqual(check('msa-sud-aquitaine', 'V\u00e9lo-202'));
});

test('any six digits that are no run and no repetition suit a six-digit rule, and nothing else does', () => {
  const seed = process.env['FC_SEED'];
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 8 }), fc.stringMatching(/^[0-9]{5,7}$/)), (typed) => {
      expect(check('safiag', typed).includes('exactly-digits')).toBe(!/^[0-9]{6}$/.test(typed));
    }),
    seed === undefined ? {} : { seed: Number(seed) },
  );
});
