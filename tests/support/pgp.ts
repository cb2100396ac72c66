import { readFileSync, writeFileSync } from 'node:fs';
import { decrypt, generateKey, readMessage, readPrivateKey } from 'openpgp';

/** A fresh pair: its public half in a file, as an administrator would give it, and what opens its messages. */
export const makeKeyPair = async (
  publicFile: string,
  more: { date?: Date; keyExpirationTime?: number } = {},
) => {
  const date = more.date ?? new Date('2026-01-05T08:00:00Z');
  const { privateKey, publicKey } = await generateKey({
    userIDs: [{ name: 'Routeur d’essai' }],
    ...more,
    date,
  });
  writeFileSync(publicFile, publicKey);
  const decryptionKeys = await readPrivateKey({ armoredKey: privateKey });
  return {
    privateKey,
    open: async (file: string): Promise<Uint8Array> => {
      const message = await readMessage({ binaryMessage: new Uint8Array(readFileSync(file)) });
      const { data } = await decrypt({ message, decryptionKeys, format: 'binary' });
      return data as Uint8Array;
    },
  };
};
