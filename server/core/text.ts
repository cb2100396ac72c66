// Letters that Unicode does not decompose into a base letter and a mark.
const undecomposed: Record<string, string> = {
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
  ß: 'ss',
  ẞ: 'SS',
  ø: 'o',
  Ø: 'O',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
};
const undecomposedLetters = new RegExp(`[${Object.keys(undecomposed).join('')}]`, 'gu');
const alreadyFolded = /^[a-z0-9]+(?: [a-z0-9]+)*$/;

/** The same text in bare letters: accents dropped, ligatures spelled out; case and punctuation stay. */
export const unaccent = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(undecomposedLetters, (letter) => undecomposed[letter] ?? letter);

/** Full-width letters, digits and signs (an Asian keyboard's) as the ordinary ones. */
export const toHalfWidth = (text: string): string =>
  text.replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0));

/**
 * The form in which words are stored for search and compared: bare lower-case letters and digits, every run
 * of anything else (hyphen, apostrophe, dot, space) one space, none at the ends. Folding twice changes nothing.
 */
export const fold = (text: string): string => {
  if (alreadyFolded.test(text)) return text;

  return unaccent(text)
    .toLowerCase()
    .replace(/\p{Cf}/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
};

/**
 * True when the words are equal or one slip of the finger apart: a letter too many, missing, wrong, or two
 * neighbours swapped. Compares as given: fold first.
 */
export const oneEdit = (a: string, b: string): boolean => {
  if (a === b) return true;
  if (Math.abs(a.length - b.length) > 1) return false;

  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;

  if (a.length > b.length) return a.slice(start + 1) === b.slice(start);
  if (a.length < b.length) return a.slice(start) === b.slice(start + 1);
  if (a.slice(start + 1) === b.slice(start + 1)) return true;

  const isSwap = a[start] === b[start + 1] && a[start + 1] === b[start];
  return isSwap && a.slice(start + 2) === b.slice(start + 2);
};
