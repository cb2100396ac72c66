import { pageData } from './page-data.ts';

/** The server refused, or could not be reached (`status` 0, no message). */
export class Refused extends Error {
  readonly status: number;
  readonly fields: Record<string, string>;
  /** Further sentences, when one field is refused for several reasons. */
  readonly reasons: string[];

  constructor(status: number, message: string, fields: Record<string, string> = {}, reasons: string[] = []) {
    super(message);
    this.name = 'Refused';
    this.status = status;
    this.fields = fields;
    this.reasons = reasons;
  }
}

export const isSignedOut = (thrown: unknown): boolean => thrown instanceof Refused && thrown.status === 401;

/** One call of the organisation's API, in the language of the page. @throws Refused with the server's sentence. */
export const request = async <T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<T> => {
  const response = await reach(`/portal/api/${pageData.organisation ?? ''}${path}`, {
    method,
    headers: {
      Accept: 'application/json',
      'Accept-Language': document.documentElement.lang,
      ...(body !== undefined && { 'Content-Type': 'application/json' }),
    },
    body: body === undefined ? undefined : JSON.stringify(body),
    credentials: 'same-origin',
    cache: 'no-store',
    referrerPolicy: 'no-referrer',
  });
  const answer: unknown = response.status === 204 ? null : read(await response.text());
  if (response.ok) return answer as T;
  const { message = '', errors, reasons } = (answer ?? {}) as ErrorAnswer;
  throw new Refused(response.status, message, errors, reasons);
};

type ErrorAnswer = { message?: string; errors?: Record<string, string>; reasons?: string[] };

const read = (json: string): unknown => {
  try {
    return JSON.parse(json, (_key, value: unknown) => (typeof value === 'string' ? typeset(value) : value));
  } catch {
    return null;
  }
};

/** French signs stay beside their word: no line begins with « ? » or ends after « n° ». */
const typeset = (text: string): string =>
  text
    .replace(/ (?=[?!:;»])/g, '\u00a0')
    .replace(/(«|[nN]°) /g, '$1\u00a0')
    .replace(/\b(\d\d) (?=\d\d\b)/g, '$1\u00a0')
    .replace(/(\d) h (?=\d)/g, '$1\u00a0h\u00a0')
    .replace(/(\d) h\b/g, '$1\u00a0h');

const reach = async (url: string, options: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, options);
  } catch {
    throw new Refused(0, '');
  }
};
