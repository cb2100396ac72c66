import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { z } from 'zod';
import type { FactorRow } from './factors.store.ts';

/** Who asks, as the browser sees it: from PUBLIC_URL, never from a request's Host. */
type Party = { publicUrl: string };
type Options = Record<string, unknown>;

const text = z.string().max(4_000);
const Credential = { id: text, rawId: text, type: z.literal('public-key') };
const Extensions = z.record(z.string(), z.unknown());
const Attachment = z.enum(['platform', 'cross-platform']).nullish();

const Registration = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: text,
    attestationObject: z.string().max(20_000),
    transports: z.array(z.string().max(20)).max(10).optional(),
  }),
  authenticatorAttachment: Attachment.transform((one) => one ?? undefined),
  clientExtensionResults: Extensions,
});

const Assertion = z.object({
  ...Credential,
  response: z.object({
    clientDataJSON: text,
    authenticatorData: text,
    signature: text,
    userHandle: text.nullish().transform((one) => one ?? undefined),
  }),
  authenticatorAttachment: Attachment.transform((one) => one ?? undefined),
  clientExtensionResults: Extensions,
});
export type Assertion = z.infer<typeof Assertion>;

export const readAssertion = (value: unknown): Assertion | undefined => Assertion.safeParse(value).data;

/** The challenge that an answer says it is to; nothing when it says none. */
export const challengeOf = (response: unknown): string | undefined => {
  const shape = z.object({ response: z.object({ clientDataJSON: text }) });
  const { data } = shape.safeParse(response);
  return data && ClientData.safeParse(parsed(data.response.clientDataJSON)).data?.challenge;
};

/** What the browser asks a key to sign. `challenge` is base64url of random bytes. */
export const askKey = async (
  party: Party,
  keys: readonly FactorRow[],
  challenge: string,
): Promise<Options> => {
  const options = await generateAuthenticationOptions({
    rpID: idOf(party),
    challenge: bytesOf(challenge),
    allowCredentials: keys.map(namesOf),
    userVerification: 'preferred',
  });
  return { ...options };
};

/** What the browser asks a new key to make. */
export const askNewKey = async (
  party: Party,
  agent: { id: string; username: string; name: string },
  keys: readonly FactorRow[],
  challenge: string,
): Promise<Options> => {
  const options = await generateRegistrationOptions({
    rpID: idOf(party),
    rpName: 'Guichet',
    userID: bytesOf(Buffer.from(agent.id).toString('base64url')),
    userName: agent.username,
    userDisplayName: agent.name,
    challenge: bytesOf(challenge),
    excludeCredentials: keys.map(namesOf),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
    attestationType: 'none',
  });
  return { ...options };
};

export type NewKey = { credentialId: string; publicKey: string; transports: string; counter: number };

/** Checks what a new key made; nothing when it is not an answer to this challenge from our own address. */
export const readNewKey = async (
  party: Party,
  challenge: string,
  response: unknown,
): Promise<NewKey | undefined> => {
  const { data } = Registration.safeParse(response);
  if (!data) return undefined;
  const found = await orNothing(
    verifyRegistrationResponse({
      response: data,
      expectedChallenge: challenge,
      expectedOrigin: new URL(party.publicUrl).origin,
      expectedRPID: idOf(party),
      requireUserVerification: false,
    }),
  );
  if (!found?.verified) return undefined;
  const { credential } = found.registrationInfo;
  return {
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    transports: JSON.stringify(credential.transports ?? []),
    counter: credential.counter,
  };
};

/** Checks a key's signature; its new counter, or nothing when it is not an answer to this challenge from our address. */
export const checkAssertion = async (
  party: Party,
  key: FactorRow,
  challenge: string,
  response: Assertion,
): Promise<number | undefined> => {
  const found = await orNothing(
    verifyAuthenticationResponse({
      response,
      expectedChallenge: challenge,
      expectedOrigin: new URL(party.publicUrl).origin,
      expectedRPID: idOf(party),
      credential: {
        id: key.credential_id ?? '',
        publicKey: bytesOf(key.public_key ?? ''),
        counter: Number(key.counter),
      },
      requireUserVerification: false,
    }),
  );
  return found?.verified ? found.authenticationInfo.newCounter : undefined;
};

const ClientData = z.object({ challenge: z.string().min(1).max(200) });

const idOf = ({ publicUrl }: Party): string => new URL(publicUrl).hostname;

const namesOf = (row: FactorRow) => ({
  id: row.credential_id ?? '',
  transports: z.array(z.string()).parse(JSON.parse(row.transports ?? '[]')),
});

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(Buffer.from(base64url, 'base64url'));

const parsed = (base64url: string): unknown => {
  try {
    return JSON.parse(Buffer.from(base64url, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
};

// The library throws for whatever does not hold: bytes that are no answer, another address, a counter gone back. All of
// that is the browser's word, and none of it is our fault.
const orNothing = async <T>(checking: Promise<T>): Promise<T | undefined> => {
  try {
    return await checking;
  } catch {
    return undefined;
  }
};
