import { describe, expect, test } from 'vitest';
import { passwordProblem } from '../../server/agents/agent-password.ts';
import { isWithin } from '../../server/http/networks.ts';

const agent = { username: 'm.durand', name: 'Marie Durand-Lefèvre' };

describe('a password of the desk', () => {
  test.each<[string, ReturnType<typeof passwordProblem>]>([
    ['une-phrase-de-quatre-mots', null],
    ['cheval correct pile agrafe', null],
    ['Tr0mpette&Violon', null],
    ['motdepasse-du-poney-violet', null],
    ['🎻🎺🥁🎷🎸🪗🪕🎹🪘🎤🎼', 'agents.passwordTooShort'],
    ['onze-signes', 'agents.passwordTooShort'],
    ['motdepasse2026!', 'agents.passwordWeak'],
    ['P@$$word123456', 'agents.passwordWeak'],
    ['azertyuiop1234', 'agents.passwordWeak'],
    ['aaaaaaaaaaaaaaaa', 'agents.passwordWeak'],
    ['abababababababab', 'agents.passwordWeak'],
    ['Marie.Durand.2026', 'agents.passwordWeak'],
    ['lefevre-lefevre', 'agents.passwordWeak'],
    ['Bienvenue-Guichet', 'agents.passwordWeak'],
    ['01234567890123', 'agents.passwordWeak'],
  ])('%s: %s', (password, problem) => {
    expect(passwordProblem(password, agent)).toBe(problem);
  });
});

describe('a network of a site', () => {
  test.each<[string[], string, boolean]>([
    [['192.0.2.0/24'], '192.0.2.255', true],
    [['192.0.2.0/24'], '192.0.3.0', false],
    [['192.0.2.0/24'], '::ffff:192.0.2.1', true],
    [['192.0.2.7'], '192.0.2.7', true],
    [['192.0.2.7'], '192.0.2.8', false],
    [['2001:db8::/32'], '2001:db8:1::1', true],
    [['2001:db8::/32'], '2001:db9::1', false],
    [['2001:db8::1'], '2001:db8::1', true],
    [['10.0.0.0/8', '2001:db8::/32'], '2001:db8::1%eth0', true],
    [['0.0.0.0/0'], '::1', false],
    [['192.0.2.0/24'], 'unknown', false],
    [['192.0.2.0/24'], '', false],
  ])('%j holds %s: %s', (ranges, address, expected) => {
    expect(isWithin(ranges, address)).toBe(expected);
  });
});
