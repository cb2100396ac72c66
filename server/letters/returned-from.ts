import { formatAddress, type PostalAddress } from '../members/address.ts';

const nobody = { civility: null, firstName: '', lastName: '' };

/**
 * Whether a letter went to the address that is on file now: as many lines as would be printed, and below the name the
 * same ones. Days say less: an import may date an address back, and one day may see both a letter and a correction.
 */
export const wentTo = (
  printedLines: string[],
  now: { name: Parameters<typeof formatAddress>[0]; address: PostalAddress },
): boolean => {
  const [whole, place] = [formatAddress(now.name, now.address), formatAddress(nobody, now.address)];
  if (!whole.ok || !place.ok || whole.lines.length !== printedLines.length) return false;
  return place.lines.join('\n') === printedLines.slice(-place.lines.length).join('\n');
};
