import { solveChallenge, type Challenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2';

/** One browser's worth of cookies, speaking JSON. */
export class Client {
  readonly #url: string;
  readonly #cookies = new Map<string, string>();

  constructor(url: string) {
    this.#url = url;
  }

  async signIn(username: string, password: string): Promise<this> {
    const answer = await this.post('/api/session', { username, password });
    if (answer.status !== 200) throw new Error(`Signing in as ${username} answered ${answer.status}.`);
    return this;
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send('GET', path, undefined, headers);
  }

  /** Signing in on a portal does the work of its anti-robot step first, as a browser would, unless it is given. */
  async post(path: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const portal = /^(\/portal\/api\/[^/]+)\/sign-in$/.exec(path)?.[1];
    const isLeftToUs = typeof body === 'object' && body !== null && !('proofOfWork' in body);
    const proofOfWork = portal && isLeftToUs ? await this.work(portal) : undefined;
    return this.send('POST', path, proofOfWork ? { ...(body as object), proofOfWork } : body, headers);
  }

  /** What answers the anti-robot step of `/portal/api/<organisation>` now; nothing where it has none. */
  async work(portal: string): Promise<string | undefined> {
    const { body } = await this.get(`${portal}/challenge`);
    if (!body.challenge) return undefined;
    const solution = await solveChallenge({ challenge: body.challenge as Challenge, deriveKey });
    return Buffer.from(JSON.stringify({ challenge: body.challenge, solution })).toString('base64');
  }

  patch(path: string, body: unknown): Promise<Answer> {
    return this.send('PATCH', path, body);
  }

  delete(path: string): Promise<Answer> {
    return this.send('DELETE', path);
  }

  /** Any request; a string or bytes go as they are, with the content type given. */
  async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const raw = typeof body === 'string' || body instanceof Uint8Array;
    const response = await fetch(this.#url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.#cookies.size > 0 && { cookie: [...this.#cookies].map(([k, v]) => `${k}=${v}`).join('; ') }),
        ...headers,
      },
      body: body === undefined ? undefined : raw ? (body as string) : JSON.stringify(body),
    });
    this.#keepCookies(response.headers.getSetCookie());
    const bytes = new Uint8Array(await response.arrayBuffer());
    const json = response.headers.get('content-type')?.includes('json') && bytes.length > 0;
    const text = new TextDecoder().decode(bytes);
    return {
      status: response.status,
      headers: response.headers,
      bytes,
      body: json ? JSON.parse(text) : text,
    };
  }

  get cookies(): ReadonlyMap<string, string> {
    return this.#cookies;
  }

  setCookie(name: string, value: string): void {
    this.#cookies.set(name, value);
  }

  #keepCookies(lines: string[]): void {
    for (const line of lines) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      const expires = /expires=([^;]+)/i.exec(line)?.[1];
      const gone = expires !== undefined && new Date(expires).getTime() <= 0;
      if (gone) this.#cookies.delete(pair.slice(0, at));
      else this.#cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }
}

// The shape of a body is what each test checks.
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Answer = { status: number; headers: Headers; bytes: Uint8Array; body: any };
