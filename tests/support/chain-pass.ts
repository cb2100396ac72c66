import type { ChainRow } from '../../server/audit/chain.ts';
import {
  makeVerifier,
  type Known,
  type Mark,
  type Place,
  type Verdict,
} from '../../server/audit/chain-verifier.ts';
import { signatureChecker } from '../../server/audit/checkpoint.ts';
import { keysFrom } from '../../server/core/crypto.ts';
import { hmacUnder } from '../../server/core/hmac.ts';
import { chainOf, placeOf, shortEvents } from './tampering.ts';

export const keys = keysFrom({ current: 'k', keys: { k: Buffer.alloc(32, 5).toString('base64') } });
export const mac = hmacUnder(keys.derive('audit-chain'));
export const isSigned = signatureChecker(keys);

/** A chain of twelve rows, for tests of the verifier without a database. */
export const events = shortEvents(12);
export const rows = chainOf(mac, events);

type Given = Partial<Known> & {
  rows: readonly ChainRow[];
  marks?: readonly (Mark | null)[];
  now?: Place;
  hasStrays?: boolean;
};

/** One whole pass, with the head as it should be where the test says nothing of it. */
export const pass = ({ rows: given, marks = [], now, hasStrays = false, ...known }: Given): Verdict => {
  const head = known.head ?? placeOf(given.at(-1));
  const verifier = makeVerifier({ mac, isSigned, segments: [], ...known, head });
  if (hasStrays) verifier.stray();
  for (const row of given) verifier.row(row);
  for (const mark of marks) verifier.mark(mark);
  return verifier.end(now ?? head);
};

/** What was kept outside of a row. */
export const markOf = (row: ChainRow | undefined, more: Partial<Mark> = {}): Mark => ({
  ...placeOf(row),
  at: 'now',
  isOurs: true,
  ...more,
});

/** The verdict on a chain of one segment that is broken once, or `more` times more. */
export const brokenAt = (seq: number, why: string, more = 0) => ({
  segments: [{ number: 1, fromRow: 1, holds: false, brokenAt: seq, why, more, rows: seq - 1 }],
});
