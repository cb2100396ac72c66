import type { PostalAddress } from './address.ts';

/** One text for an address, by which two are compared; null when none is on file. */
export const addressText = ({ lines, postcode, town, country }: PostalAddress): string | null =>
  lines.length === 0 && postcode === '' && town === ''
    ? null
    : JSON.stringify([lines, postcode, town, country]);

export const parseAddressText = (text: string): PostalAddress => {
  const [lines, postcode, town, country] = JSON.parse(text) as [string[], string, string, string];
  return { lines, postcode, town, country };
};
