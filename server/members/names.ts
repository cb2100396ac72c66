import { fold } from '../core/text.ts';

type Named = { usualName: string; birthName: string | null; firstName: string };

/** How a person may be asked for: one row each. Folded. */
export type NameRow = { last: string; first: string };

const mostRows = 8;

/**
 * Usual and birth name, whole, by each of their words, and without its blanks when the first word is short
 * (« Le Guen » is also typed « leguen »); first names likewise. Whole names come first: a person with very many
 * words loses unlikely pairs, never a word.
 */
export const nameRowsOf = (person: Named): NameRow[] => {
  const lasts = unique([person.usualName, person.birthName ?? ''].flatMap(waysOf));
  const firsts = unique(waysOf(person.firstName));
  const pairs = lasts.flatMap((last, i) => firsts.map((first, j) => ({ last, first, i, j })));
  const edges = pairs.filter(({ i, j }) => i === 0 || j === 0);
  const inner = pairs.filter(({ i, j }) => i > 0 && j > 0).sort((a, b) => a.i + a.j - (b.i + b.j));
  const kept = [...edges, ...inner].slice(0, Math.max(mostRows, edges.length));
  return kept.map(({ last, first }) => ({ last, first }));
};

/** The words under which typing mistakes are looked up. */
export const wordsOf = (person: Named): string[] =>
  unique(nameRowsOf(person).flatMap(({ last, first }) => [last, first])).filter(
    (word) => isForgiven(word) && !word.includes(' '),
  );

/** Shorter words have too many neighbours; longer ones are not names. */
export const isForgiven = (word: string): boolean =>
  word.length >= 3 && word.length <= 30 && /^\p{L}+$/u.test(word);

/** The word with each of its letters left out: two words one slip apart share one, or one is in the other's. */
export const gapsOf = (word: string): string[] =>
  unique([...word].map((_, at, letters) => [...letters.slice(0, at), ...letters.slice(at + 1)].join('')));

/** Orders by last name, then first name: two blanks come before the blank inside a compound name. */
export const sortNameOf = (person: Named): string => `${fold(person.usualName)}  ${fold(person.firstName)}`;

const particles = new Set([
  'd',
  'da',
  'de',
  'del',
  'des',
  'di',
  'du',
  'el',
  'et',
  'l',
  'la',
  'le',
  'les',
  'van',
  'von',
]);

const waysOf = (name: string): string[] => {
  const whole = fold(name);
  const words = whole.split(' ');
  if (words.length === 1) return words;
  const joined = (words[0]?.length ?? 0) <= 3 ? [words.join('')] : [];
  return [whole, ...words.filter((word) => !particles.has(word)), ...joined];
};

const unique = (words: string[]): string[] => [...new Set(words)].filter((word) => word !== '');
