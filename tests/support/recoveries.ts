import type { Answer, Client } from './client.ts';
import { buildHolder, type Built } from './holders.ts';
import { contact } from './people.ts';
import type { TestServer } from './server.ts';

export const organisations = ['safiag', 'mutuelle-agents-publics', 'mgen', 'msa-sud-aquitaine'] as const;
export type Organisation = (typeof organisations)[number];

/** NIRs of nobody: commune 999 is not attributed (FACTS 1.6). Three digits begin again where they end. */
let serial = 100;
const nextSerial = (): number => (serial = serial === 999 ? 101 : serial + 1);
const nextNir = () => {
  nextSerial();
  return { kind: 'definitive' as const, body: `2610399999${String(serial).padStart(3, '0')}`, key: null };
};

type Wish = Parameters<typeof buildHolder>[1] & { email?: string | null; mobile?: string | null };

/** A holder of one of the four, with a password, an e-mail address and a mobile unless the test wants otherwise. */
export const buildMember = async (
  server: TestServer,
  organisationId: Organisation,
  { email, mobile, ...more }: Wish = {},
): Promise<Built & { email: string; mobile: string }> => {
  nextSerial();
  const own = { email: `membre-${serial}@example.fr`, mobile: `+3363998${String(serial).padStart(4, '0')}` };
  const built = await buildHolder(server, {
    organisationId,
    nir: organisationId === 'mutuelle-agents-publics' ? null : nextNir(),
    password: 'Tilleul+2026!',
    contacts: [
      ...(email === null ? [] : [contact('email', email ?? own.email)]),
      ...(mobile === null ? [] : [contact('mobile', mobile ?? own.mobile)]),
    ],
    ...more,
  });
  return { ...built, email: email ?? own.email, mobile: mobile ?? own.mobile };
};

/** An identifier that could be somebody's and is nobody's. */
export const nobodys = (organisationId: Organisation): string =>
  organisationId === 'mutuelle-agents-publics' ? 'Z999999' : nextNir().body;

export const pathOf = (organisationId: string): string => `/portal/api/${organisationId}`;

/** One browser's way back in. */
export const recovery = (client: Client, organisationId: string) => ({
  ask: (identifier: string, more: object = {}): Promise<Answer> =>
    client.post(`${pathOf(organisationId)}/recoveries`, { path: 'forgotten', identifier, ...more }),
  /** The page was loaded again. */
  again: (): Promise<Answer> => client.get(`${pathOf(organisationId)}/recoveries`),
  choose: (channel: string, more: object = {}): Promise<Answer> =>
    client.post(`${pathOf(organisationId)}/recoveries/channel`, { channel, ...more }),
  type: (code: string): Promise<Answer> => client.post(`${pathOf(organisationId)}/recoveries/code`, { code }),
  openLink: (token: string): Promise<Answer> => client.post(`${pathOf(organisationId)}/links`, { token }),
  change: (newPassword: string): Promise<Answer> =>
    client.post(`${pathOf(organisationId)}/password`, { newPassword }),
  signIn: (identifier: string, password: string): Promise<Answer> =>
    client.post(`${pathOf(organisationId)}/sign-in`, { identifier, password }),
});

/** The data of every event of a type, oldest first; of one member where it is named. */
export const dataOf = async (
  { house }: TestServer,
  type: string,
  which: { member_id?: string } = {},
): Promise<Record<string, unknown>[]> =>
  (
    await house
      .pool('audit_events')
      .where({ type, ...which })
      .orderBy('seq')
  ).map(({ payload }) => JSON.parse(payload as string).data as Record<string, unknown>);

/** Outcomes that the worker recorded, oldest first: `sms:sent`, `none:nobody`. */
export const outcomes = async (server: TestServer): Promise<string[]> =>
  (await dataOf(server, 'recovery.resolved')).map(({ channel, outcome }) => `${channel}:${outcome}`);

/** The newest message to this address or number, as it would have gone out. */
export const lastMessage = async ({ house }: TestServer, to: string): Promise<string> => {
  const found = (await house.mailbox?.list())?.find((message) => message.to === to);
  if (!found) throw new Error(`No message went to ${to}.`);
  return found.text;
};

export const messagesTo = async ({ house }: TestServer, to: string): Promise<string[]> =>
  ((await house.mailbox?.list()) ?? []).filter((message) => message.to === to).map(({ text }) => text);

export const tokenIn = (text: string): string => /#\/lien\/([\w-]{43})/.exec(text)?.[1] ?? 'no link';
export const repudiationIn = (text: string): string => /#\/pas-moi\/([\w-]{43})/.exec(text)?.[1] ?? 'no link';
export const codeIn = (text: string): string => /\b(\d{4}|\d{6}|\d{8})\b/.exec(text)?.[1] ?? 'no code';
export const temporaryIn = (text: string): string =>
  /\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{5}\b/.exec(text)?.[0] ?? 'no temporary password';

/** A code of as many digits that is not this one. */
export const otherThan = (code: string): string => `${code.slice(0, -1)}${(Number(code.at(-1)) + 1) % 10}`;
