import { startAuthentication, startRegistration } from '@simplewebauthn/browser';
import { HttpError } from 'react-admin';
import type { KeyOffer, SecondFactor } from '../../server/agents/factors.schema.ts';
import { sendJson } from './request.ts';

type Answer = Record<string, unknown>;

/** What the server asks for besides a right password; null when it said something else. */
export const secondFactorOf = (error: unknown): SecondFactor | null => {
  if (!(error instanceof HttpError) || error.status !== 401) return null;
  return (error.body as { secondFactor?: SecondFactor } | undefined)?.secondFactor ?? null;
};

/** Has the person touch their key. Throws a words key when they do not, or the browser cannot. */
export const askKey = (options: Answer): Promise<Answer> =>
  fromKey(async () => ({
    ...(await startAuthentication({ optionsJSON: options as unknown as RequestOptions })),
  }));

/** The same for a key that is to be enrolled. */
export const makeKey = (options: Answer): Promise<Answer> =>
  fromKey(async () => ({
    ...(await startRegistration({ optionsJSON: options as unknown as CreationOptions })),
  }));

/** What one's own key may sign before an act, new each time. */
export const newChallenge = async (): Promise<Answer> =>
  (await sendJson<KeyOffer>('POST', '/own-account/challenge', {})).options;

type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];
type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];

// The browser's own sentences are English and say more than they should: turned away, too late, no such key.
const fromKey = async (ask: () => Promise<Answer>): Promise<Answer> => {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof HttpError) throw error;
    const isKnown = error instanceof Error && error.name === 'InvalidStateError';
    throw new HttpError(isKnown ? 'ownAccount.keyKnown' : 'ownAccount.keyFailed', 400);
  }
};
