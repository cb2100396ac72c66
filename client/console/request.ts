import { fetchUtils, HttpError } from 'react-admin';
import { passwordAgain, sessionNow, signedOut } from './session.ts';

export type RequestOptions = Omit<RequestInit, 'headers'> & {
  headers?: HeadersInit;
  /** Polling: never keeps the session alive. */
  background?: boolean;
  /** On acts: the same key never acts twice. */
  key?: string;
};

type Answer = { status: number; headers: Headers; body: string; json: unknown };

/**
 * Every call of the console. A forgotten session (401) asks for the password over the screen, then sends the
 * same request again, with the same key. Throws `HttpError` whose message is the server's sentence, or a words key.
 */
export const request = async (url: string, options: RequestOptions = {}): Promise<Answer> => {
  const prepared = prepare(options);
  try {
    return await send(url, prepared);
  } catch (error) {
    if (!isSignedOut(error) || !sessionNow().me) throw error;
    await passwordAgain();
    return send(url, prepared);
  }
};

/** The session's own calls: a 401 is their answer, never a dialog. */
export const requestSession = (method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown) =>
  send(`/api${path}`, prepare({ method, body: body === undefined ? undefined : JSON.stringify(body) }));

export const getJson = async <T>(path: string, options?: RequestOptions): Promise<T> =>
  (await request(`/api${path}`, options)).json as T;

/** An act: `key` is one per attempt, so that a retry cannot do it twice. */
export const sendJson = async <T>(
  method: 'POST' | 'PATCH' | 'PUT',
  path: string,
  body: unknown,
  key: string = crypto.randomUUID(),
): Promise<T> => (await request(`/api${path}`, { method, body: JSON.stringify(body), key })).json as T;

export const isSignedOut = (error: unknown): boolean => error instanceof HttpError && error.status === 401;

/** The server answered, with a refusal: asking again changes nothing. */
export const isAnswered = (error: unknown): boolean =>
  error instanceof HttpError && error.status >= 400 && error.status < 500;

export const giveUp = (): void => signedOut(new HttpError('shell.session.ended', 401));

const send = async (url: string, options: RequestInit): Promise<Answer> => {
  try {
    return await (fetchUtils.fetchJson(url, options as fetchUtils.Options) as Promise<Answer>);
  } catch (error) {
    if (error instanceof TypeError) throw new HttpError('shell.error.offline', 0);
    if (error instanceof HttpError && !error.message)
      throw new HttpError('shell.error.noWords', error.status, error.body);
    throw error;
  }
};

const prepare = ({ background, key, headers, ...options }: RequestOptions): RequestInit => {
  const all = new Headers(headers);
  all.set('Accept', 'application/json');
  all.set('Accept-Language', document.documentElement.lang || 'fr');
  if (background) all.set('X-Guichet-Background', '1');
  if (key) all.set('Idempotency-Key', key);
  return { ...options, headers: all, credentials: 'same-origin', cache: 'no-store' };
};
