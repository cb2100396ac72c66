import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { read, systemVisit } from '../server/core/perform.ts';
import { trustedContactOf } from '../server/members/contact-trust.service.ts';
import { findMemberFile } from '../server/members/members.service.ts';
import type { Answer, Client } from './support/client.ts';
import { buildHolder, eventsOf, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

const organisation = 'msa-sud-aquitaine';
const api = `/portal/api/${organisation}`;
const password = 'Tilleul+2026!';
let serial = 100;

describe.each(databases)('confirming a new contact through the old one, on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  let client: Client;
  let old: string;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  beforeEach(async () => {
    await server.house.pool('budgets').delete();
    serial += 1;
    old = `jeanne.${serial}@example.fr`;
    member = await buildHolder(server, {
      organisationId: organisation,
      nir: { body: `2610399999${serial}`, key: null },
      password,
      contacts: [contact('email', old), contact('mobile', `+3363998${serial}9`)],
    });
    client = await signedIn();
    await save({ email: `neuve.${serial}@example.fr` });
  });
  afterAll(() => server.stop());

  const signedIn = async (): Promise<Client> => {
    const anew = server.anonymous();
    const answer = await anew.post(`${api}/sign-in`, { identifier: member.identifier, password });
    expect(answer.status).toBe(200);
    return anew;
  };
  const save = async (contacts: object): Promise<void> => {
    const answer = await client.send('PUT', `${api}/contacts`, { contacts, currentPassword: password });
    expect(answer.status).toBe(200);
  };
  const confirm = (code?: string, kind = 'email', by = client): Promise<Answer> =>
    by.post(`${api}/contacts/confirmation`, { kind, code });
  /** The code that the former contact received last. */
  const codeSentTo = async (to: string): Promise<string> => {
    await server.work();
    const messages = (await server.house.mailbox?.list()) ?? [];
    const mine = messages.find((one) => one.to === to && one.subject?.includes('code de confirmation'));
    return /^\s*(\d{4})\s*$/m.exec(mine?.text ?? '')?.[1] ?? 'none came';
  };
  const isTrusted = (kind: 'email' | 'mobile' = 'email'): Promise<boolean> =>
    read(systemVisit(server.house, 'tests', [organisation]), async (ctx) =>
      Boolean(await trustedContactOf(ctx, await findMemberFile(ctx, member.id), kind)),
    );
  const usedByBlock = async (): Promise<number> => {
    const row = await server.house
      .pool('budgets')
      .where({ id: 'wrong-codes-per-address-block:127.0.0:hour' })
      .first();
    return Number(row.used);
  };
  const wrongOf = (code: string): string => (code === '0000' ? '1111' : '0000');
  const inDays = async (days: number): Promise<void> => {
    server.clock.advance(days * 1_440);
    client = await signedIn();
  };

  test('the code goes to the old one, and then 72 hours are enough', async () => {
    const asked = await confirm();
    const code = await codeSentTo(old);
    const answer = await confirm(code);

    expect(asked).toMatchObject({
      status: 200,
      body: { status: 'code-sent', code: { digits: 4, minutes: 30 } },
    });
    expect(answer).toMatchObject({ status: 200, body: { status: 'confirmed' } });
    expect(await isTrusted()).toBe(false);
    await inDays(2);
    expect(await isTrusted()).toBe(false);
    await inDays(1);
    expect(await isTrusted()).toBe(true);
    expect(await eventsOf(server, member.id)).toContain('account.contact-confirmation');
  });

  test('unconfirmed, it waits 30 days', async () => {
    await inDays(29);
    expect(await isTrusted()).toBe(false);
    await inDays(1);
    expect(await isTrusted()).toBe(true);
  });

  test('a code is tried three times, and a new one begins anew', async () => {
    await confirm();
    const first = await codeSentTo(old);
    for (let n = 0; n < 3; n += 1) {
      expect(await confirm(wrongOf(first))).toMatchObject({
        status: 400,
        body: { errors: { code: expect.any(String) } },
      });
    }

    expect((await confirm(first)).status).toBe(400);
    await confirm();
    const second = await codeSentTo(old);
    expect((await confirm(first === second ? wrongOf(first) : first)).status).toBe(400);
    expect((await confirm(second)).status).toBe(200);
  });

  test('past the wrong codes of one block the right one is answered like them, and everybody else’s go on', async () => {
    await confirm();
    const code = await codeSentTo(old);
    const { limits } = server.house.limits.budgets['wrong-codes-per-address-block'];
    const [{ most, per }] = limits as [(typeof limits)[number]];
    const window_ends = new Date(server.clock.now().getTime() + 60_000).toISOString();
    const block = { id: `wrong-codes-per-address-block:127.0.0:${per}`, used: most, window_ends };
    await server.house.pool('budgets').insert(block).onConflict('id').merge();
    const wrong = await confirm(wrongOf(code));
    const right = await confirm(code);

    expect([right.status, right.body]).toEqual([400, wrong.body]);
    const shared = await server.house.pool('budgets').where('id', 'like', 'wrong-codes-%:%:hour');
    expect(shared.filter(({ id, used }) => id !== block.id && Number(used) > 0)).toEqual([]);
    server.clock.advance(1);
    expect((await confirm(code)).status).toBe(200);
    expect(await usedByBlock()).toBe(0);
  });

  test('of 8 uses of one code at once exactly one confirms, and later ones never', async () => {
    await confirm();
    const code = await codeSentTo(old);

    const answers = await Promise.all(Array.from({ length: 8 }, () => confirm(code)));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await confirm(code)).status).toBe(422);
  });

  test('too late, it confirms nothing', async () => {
    await confirm();
    const code = await codeSentTo(old);
    server.clock.advance(31);
    client = await signedIn();

    expect((await confirm(code)).status).toBe(400);
  });

  test('what an intruder put on file a moment ago confirms nothing after it', async () => {
    await save({ email: 'encore@example.fr' });

    expect((await client.get(`${api}/contacts`)).body.confirmable).toEqual([]);
    expect(await confirm()).toMatchObject({ status: 422, body: { rule: 'contact.not-confirmable' } });
  });

  test('a value that took its place is not confirmed with it', async () => {
    await confirm();
    await confirm(await codeSentTo(old));
    await server.house
      .pool('contacts')
      .where({ member_id: member.id, kind: 'email' })
      .update({ value: 'du-fichier@example.fr' });
    await inDays(4);

    expect(await isTrusted()).toBe(false);
  });

  test('there is nothing to confirm where nothing changed, nor on paper', async () => {
    expect((await confirm(undefined, 'mobile')).status).toBe(422);
    expect((await confirm(undefined, 'fax')).status).toBe(422);
  });

  test('more codes than the budget allows are not sent', async () => {
    const statuses: number[] = [];
    for (let n = 0; n < 4; n += 1) statuses.push((await confirm()).status);

    expect(statuses).toEqual([200, 200, 200, 429]);
  });

  test('another member’s code is nobody else’s', async () => {
    await confirm();
    const foreign = await codeSentTo(old);
    const [stranger, changed] = [member, client];
    serial += 1;
    member = await buildHolder(server, {
      organisationId: organisation,
      nir: { body: `2610399999${serial}`, key: null },
      password,
      contacts: [contact('email', `autre.${serial}@example.fr`)],
    });
    client = await signedIn();
    await save({ email: `autre.neuve.${serial}@example.fr` });

    expect((await confirm(foreign)).status).toBe(400);
    expect((await confirm(foreign, 'email', changed)).status).toBe(200);
    expect(stranger.id).not.toBe(member.id);
  });
});
