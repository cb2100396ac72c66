import { Agent, request } from 'node:http';

export type Answer = { status: number; body: string };
export type Visitor = {
  get: (path: string) => Promise<Answer>;
  post: (path: string, body: unknown) => Promise<Answer>;
};

/** A client with one kept connection per request in flight, which keeps its cookies; lighter than fetch. */
export const visitor = (url: string): Visitor => {
  const agent = new Agent({ keepAlive: true });
  const cookies = new Map<string, string>();

  const send = (method: string, path: string, body?: string): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const asked = request(
        `${url}${path}`,
        { method, agent, headers: headersFor(cookies, body) },
        (answer) => {
          for (const line of answer.headers['set-cookie'] ?? []) keep(cookies, line);
          let text = '';
          answer.setEncoding('utf8');
          answer.on('data', (piece: string) => (text += piece));
          answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: text }));
          answer.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end(body);
    });
  return { get: (path) => send('GET', path), post: (path, body) => send('POST', path, JSON.stringify(body)) };
};

/** The answer, when it is the one expected. @throws Error with status and body otherwise */
export const must = async (answering: Promise<Answer>, status = 200): Promise<Answer> => {
  const answer = await answering;
  if (answer.status === status) return answer;
  throw new Error(`Expected ${status}, got ${answer.status}: ${answer.body.slice(0, 300)}`);
};

const headersFor = (
  cookies: Map<string, string>,
  body: string | undefined,
): Record<string, string | number> => ({
  ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
  ...(body !== undefined && {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
  }),
});

const keep = (cookies: Map<string, string>, line: string): void => {
  const [pair = ''] = line.split(';');
  const at = pair.indexOf('=');
  cookies.set(pair.slice(0, at), pair.slice(at + 1));
};
