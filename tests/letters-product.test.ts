import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { policyOf } from '../server/organisations/organisations.service.ts';
import { asked, askFor, end } from './support/approvals.ts';
import { pageOf, speakWith } from './support/callers.ts';
import { Client, type Answer } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { at } from './support/people.ts';
import { buildMember } from './support/recoveries.ts';
import { databases, deskPassword, startServer, wednesday, type TestServer } from './support/server.ts';

const brussels = {
  address: {
    lines: ['4 rue du Test'],
    postcode: '1000',
    town: 'Bruxelles',
    country: 'BE',
    since: '2020-01-01',
  },
};

describe.each(databases)('the postal product of a letter on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  beforeAll(async () => {
    server = await startServer(engine);
  });
  afterAll(() => server.stop());
  const signIn = (name: string) => new Client(server.url).signIn(name, deskPassword);
  const startAt = async (moment: string) => {
    server.clock.set(moment);
    agent = await signIn('agent');
  };
  beforeEach(() => startAt(wednesday));

  const caller = async (more: Parameters<typeof buildHolder>[1] = {}): Promise<Built> => {
    const member = await buildHolder(server, more);
    await speakWith(agent, member);
    return member;
  };
  const send = async (member: Built, more: object): Promise<Answer> => {
    const { version, reasons } = await pageOf(agent, member);
    const body = { channel: 'letter', reason: reasons.letter[0].id, version, ...more };
    return agent.post(`/api/members/${member.id}/temporary-passwords`, body);
  };
  const rowsOf = ({ id }: Built) => server.house.pool('letters').where({ member_id: id });

  test('is the usual one, and the page shows its date beside those of the faster ones', async () => {
    const member = await caller();

    const { letterPreview } = await pageOf(agent, member);
    const sent = await send(member, {});

    expect(letterPreview).toMatchObject({
      product: 'lettre-verte',
      label: 'Lettre verte',
      plannedPostingOn: '2026-11-18',
      announcedOn: '2026-11-21',
      keepsPromise: true,
      missesPromise: false,
      faster: [
        {
          product: 'services-plus',
          label: 'Lettre services plus',
          earliestArrivalOn: '2026-11-19',
          announcedOn: '2026-11-20',
          keepsPromise: true,
          isProposed: false,
        },
      ],
    });
    expect(sent.body.letter).toMatchObject({ product: 'lettre-verte', announcedOn: '2026-11-21' });
  });

  test('is the faster one when it is chosen: on the page, in the list and in the print room', async () => {
    const member = await caller();

    const { status, body } = await send(member, { product: 'services-plus' });

    expect(status).toBe(200);
    expect(body.letter).toMatchObject({ product: 'services-plus', announcedOn: '2026-11-20' });
    expect(body.toSay).not.toContain('21 novembre');
    expect(await rowsOf(member)).toMatchObject([
      {
        product: 'services-plus',
        latest_arrival_on: '2026-11-20',
        latest_posting_at: '2026-11-18T16:00:00.000Z',
        keeps_promise: 1,
      },
    ]);
    const shown = { product: 'services-plus', announcedOn: '2026-11-20', keepsPromise: true };
    const filter = encodeURIComponent(JSON.stringify({ reference: body.letter.reference }));
    expect((await pageOf(agent, member)).letters).toMatchObject([shown]);
    expect((await agent.get(`/api/letters?filter=${filter}`)).body).toMatchObject([shown]);
    const waiting = (await (await signIn('print-operator')).get('/api/waiting-letters')).body as object[];
    expect(waiting).toContainEqual(
      expect.objectContaining({ organisationId: member.organisation, product: 'services-plus', letters: 1 }),
    );
  });

  test.each([
    ['that the organisation does not have', { product: 'pigeon' }],
    ['that does not go there', { product: 'lettre-internationale' }],
    ['that is no name', { product: 'Lettre verte !' }],
    ['for what is no letter', { product: 'services-plus', channel: 'sms', reason: 'forgot-password' }],
  ])('%s is refused with its field, and nothing changes', async (_what, wrong) => {
    const member = await buildMember(server, 'msa-sud-aquitaine');
    await speakWith(agent, member, { channel: 'branch' });
    const document = { method: 'document', kind: 'passport', reference: '12AB34567' };
    await agent.post(`/api/members/${member.id}/verifications`, document);
    const before = (await pageOf(agent, member)).version;

    const { status, body } = await send(member, wrong);

    expect(status).toBe(400);
    expect(body.errors.product).toContain('produit postal');
    expect((await pageOf(agent, member)).version).toBe(before);
    expect(await rowsOf(member)).toEqual([]);
    expect(await server.house.pool('messages').where({ member_id: member.id })).toEqual([]);
  });

  test('is proposed where the usual one misses the promise and it does not', async () => {
    // Posted Monday 20 December 2027, a holiday of Réunion: J+4 is Friday 24, J+5 Monday 27; eight days end on the 25th.
    await startAt('2027-12-17T15:00:00.000Z');
    const member = await caller(at('97400', 'Saint-Denis'));

    const { letterPreview } = await pageOf(agent, member);

    expect(letterPreview).toMatchObject({
      announcedOn: '2027-12-27',
      keepsPromise: false,
      missesPromise: true,
      faster: [{ product: 'services-plus', announcedOn: '2027-12-24', keepsPromise: true, isProposed: true }],
    });
  });

  test('that cannot keep the promise is told to the administrator, not to every agent', async () => {
    const member = await caller({ organisationId: 'safiag', memberNumber: '4100200' });

    const { letterPreview } = await pageOf(agent, member);
    const sent = await send(member, {});

    expect(letterPreview).toMatchObject({
      product: 'services-plus',
      keepsPromise: false,
      missesPromise: false,
    });
    expect(letterPreview.faster).toEqual([]);
    expect((await rowsOf(member))[0]).toMatchObject({ promised_on: '2026-11-20', keeps_promise: 0 });
    expect(sent.body.letter.announcedOn).toBe('2026-11-20');
  });

  test('for another country is the one that goes there', async () => {
    const member = await caller(brussels);

    const { letterPreview } = await pageOf(agent, member);
    const sent = await send(member, { product: 'lettre-internationale' });

    expect(letterPreview).toMatchObject({ product: 'lettre-internationale', faster: [] });
    expect(letterPreview).toMatchObject({ earliestArrivalOn: '2026-11-21', announcedOn: '2026-11-24' });
    expect(sent.body.letter.limitOn).toBe('2026-12-18');
    expect(await rowsOf(member)).toMatchObject([{ zone: 'europe', product: 'lettre-internationale' }]);
  });

  describe('by way of a second person', () => {
    const wish = { act: 'letter', reason: 'no-contact' };
    const guarded = async (): Promise<Built> => {
      const member = await buildMember(server, 'msa-sud-aquitaine', { isProtected: true });
      await speakWith(agent, member);
      return member;
    };

    test('is shown to them, and is what the letter leaves by', async () => {
      const member = await guarded();

      const request = await asked(agent, member, { ...wish, product: 'services-plus' });
      const supervisor = await signIn('supervisor');
      const listed = (await supervisor.get('/api/approvals')).body as { id: string; detail: string }[];
      const given = await end(supervisor, 'approve', request);

      expect(listed.find(({ id }) => id === request.id)?.detail).toContain('Par Lettre services plus.');
      expect(given.body.state).toBe('done');
      expect(await rowsOf(member)).toMatchObject([{ product: 'services-plus', announced_on: '2026-11-20' }]);
    });

    test('is refused at once where there is none of that name', async () => {
      const member = await guarded();

      for (const wrong of [
        { ...wish, product: 'pigeon' },
        { act: 'sms', product: 'services-plus' },
      ]) {
        const answer = await askFor(agent, member, { reason: 'no-contact', ...wrong });
        expect(answer).toMatchObject({ status: 400, body: { errors: { product: expect.any(String) } } });
      }
      expect(await server.house.pool('approvals').where({ member_id: member.id })).toEqual([]);
    });

    test('that the file has given up meanwhile sends nothing', async () => {
      const member = await guarded();
      const request = await asked(agent, member, { ...wish, product: 'services-plus' });
      const { letter } = policyOf(server.house, member.organisation);
      const products = letter?.products ?? [];
      const [gone] = products.splice(1, 1);
      const given = await end(await signIn('supervisor'), 'approve', request);
      products.splice(1, 0, ...(gone ? [gone] : []));

      expect(given.body).toMatchObject({
        state: 'overtaken',
        outcome: expect.stringContaining('plus proposé'),
      });
      expect(await rowsOf(member)).toEqual([]);
    });
  });
});
