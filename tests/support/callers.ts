import { housekeep } from '../../server/core/perform.ts';
import { policyOf } from '../../server/organisations/organisations.service.ts';
import { keepFacts } from '../../server/verifications/facts.service.ts';
import { openCall, type ApiCall } from './calls.ts';
import type { Answer, Client } from './client.ts';
import type { Built } from './holders.ts';
import { codeIn } from './recoveries.ts';
import type { TestServer } from './server.ts';

/** What a member would answer, by fact. */
export type Answers = Record<string, string>;
type Member = Pick<Built, 'id' | 'organisation'>;

/** The member calls, unless it is said otherwise; the call is about them. */
export const speakWith = (client: Client, { id }: Pick<Member, 'id'>, more: object = {}): Promise<ApiCall> =>
  openCall(client, { memberId: id, ...more });

/** One step of verifying whoever speaks. */
export const step = (client: Client, { id }: Pick<Member, 'id'>, body: object): Promise<Answer> =>
  client.post(`/api/members/${id}/verifications`, body);

/** Three wrong passwords. */
export const lockOut = async (server: TestServer, { organisation, identifier }: Built): Promise<void> => {
  const path = `/portal/api/${organisation}/sign-in`;
  for (let n = 0; n < 3; n += 1) await server.anonymous().post(path, { identifier, password: 'wrong' });
};

/** The member's page as this agent sees it. */
export const pageOf = async (client: Client, { id }: Pick<Member, 'id'>): Promise<Answer['body']> =>
  (await client.get(`/api/members/${id}`)).body;

/** Sends a code to be read back and answers what reached the member. */
export const sendCode = async (
  server: TestServer,
  client: Client,
  member: Member,
  channel: 'sms' | 'email',
): Promise<string> => {
  const asked = await step(client, member, { method: 'send-code', channel });
  if (asked.status !== 200) throw new Error(`Sending a code answered ${asked.status}: ${asked.body.message}`);
  await server.work();
  return codeReadTo(server, member, channel);
};

/** The newest code that this member could read to an agent. */
export const codeReadTo = async (
  server: TestServer,
  member: Member,
  channel: 'sms' | 'email',
): Promise<string> => {
  const rows = await server.house
    .pool('messages')
    .where({ member_id: member.id, channel, template: 'caller-code', state: 'sent' });
  const ids = new Set(rows.map(({ id }) => id as string));
  const found = ((await server.house.mailbox?.list()) ?? []).find(({ id }) => ids.has(id));
  if (!found) throw new Error('No code reached the member.');
  return codeIn(found.text);
};

/** The caller reads back a code that reached their contact on file: it is confirmed for this call. */
export const confirmByCode = async (
  server: TestServer,
  client: Client,
  member: Member,
  channel: 'sms' | 'email',
): Promise<Answer> => {
  const code = await sendCode(server, client, member, channel);
  const tried = await step(client, member, { method: 'code', code });
  if (tried.body.outcome !== 'right') throw new Error(`A right code answered ${tried.body.message}`);
  return tried;
};

let known = 0;

/** Facts of this member alone, one of each that the file asks, as an import would have brought them. */
export const knowFacts = async (server: TestServer, { id, organisation }: Member): Promise<Answers> => {
  const policy = policyOf(server.house, organisation);
  const values = { text: textOf, amount: amountOf, month: monthOf, number: String };
  const answers: Answers = {};
  for (const fact of policy.verification.facts) {
    known += 1;
    const kind = policy.facts.find((one) => one.id === fact)?.kind ?? 'text';
    answers[fact] = values[kind](known);
  }
  const happenedOn = server.clock.now().toISOString().slice(0, 10);
  const facts = Object.entries(answers).map(([fact, value]) => ({ memberId: id, fact, value, happenedOn }));
  await housekeep(server.house, (db, now) => keepFacts({ db, now, house: server.house }, policy, facts));
  return answers;
};

/** Answers one question, the one that the server asks now unless it is named. */
export const answer = async (
  client: Client,
  member: Member,
  said: string | Answers,
  asked?: string,
): Promise<Answer> => {
  const fact = asked ?? (await pageOf(client, member)).verification.facts.question?.fact ?? 'no-question';
  const text = typeof said === 'string' ? said : (said[fact] ?? 'nothing known');
  return step(client, member, { method: 'fact', fact, answer: text });
};

/** The caller answers as many questions as the file wants; facts are kept first unless they are given. */
export const answerRight = async (
  server: TestServer,
  client: Client,
  member: Member,
  given?: Answers,
): Promise<Answer> => {
  const answers = given ?? (await knowFacts(server, member));
  const { neededFacts } = policyOf(server.house, member.organisation).verification;
  let last = await answer(client, member, answers);
  for (let n = 1; n < neededFacts; n += 1) last = await answer(client, member, answers);
  if (last.body.verification?.level === 'none') throw new Error(`Right answers: ${last.body.message}`);
  return last;
};

/** Says that the caller stands in a branch, and notes the document they show. */
export const showDocument = async (client: Client, member: Member, more: object = {}): Promise<Answer> => {
  await speakWith(client, member, { channel: 'branch', ...more });
  const body = { method: 'document', kind: 'passport', reference: 'Dossier 12' };
  const shown = await step(client, member, body);
  if (shown.body.outcome !== 'right') throw new Error(`A document answered ${shown.body.message}`);
  return shown;
};

const textOf = (n: number): string => `SERIE${String(n).padStart(5, '0')}`;
const amountOf = (n: number): string => `${1000 + n},${String(n % 100).padStart(2, '0')}`;
const monthOf = (n: number): string =>
  `${String((n % 12) + 1).padStart(2, '0')}/${1930 + (Math.floor(n / 12) % 90)}`;
