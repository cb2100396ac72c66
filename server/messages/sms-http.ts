import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { demoNumberProblem } from './demo-number.ts';
import type { Fate, SendOutcome, SmsGateway, SmsToSend } from './gateways.ts';
import { isLoopback } from './loopback.ts';
import { SmsGatewayFile } from './sms-gateway.schema.ts';

/**
 * Reads the description of an HTTP gateway.
 * @throws Error naming the file and every wrong key.
 */
export const readGatewayFile = (file: string | null): SmsGatewayFile => {
  if (file === null) return SmsGatewayFile.parse({});
  const read = SmsGatewayFile.safeParse(parse(readFileSync(file, 'utf8')) ?? {});
  if (read.success) return read.data;
  const wrong = read.error.issues.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`);
  throw new Error(`SMS_GATEWAY_FILE: ${file} is wrong.\n${wrong.join('\n')}`);
};

/**
 * SMS over HTTP. Without a file: POST to `url` of `{ "to", "from", "text", "reference" }` as JSON, its user and
 * password as Basic authentication; the answer's `id` is the gateway's reference; `GET <url>/<reference>` answers
 * `{ "id", "status": accepted | sent | pending | delivered | failed }`, or 404 for what it never saw.
 *
 * Each attempt carries `Idempotency-Key: <id>-<attempt>`, the reference by which the gateway is asked afterwards.
 *
 * @throws Error when the URL is not HTTPS, but on this machine.
 */
export const openSmsHttp = (url: string, described: SmsGatewayFile, timeoutMs: number): SmsGateway => {
  const address = new URL(url);
  if (address.protocol !== 'https:' && !isLoopback(address.hostname)) {
    throw new Error('SMS_URL: an HTTP gateway is reached by https://, but on this machine.');
  }
  const basic = basicOf(address);
  address.username = '';
  address.password = '';
  const headers = {
    accept: 'application/json',
    ...(basic && { authorization: basic }),
    ...described.headers,
  };
  const { status = { ...defaultStatus, url: `${address.href.replace(/\/+$/, '')}/{reference}` } } = described;
  const call = (target: string, init: RequestInit): Promise<Response> =>
    fetch(target, { ...init, redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) });

  const send = async (sms: SmsToSend): Promise<SendOutcome> => {
    const reference = referenceOf(sms);
    const values = {
      to: sms.to,
      from: sms.from,
      text: sms.text,
      reference,
      minutes: String(sms.validMinutes),
    };
    const { type, body } = bodyOf(described, values);
    const answer = await call(filled(address.href, values, encodeURIComponent), {
      method: described.method,
      headers: { ...headers, 'content-type': type, 'idempotency-key': reference },
      body,
    });
    const outcome = outcomeOf(answer.status);
    if (outcome) return outcome;
    // Taken, whatever the answer goes on to say; without its reference, receipts name ours.
    const said = await readJson(answer).catch(() => undefined);
    return { as: 'accepted', reference: textAt(said, described.answer.reference) ?? reference };
  };

  return {
    cannotTake: demoNumberProblem,
    send: (sms) => send(sms).catch(outcomeOfFailure),
    ...(status && {
      ask: async (sms) => {
        const reference = referenceOf(sms);
        const answer = await call(filled(status.url, { reference }, encodeURIComponent), { headers });
        if (answer.status === 404) return { fate: 'never-seen', reference: null };
        const said = answer.ok ? await readJson(answer) : undefined;
        const fate = fateOf(status, textAt(said, status.state));
        return { fate, reference: textAt(said, status.reference) ?? reference };
      },
    }),
    close: async () => undefined,
  };
};

type Status = NonNullable<SmsGatewayFile['status']>;
const defaultStatus: Omit<Status, 'url'> = {
  state: 'status',
  reference: 'id',
  accepted: ['accepted', 'sent', 'pending'],
  delivered: ['delivered'],
  failed: ['failed'],
};

const referenceOf = ({ id, attempt }: Pick<SmsToSend, 'id' | 'attempt'>): string => `${id}-${attempt}`;

/** Nothing when it is taken. A proxy that gave up waiting does not say whether the gateway behind it took it. */
const outcomeOf = (status: number): SendOutcome | undefined => {
  if (status >= 200 && status < 300) return undefined;
  if (status === 502 || status === 504) return { as: 'unknown', problem: 'no-answer' };
  if (status === 429 || status === 408 || status >= 500) return { as: 'later', problem: 'gateway-busy' };
  if (status < 400 || status === 401 || status === 403) return { as: 'later', problem: 'gateway-settings' };
  return { as: 'refused', problem: 'refused' };
};

// Before anything was written: the gateway cannot have it. Everything else may have arrived.
const neverLeft = /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT)$/;
const badCertificate = /^(CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|ERR_TLS_|ERR_SSL_)/;

const outcomeOfFailure = (error: unknown): SendOutcome => {
  const cause = (error as { cause?: { code?: unknown } }).cause;
  const code = String(cause?.code ?? '');
  if (neverLeft.test(code)) return { as: 'later', problem: 'gateway-down' };
  if (badCertificate.test(code)) return { as: 'later', problem: 'gateway-settings' };
  return { as: 'unknown', problem: 'no-answer' };
};

const fateOf = (status: Status, state: string | undefined): Fate => {
  if (state === undefined) return 'unknown';
  if (status.delivered.includes(state)) return 'delivered';
  if (status.accepted.includes(state)) return 'accepted';
  return status.failed.includes(state) ? 'failed' : 'unknown';
};

type Values = Record<string, string>;
const asItIs = (value: string): string => value;

const filled = (template: string, values: Values, write: (value: string) => string): string =>
  template.replace(/(?:\{|%7B)(\w+)(?:\}|%7D)/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : write(value);
  });

/** The values go in before the body is written as JSON or as a form: none of them can become a field. */
const bodyOf = ({ format, body }: SmsGatewayFile, values: Values): { type: string; body: string } => {
  const whole = fill(body, values) as Record<string, unknown>;
  if (format === 'json') return { type: 'application/json', body: JSON.stringify(whole) };
  const fields = Object.entries(whole).map(([name, value]): [string, string] => [name, String(value)]);
  const form = new URLSearchParams(fields);
  return { type: 'application/x-www-form-urlencoded', body: form.toString() };
};

const fill = (node: unknown, values: Values): unknown => {
  if (typeof node === 'string') return filled(node, values, asItIs);
  if (Array.isArray(node)) return node.map((one) => fill(one, values));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, fill(value, values)]));
};

const readJson = async (answer: Response): Promise<unknown> => {
  const text = await answer.text();
  return text === '' || text.length > 100_000 ? undefined : (JSON.parse(text) as unknown);
};

const textAt = (node: unknown, path: string): string | undefined => {
  const found = path
    .split('.')
    .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined | null)?.[step], node);
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
};

const basicOf = ({ username, password }: URL): string | undefined => {
  if (!username) return undefined;
  const login = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(login).toString('base64')}`;
};
