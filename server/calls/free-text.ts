/**
 * Whether a text holds what never stands in plain text: a telephone number, an e-mail or a NIR. A person writes
 * them with spaces, dots and hyphens; a date among the words is not taken for one.
 */
export const holdsIdentifier = (text: string): boolean =>
  identifier.test(text.normalize('NFKC').replace(date, 'x').replace(separators, ''));

const identifier = /@|(?<!\d)(?:\+\d{2}|00\d{2}|0)[1-9]\d{8}|(?<!\d)[1-8]\d{4}[\dAB]{2}\d{6}/i;
const date = /(?<!\d)\d{1,2}([/.-])\d{1,2}\1\d{4}(?!\d)/g;
// The 0 in brackets of +33 (0)6 goes with its brackets.
// Whatever stands between two digits is no part of a number; around letters only what people write numbers with.
const separators = /\(0\)|(?<=\d)[^\p{L}\p{N}@+(]+(?=\d)|[\s.\p{Pd}/()]/gu;
