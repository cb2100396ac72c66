import { createHash, createPublicKey, verify, type Hash } from 'node:crypto';
import type { AuditSelection } from '../audit/audit.schema.ts';
import { publicKey, signText, type Keys } from '../core/crypto.ts';
import type { RowsWriter } from './audit-csv.ts';

const purpose = 'audit-signature';
const format = 'guichet-audit-export-1';

/** What the first line says of the others. */
export type ExportHead = { exportId: string; madeAt: string; filter: AuditSelection; rows: number };

/** What checks the signature: Ed25519, SPKI in PEM. */
export const exportKey = (keys: Keys): string => publicKey(keys, purpose);

/** What checks the exports of this house, those signed under an earlier master key too. */
export const exportKeys = (keys: Keys): string[] => keys.all.map((id) => publicKey(keys, purpose, id));

/**
 * JSON Lines: a head, a line for each row, and a last line that signs every byte before it. The signature is an
 * Ed25519 signature (RFC 8032) of `guichet-audit-export-1`, a line feed and the SHA-256 of those bytes in hexadecimal.
 */
export const signedWriter = (keys: Keys, head: ExportHead): RowsWriter => {
  const hash = createHash('sha256');
  const hashed = (bytes: Buffer): Buffer => {
    hash.update(bytes);
    return bytes;
  };
  return {
    contentType: 'application/octet-stream',
    extension: 'jsonl',
    begin: () => hashed(line({ format, ...head })),
    rows: (rows) => hashed(Buffer.concat(rows.map(line))),
    end: () => lastLine(keys, hash.digest('hex')),
  };
};

const line = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

const lastLine = (keys: Keys, sha256: string): Buffer =>
  endLine({ sha256, signature: signText(keys, purpose, signedText(sha256)), publicKey: exportKey(keys) });

type End = { sha256: string; signature: string; publicKey: string };
const endLine = ({ sha256, signature, publicKey }: End): Buffer => line({ sha256, signature, publicKey });

export type Checked =
  { as: 'signed'; rows: number; madeAt: string } | { as: 'not-ours' | 'changed' | 'cut-short' };

/** No line of an export is longer. */
const longestLine = 1_000_000;

/**
 * Whether a file is an export that was signed with one of these public keys, whole: reads it once, line by line.
 *
 * `cut-short`: no signature at its end; `changed`: a byte differs; `not-ours`: signed with none of the keys.
 */
export const checkExport = async (
  trusted: readonly string[],
  bytes: AsyncIterable<Uint8Array>,
): Promise<Checked> => {
  const hash = createHash('sha256');
  const seen = { lines: 0, first: '', last: null as Buffer | null };
  for await (const line of linesOf(bytes)) {
    if (line === null) return { as: 'cut-short' };
    if (seen.last) take(hash, seen, seen.last);
    seen.last = line;
  }
  const end = objectIn(seen.last?.toString() ?? '');
  if (typeof end?.signature !== 'string' || typeof end.sha256 !== 'string') return { as: 'cut-short' };

  const sha256 = hash.digest('hex');
  const { sha256: said, signature: shown } = end;
  const signature = Buffer.from(shown, 'base64url');
  const key = trusted.find((one) =>
    verify(null, Buffer.from(signedText(said)), createPublicKey(one), signature),
  );
  if (key === undefined) return { as: 'not-ours' };
  const head = objectIn(seen.first);
  // The line is compared as it was written: one that only means the same is not the one that was signed.
  const written = endLine({ sha256, signature: signature.toString('base64url'), publicKey: key });
  const isWhole = head?.format === format && seen.last?.equals(written);
  if (!isWhole) return { as: 'changed' };
  return { as: 'signed', rows: seen.lines - 1, madeAt: String(head.madeAt) };
};

const signedText = (sha256: string): string => `${format}\n${sha256}`;

const take = (hash: Hash, seen: { lines: number; first: string }, line: Buffer): void => {
  hash.update(line);
  if (seen.lines === 0) seen.first = line.toString();
  seen.lines += 1;
};

/** Whole lines with their line feed; null for what has none or is too long to be one of ours. */
const linesOf = async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer | null> {
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes) {
    rest = Buffer.concat([rest, chunk]);
    for (let end = rest.indexOf(10); end >= 0; end = rest.indexOf(10)) {
      yield rest.subarray(0, end + 1);
      rest = rest.subarray(end + 1);
    }
    if (rest.length > longestLine) return yield null;
  }
  if (rest.length > 0) yield null;
};

const objectIn = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? (value as Record<string, unknown> | null) : null;
  } catch {
    return null;
  }
};
