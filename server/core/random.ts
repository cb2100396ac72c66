import { randomBytes, randomUUID } from 'node:crypto';

/** Where bytes and ids come from; tests hand over their own. */
export type Random = {
  bytes: (length: number) => Uint8Array;
  id: () => string;
};

export const systemRandom: Random = {
  bytes: (length) => randomBytes(length),
  id: () => randomUUID(),
};
