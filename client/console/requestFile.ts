import { HttpError } from 'react-admin';
import { passwordAgain, sessionNow } from './session.ts';

/**
 * A file of the API, whole: `path` begins after `/api`; with a body it is asked for by POST. Throws `HttpError` as
 * `request` does.
 */
export const fetchFile = async (path: string, body?: unknown): Promise<Blob> => {
  const response = await withSession(() => askFor(path, body));
  if (!response.ok) throw await refusalOf(response);
  return response.blob();
};

/** Sends a file as it lies on the disk; `onSent` hears how many bytes have left. Only XMLHttpRequest tells that. */
export const uploadFile = async <T>(
  path: string,
  file: File,
  onSent: (bytes: number) => void = () => undefined,
): Promise<T> => {
  const { status, body } = await withSession(() => post(path, file, onSent));
  if (status >= 200 && status < 300) return body as T;
  throw new HttpError(messageIn(body), status, body);
};

/** What the server said when it answered something else than a file. */
export const refusalOf = async (response: Response): Promise<HttpError> => {
  const body: unknown = await response.json().catch(() => undefined);
  return new HttpError(messageIn(body), response.status, body);
};

/** Once more when the session has ended meanwhile, after the password has been given again. */
export const withSession = async <A extends { status: number }>(send: () => Promise<A>): Promise<A> => {
  const answer = await send();
  if (answer.status !== 401 || !sessionNow().me) return answer;
  await passwordAgain();
  return send();
};

const askFor = async (path: string, body?: unknown): Promise<Response> => {
  const headers = { Accept: 'application/pdf, application/json', 'Accept-Language': language() };
  const sent = body !== undefined && {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { ...headers, 'Content-Type': 'application/json' },
  };
  try {
    return await fetch(`/api${path}`, { credentials: 'same-origin', cache: 'no-store', headers, ...sent });
  } catch {
    throw new HttpError('shell.error.offline', 0);
  }
};

const post = (
  path: string,
  file: File,
  onSent: (bytes: number) => void,
): Promise<{ status: number; body: unknown }> =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api${path}`);
    request.responseType = 'json';
    request.setRequestHeader('Content-Type', 'text/csv');
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Accept-Language', language());
    request.upload.onprogress = ({ loaded }) => onSent(loaded);
    request.onerror = () => reject(new HttpError('imports.upload.cut', 0));
    request.onload = () => resolve({ status: request.status, body: request.response });
    request.send(file);
  });

const messageIn = (body: unknown): string =>
  (body as { message?: string } | null | undefined)?.message ?? 'shell.error.noWords';

const language = (): string => document.documentElement.lang || 'fr';
