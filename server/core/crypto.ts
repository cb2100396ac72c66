import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  createPrivateKey,
  createPublicKey,
  hkdfSync,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What a key is used for; each purpose has its own key, derived from the master (HKDF-SHA-256). */
export type Purpose =
  | 'nir'
  | 'nir-index'
  | 'identifier-index'
  | 'username-index'
  | 'password-pepper'
  | 'temporary-password'
  | 'first-code'
  | 'one-time-code'
  | 'link'
  | 'recovery'
  | 'message'
  | 'member-fact'
  | 'challenge'
  | 'federation'
  | 'portal-client'
  | 'telephony-client'
  | 'incoming-call'
  | 'portal-session'
  | 'session-cookie'
  | 'audit-chain'
  | 'audit-signature'
  | 'audit-sink'
  | 'agent-factor'
  | 'agent-recovery-code'
  | 'agent-sso'
  | 'agent-invitation'
  | 'agent-file'
  | 'contact-index'
  | 'import-line'
  | 'approval'
  | 'idempotency';

export type Keys = {
  /** The id of the master key that seals now; older ones still open what they sealed. */
  current: string;
  /** Ids of every master key that is kept, the present one among them. */
  all: readonly string[];
  derive: (purpose: Purpose, keyId?: string) => Buffer;
};

/** The chain stays under one key: a new one in the midst of it would look like a hand in it. */
const audits: ReadonlySet<Purpose> = new Set(['audit-chain', 'audit-signature', 'audit-sink']);

const KeysFile = z.strictObject({
  current: z.string(),
  audit: z.string().optional(),
  keys: z.record(
    z.string(),
    z.base64().refine((text) => Buffer.from(text, 'base64').length === 32),
  ),
});

/**
 * Reads the master keys. Keys live outside the database (DOMAIN, "Secrets"); a lost file cannot be made anew,
 * because a new key would leave every NIR unreadable and every password dead.
 *
 * @throws Error naming the file and what to restore.
 */
export const loadKeys = (file: string, mayCreate: boolean): Keys => {
  if (!existsSync(file)) {
    if (!mayCreate)
      throw new Error(`KEYS_FILE: ${file} does not exist. Restore it from your backup of keys.`);
    mkdirSync(dirname(file), { recursive: true });
    const made = { current: 'k1', keys: { k1: randomBytes(32).toString('base64') } };
    writeFileSync(file, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600, flag: 'wx' });
  }
  const parsed = KeysFile.safeParse(parseJson(file));
  const named = parsed.data && [parsed.data.current, auditKeyOf(parsed.data)];
  if (!parsed.success || !named?.every((id) => parsed.data.keys[id])) {
    throw new Error(
      `KEYS_FILE: ${file} is damaged. Expected {"current": "k1", "keys": {"k1": "<32 bytes, base64>"}}.`,
    );
  }
  // JSON puts names that are numbers before all others, wherever they stand: none of them is the first by its place.
  const ids = Object.keys(parsed.data.keys);
  if (parsed.data.audit === undefined && ids.length > 1 && ids.some((id) => /^\d+$/.test(id)))
    throw new Error(`KEYS_FILE: ${file} must name the audit's key, as "audit": the one it had first.`);
  return keysFrom(parsed.data);
};

/**
 * Keys from masters already in memory: tests and `loadKeys`. `audit` is the master key of the chain; without it the
 * first of the file, so that one that is added after it and made `current` leaves the chain as it is.
 */
export const keysFrom = (file: z.infer<typeof KeysFile>): Keys => {
  const derived = new Map<string, Buffer>();
  return {
    current: file.current,
    all: Object.keys(file.keys),
    derive: (purpose, keyId = audits.has(purpose) ? auditKeyOf(file) : file.current) => {
      const name = `${keyId}:${purpose}`;
      const known = derived.get(name);
      if (known) return known;
      const master = file.keys[keyId];
      if (!master)
        throw new Error(`KEYS_FILE: key ${keyId} is missing. Restore it: rows are still sealed with it.`);
      const key = Buffer.from(
        hkdfSync('sha256', Buffer.from(master, 'base64'), '', `guichet:${purpose}`, 32),
      );
      derived.set(name, key);
      return key;
    },
  };
};

const auditKeyOf = ({ audit, current, keys }: z.infer<typeof KeysFile>): string =>
  audit ?? Object.keys(keys)[0] ?? current;

/** Seals text with AES-256-GCM. `row` binds it to its place (table, column, id): moved elsewhere it does not open. */
export const seal = (keys: Keys, purpose: Purpose, row: string, plaintext: string): string => {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keys.derive(purpose), nonce).setAAD(Buffer.from(row));
  const sealed = Buffer.concat([cipher.update(plaintext, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${keys.current}.${nonce.toString('base64url')}.${sealed.toString('base64url')}`;
};

/** Opens what `seal` made. @throws Error when the text, its row or the key is not the one sealed. */
export const unseal = (keys: Keys, purpose: Purpose, row: string, sealed: string): string => {
  const [keyId = '', nonce = '', body = ''] = sealed.split('.');
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keys.derive(purpose, keyId),
    Buffer.from(nonce, 'base64url'),
  )
    .setAAD(Buffer.from(row))
    .setAuthTag(bytes.subarray(-16));
  return decipher.update(bytes.subarray(0, -16), undefined, 'utf8') + decipher.final('utf8');
};

/** A keyed digest: finds a value by exact match without storing it (blind index), or proves it was known. */
export const digest = (keys: Keys, purpose: Purpose, ...parts: string[]): string =>
  createHmac('sha256', keys.derive(purpose)).update(parts.join('\u0000')).digest('base64url');

/**
 * Signs what others must be able to check without our keys: an Ed25519 signature (RFC 8032), base64url. Its key is
 * derived like all others, so that no further file must be kept; `publicKey` goes with what was signed.
 */
export const signText = (keys: Keys, purpose: Purpose, text: string): string =>
  sign(null, Buffer.from(text), signingKey(keys, purpose)).toString('base64url');

/** The public half, SPKI in PEM; of an earlier master key when its id is given. */
export const publicKey = (keys: Keys, purpose: Purpose, keyId?: string): string =>
  createPublicKey(signingKey(keys, purpose, keyId))
    .export({ type: 'spki', format: 'pem' })
    .toString();

/** Whether `signature` is what `signText` made of this text; never throws for a signature that is none. */
export const isSigned = (keys: Keys, purpose: Purpose, text: string, signature: string): boolean =>
  verify(
    null,
    Buffer.from(text),
    createPublicKey(signingKey(keys, purpose)),
    Buffer.from(signature, 'base64url'),
  );

// PKCS #8 of an Ed25519 key is this prefix and its 32 bytes (RFC 8410, 7).
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex');
const signingKey = (keys: Keys, purpose: Purpose, keyId?: string): KeyObject =>
  createPrivateKey({
    key: Buffer.concat([pkcs8, keys.derive(purpose, keyId)]),
    format: 'der',
    type: 'pkcs8',
  });

const parseJson = (file: string): unknown => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};
