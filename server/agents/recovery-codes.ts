import { digest, type Keys } from '../core/crypto.ts';
import type { Random } from '../core/random.ts';

// Crockford's letters: none is taken for another one or for a digit.
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const length = 16;
const howMany = 10;

/** Ten codes of 80 random bits (NIST SP 800-63B-4 asks 64), in groups of four to be copied by hand. */
export const makeRecoveryCodes = ({ bytes }: Random): string[] =>
  Array.from({ length: howMany }, () =>
    [...bytes(length)]
      .map((byte) => letters[byte & 31])
      .join('')
      .replace(/(.{4})(?!$)/g, '$1-'),
  );

/** How a code is kept and found, typed as it may be; null when it cannot be one. */
export const recoveryDigest = (keys: Keys, agentId: string, typed: string): string | null => {
  const plain = typed.toUpperCase().replace(/[\s-]/g, '').replace(/[IL]/g, '1').replace(/O/g, '0');
  if (plain.length !== length) return null;
  return digest(keys, 'agent-recovery-code', agentId, plain);
};
