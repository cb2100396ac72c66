import { createHash, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What a test may have a key do otherwise than it should. */
type Mischief = { origin?: string; counter?: number };
type Options = { challenge: string; rpId?: string; rp?: { id: string } };

/** A security key in software: makes and signs as a browser with a real one would, for `origin`. */
export class SecurityKey {
  readonly id = randomBytes(16);
  readonly #origin: string;
  readonly #keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  #counter = 0;

  constructor(origin: string) {
    this.#origin = origin;
  }

  /** RegistrationResponseJSON (WebAuthn 3, 7.1), without attestation. */
  make({ challenge, rp }: Options, { origin = this.#origin }: Mischief = {}): Record<string, unknown> {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const credential = Buffer.concat([Buffer.alloc(16), length, this.id, coseOf(this.#keys.publicKey)]);
    const authData = Buffer.concat([this.#head(rp?.id ?? '', 0x45), credential]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', Uint8Array.from(authData)],
    ]);
    return this.#answer({
      clientDataJSON: clientData('webauthn.create', challenge, origin),
      attestationObject: encoded(attestation),
    });
  }

  /** AuthenticationResponseJSON (WebAuthn 3, 7.2). */
  sign({ challenge, rpId }: Options, mischief: Mischief = {}): Record<string, unknown> {
    this.#counter = mischief.counter ?? this.#counter + 1;
    const clientDataJSON = clientData('webauthn.get', challenge, mischief.origin ?? this.#origin);
    const authData = this.#head(rpId ?? '', 0x05);
    const signed = Buffer.concat([authData, sha256(Buffer.from(clientDataJSON, 'base64url'))]);
    return this.#answer({
      clientDataJSON,
      authenticatorData: authData.toString('base64url'),
      signature: sign('sha256', signed, this.#keys.privateKey).toString('base64url'),
    });
  }

  #answer(response: Record<string, string>): Record<string, unknown> {
    const id = this.id.toString('base64url');
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  }

  #head(rpId: string, flags: number): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(this.#counter);
    return Buffer.concat([sha256(Buffer.from(rpId)), Buffer.from([flags]), counter]);
  }
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();

const clientData = (type: string, challenge: string, origin: string): string =>
  Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false })).toString('base64url');

/** ES256 on P-256, as COSE writes it (RFC 9053, 2.1 and 7.1). */
const coseOf = (key: KeyObject): Buffer => {
  const { x = '', y = '' } = key.export({ format: 'jwk' });
  const cose = new Map<number, unknown>([
    [1, 2],
    [3, -7],
    [-1, 1],
    [-2, Uint8Array.from(Buffer.from(x, 'base64url'))],
    [-3, Uint8Array.from(Buffer.from(y, 'base64url'))],
  ]);
  return Buffer.from(encoded(cose), 'base64url');
};

const encoded = (value: Map<never, unknown> | Map<string, unknown> | Map<number, unknown>): string =>
  Buffer.from(isoCBOR.encode(value as Parameters<typeof isoCBOR.encode>[0])).toString('base64url');
