import { fold } from '../core/text.ts';

/** What stands at the head of every list of stolen passwords, in French and English, and the words of this desk. */
const obvious = [
  ...['motdepasse', 'password', 'passe', 'azerty', 'qwerty', 'qwertz', 'bonjour', 'bienvenue', 'welcome'],
  ...[
    'admin',
    'administrateur',
    'soleil',
    'jetaime',
    'iloveyou',
    'marseille',
    'secret',
    'changeme',
    'letmein',
  ],
  ...['guichet', 'mutuelle', 'sante', 'adherent', 'printemps', 'automne', 'hiver', 'summer', 'winter'],
  ...[
    'abcdefghijklmnopqrstuvwxyz',
    'abcdef',
    'azertyuiop',
    'qwertyuiop',
    '0123456789',
    '9876543210',
    '123456',
  ],
];

const shortest = 12;
/** What must be left of it once the obvious and the agent's own names are taken out. */
const leastOwn = 6;

/**
 * Why a password is none for an agent, as a words key; null when it is one. A stretch of the obvious inside a long one
 * does no harm: what counts is what else there is (NIST SP 800-63B-4 3.1.1.2: blocklist, no composition rules).
 */
export const passwordProblem = (
  password: string,
  { username, name }: { username: string; name: string },
): 'agents.passwordTooShort' | 'agents.passwordWeak' | null => {
  if ([...password].length < shortest) return 'agents.passwordTooShort';
  const own = [username, ...username.split(/[._-]/), ...name.split(/[\s'’-]+/)].map(plain);
  const known = [...obvious, ...own.filter((word) => word.length >= 3)];
  let rest = plain(password);
  for (const word of known.sort((one, other) => other.length - one.length)) rest = rest.replaceAll(word, '');
  rest = rest.replace(/(.)\1+/gu, '$1').replace(/(19|20)\d\d/g, '');
  return [...rest].length < leastOwn || new Set(plain(password)).size < 5 ? 'agents.passwordWeak' : null;
};

const plain = (text: string): string =>
  fold(text.replaceAll('@', 'a').replaceAll('$', 's')).replaceAll(' ', '');
