import { createPublicKey, verify } from 'node:crypto';
import type { ChainHead, Checkpoint } from '../core/ctx.ts';
import { publicKey, signText, type Keys } from '../core/crypto.ts';

/** What a checkpoint's signature covers: whoever has the public key checks it without ours. */
export const checkpointText = (
  { seq, hash, at }: ChainHead,
  { rows, segment }: Pick<Checkpoint, 'rows' | 'segment'>,
): string => JSON.stringify(['checkpoint', seq, hash, at, rows, segment]);

/** A head that says, signed, how many rows stand in its segment of the chain at this moment. */
export const signedCheckpoint = (
  keys: Keys,
  head: ChainHead,
  counted: Pick<Checkpoint, 'rows' | 'segment'>,
): ChainHead => {
  const signature = signText(keys, 'audit-signature', checkpointText(head, counted));
  return { ...head, checkpoint: { ...counted, signature } };
};

/** Checks the audit's signatures; its key is made once, for a year of checkpoints. */
export const signatureChecker = (keys: Keys): ((text: string, signature: string) => boolean) => {
  const key = createPublicKey(publicKey(keys, 'audit-signature'));
  return (text, signature) => verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
};
