const symbols = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** « Réf. pli »: eight symbols without look-alikes, saying nothing of the person or of how many letters there are. */
export const makeReference = (bytes: (length: number) => Uint8Array): string =>
  [...bytes(8)].map((byte) => symbols.charAt(byte % symbols.length)).join('');
