import { readFileSync } from 'node:fs';
import { createMessage, encrypt, readKeys, type PublicKey } from 'openpgp';

/** Encrypts for whoever holds the private keys: binary OpenPGP, to every key of the file. */
export type Sealer = (bytes: Uint8Array) => Promise<Uint8Array>;

/**
 * Reads the public keys that encrypt what leaves for a directory. `variable` names the file's setting in the words of
 * a refusal.
 *
 * @throws Error saying what is wrong with the file and what to do: it must hold public keys only, each able to
 * encrypt now.
 */
export const openSealer = async (variable: string, file: string, clock: () => Date): Promise<Sealer> => {
  const keys = await readPublicKeys(variable, file);
  await assertAllEncrypt(variable, keys, clock());
  return async (bytes) => {
    const message = await createMessage({ binary: bytes });
    const date = clock();
    return encrypt({ message, encryptionKeys: keys, format: 'binary', date });
  };
};

const readPublicKeys = async (variable: string, file: string): Promise<PublicKey[]> => {
  let armored: string;
  try {
    armored = readFileSync(file, 'utf8');
  } catch (cause) {
    throw new Error(`${variable}: the file cannot be read. Give the path of an armored public key.`, {
      cause,
    });
  }
  const keys = await readKeys({ armoredKeys: armored }).catch((cause: unknown) => {
    throw new Error(`${variable}: no OpenPGP key in the file. ${howToExport}`, { cause });
  });
  if (keys.length === 0) throw new Error(`${variable}: no OpenPGP key in the file. ${howToExport}`);
  if (keys.some((key) => key.isPrivate())) {
    throw new Error(
      `${variable}: the file holds a private key, which must stay with whoever decrypts. Take it off this machine. ${howToExport}`,
    );
  }
  return keys as PublicKey[];
};

const howToExport = 'Export the public key: gpg --armor --export <key>.';

const assertAllEncrypt = async (variable: string, keys: PublicKey[], now: Date): Promise<void> => {
  for (const key of keys) {
    const expires = await key.getExpirationTime();
    if (expires instanceof Date && expires <= now)
      throw new Error(`${variable}: a key has expired. Have it prolonged and export it again.`);
    await key.getEncryptionKey(undefined, now).catch((cause: unknown) => {
      throw new Error(
        `${variable}: a key has no part that encrypts, or it is revoked or expired. Make one with gpg --quick-generate-key and export it.`,
        { cause },
      );
    });
  }
};
