import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Consultations } from '../server/supervision/consultations.schema.ts';
import type { Review } from '../server/supervision/reviews.schema.ts';
import { speakWith } from './support/callers.ts';
import { openCall } from './support/calls.ts';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { openIncident } from './support/incidents.ts';
import { textOfPages } from './support/paper.ts';
import { buildMember, dataOf } from './support/recoveries.ts';
import { forget, judge, reviewed, settle, undo } from './support/reviews.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

const ours = 'mutuelle-agents-publics';
const theirs = 'mutuelle-imaginaire';

describe.each(databases)('a member’s right to know on %s', (engine) => {
  let server: TestServer;
  let agent: Client;
  let auditor: Client;
  let supervisor: Client;
  let member: Built;

  beforeAll(async () => {
    server = await startServer(engine);
    [agent, auditor, supervisor] = await Promise.all([
      server.as('agent'),
      server.as('auditor'),
      server.as('supervisor'),
    ]);
    member = await buildHolder(server, { nir: { body: '190062A999903', key: '43' } });
  });
  afterAll(async () => {
    await server.house.drawing.close();
    await server.stop();
  });

  const find = (client: Client, identifier: string, organisation = ours) =>
    client.post('/api/members/find', { organisation, identifier });

  describe('an auditor', () => {
    test('finds a member by a whole identifier, and is shown the identity line only', async () => {
      const byNumber = await find(auditor, member.identifier);
      const byNir = await find(auditor, '1 90 06 2A 999 903 43');

      expect(byNumber.status).toBe(200);
      expect(byNumber.body).toEqual({
        members: [
          {
            id: member.id,
            organisationId: ours,
            lastName: 'Tilleul',
            birthName: null,
            firstName: 'Jeanne',
            birthDate: '1961-03-04',
            kind: 'holder',
            memberNumber: expect.any(String),
          },
        ],
      });
      expect(byNir.body).toEqual(byNumber.body);
      const found = await server.house
        .pool('audit_events')
        .where({ type: 'member.found', member_id: member.id });
      expect(found.length).toBeGreaterThanOrEqual(2);
      const payloads = found.map(({ payload }) => payload as string).join();
      expect(payloads).not.toContain('190062A999903');
      expect(payloads).not.toContain('Tilleul');
    });

    test('who asks for a part, or for another organisation’s, is told the same; a miss is recorded', async () => {
      const stranger = await buildHolder(server, { organisationId: theirs });
      const misses = () =>
        server.house.pool('audit_events').where({ type: 'member.found', member_id: null }).orderBy('seq');
      const before = (await misses()).length;
      await server.house
        .pool('agent_organisations')
        .whereIn('agent_id', server.house.pool('agents').where({ username: 'auditor' }).select('id'))
        .where({ organisation_id: theirs })
        .delete();

      const part = await find(auditor, member.identifier.slice(0, -1));
      const foreign = await find(auditor, stranger.identifier, theirs);
      const nobody = await find(auditor, 'N999999', theirs);
      const short = await find(auditor, 'x');

      expect([part, foreign, nobody].map(({ status }) => status)).toEqual([404, 404, 404]);
      expect(foreign.body).toEqual(nobody.body);
      expect(part.body).toEqual(nobody.body);
      expect(short).toMatchObject({
        status: 400,
        body: { errors: { identifier: expect.stringContaining('entier') } },
      });
      expect(
        (await misses()).slice(before).map(({ organisation_id }) => organisation_id as string | null),
      ).toEqual([ours, null, null]);
      expect((await find(agent, member.identifier)).status).toBe(403);
    });
  });

  describe('who consulted a file', () => {
    const list = (id: string, client = supervisor) => client.get(`/api/members/${id}/consultations`);

    test('is told by call, with purposes and without the agents', async () => {
      const somebody = await buildHolder(server, { memberNumber: 'FOYER1', rank: '01' });
      const relative = await buildHolder(server, { memberNumber: 'FOYER1', rank: '02', firstName: 'Luc' });
      const reveal = server.house.organisations.get(ours)?.reasons.reveal[0];
      await speakWith(agent, somebody, { channel: 'telephone', caller: 'member' });
      await agent.get(`/api/members/${somebody.id}`);
      await agent.get(`/api/members/${somebody.id}`);
      await agent.post(`/api/members/${somebody.id}/reveal-nir`, {
        reason: reveal?.id,
        password: deskPassword,
      });
      server.clock.advance(1);
      await speakWith(agent, relative, { channel: 'branch', caller: 'member' });
      await agent.get(`/api/members/${relative.id}`);
      server.clock.advance(1);
      await auditor.get(`/api/members/${somebody.id}/story`);

      const told = (await list(somebody.id)).body as Consultations;

      expect(told).toMatchObject({ memberId: somebody.id, who: { number: 'FOYER1 / 01' }, cut: false });
      expect(told.consultations).toEqual([
        {
          at: '2026-11-18T09:02:00.000Z',
          service: 'Contrôle interne',
          channel: null,
          purposes: ['Contrôle de l’usage de votre dossier'],
        },
        {
          at: '2026-11-18T09:01:00.000Z',
          service: 'Service des adhérents',
          channel: 'Après une visite en agence',
          purposes: [
            'Votre nom et votre date de naissance sont apparus sur le dossier d’une personne de votre foyer',
          ],
        },
        {
          at: '2026-11-18T09:00:00.000Z',
          service: 'Service des adhérents',
          channel: 'Après un appel téléphonique',
          purposes: ['Lecture de votre dossier pour répondre à la demande'],
        },
      ]);
      const ids = (await server.house.pool('agents').select('id', 'name', 'username')) as object[];
      for (const secret of ids.flatMap((row) => Object.values(row) as string[]))
        expect(JSON.stringify(told)).not.toContain(`"${secret}"`);
      expect(JSON.stringify(told)).not.toContain('de test');
    });

    test('a verdict or an undo shows its item again: who stands in it is told, and counts as touched', async () => {
      settle(server, { 'back-office': { structuralFrom: 100 } }, { sampleOneIn: 2 ** 48, gatherFrom: 1 });
      await forget(server);
      const people: Built[] = [];
      for (let n = 0; n < 3; n += 1) {
        const one = await buildMember(server, 'safiag', { password: undefined });
        await openCall(agent, { caller: 'unsaid' });
        const body = { channel: 'letter', reason: 'no-contact', version: 1 };
        await agent.post(`/api/members/${one.id}/temporary-passwords`, body);
        people.push(one);
      }
      const [, frozen, beside] = people as [Built, Built, Built];
      const day = (await reviewed(server, supervisor, { open: true })).find(({ kind }) => kind === 'day');
      if (!day) throw new Error('No day stands in the queue.');
      const beganAt = server.clock.now().toISOString();
      const before = JSON.stringify((await list(beside.id)).body);
      server.clock.advance(10);
      const from = server.clock.now().toISOString();

      const undone = await undo(supervisor, day, { act: 'freeze', memberId: frozen.id });
      const judged = await judge(supervisor, undone.body as Review);
      server.clock.advance(1);

      expect([undone.status, judged.status]).toEqual([200, 200]);
      const both = [frozen.id, beside.id].sort();
      expect(await dataOf(server, 'review.undone', { member_id: frozen.id })).toMatchObject([
        { shown: [beside.id] },
      ]);
      const [told] = (await dataOf(server, 'review.decided')) as [object];
      expect(told).toMatchObject({ shown: expect.arrayContaining(both) });
      expect(before).not.toContain('Contrôle');
      const { purposes } = (await list(beside.id)).body.consultations[0] as { purposes: string[] };
      expect(purposes).toContain('Contrôle de l’usage de votre dossier');
      const { id: agentId } = (await supervisor.get('/api/me')).body;
      const where = { organisationIds: ['safiag'], beganAt, knownAt: beganAt };
      const incident = await openIncident(server, supervisor, where);
      const { body } = await supervisor.post(`/api/incidents/${incident.id}/touched`, { agentId, from });
      const rows = body.rows as { memberId: string; looked: number; acted: number }[];
      expect(rows.map(({ memberId }) => memberId).sort()).toEqual(both);
      expect(rows.find(({ memberId }) => memberId === beside.id)).toMatchObject({ looked: 2, acted: 0 });
      expect(rows.find(({ memberId }) => memberId === frozen.id)).toMatchObject({ looked: 2, acted: 1 });
    });

    test('is a letter for the member once the password is given again', async () => {
      const somebody = await buildHolder(server, { usualName: 'Łuczak-Œuvre', firstName: 'Zoé' });
      await agent.get(`/api/members/${somebody.id}`);
      const path = `/api/members/${somebody.id}/consultations/letter`;

      const without = await supervisor.post(path, {});
      const letter = await supervisor.post(path, { password: deskPassword, language: 'fr' });
      const english = await supervisor.get(path.replace('/letter', ''), { 'accept-language': 'en' });

      const text = (await textOfPages(letter.bytes)).join(' ');
      expect(without).toMatchObject({ status: 400, body: { errors: { password: expect.any(String) } } });
      expect(letter.headers.get('content-type')).toBe('application/pdf');
      expect(letter.headers.get('content-disposition')).toContain('consultations.pdf');
      for (const said of ['Zoé Łuczak-Œuvre', 'C-579/21', 'Lecture de votre dossier', 'article 15'])
        expect(text).toContain(said);
      expect(text).not.toContain('de test');
      expect(JSON.stringify(english.body)).toContain('Your file was read');
      const viewed = await server.house
        .pool('audit_events')
        .where({ type: 'member.consultations-viewed', member_id: somebody.id })
        .orderBy('seq');
      expect(
        viewed.map(({ payload }) => (JSON.parse(payload as string) as { data: object }).data),
      ).toMatchObject([
        { as: 'letter', rows: 1 },
        { as: 'screen', rows: 2 },
      ]);
    });

    test('is for supervisors and auditors of the organisation', async () => {
      const stranger = await server.as('stranger');

      const foreign = await list(member.id, stranger);
      const nobody = await list('nobody', stranger);

      expect([foreign.status, nobody.status]).toEqual([404, 404]);
      expect(foreign.body).toEqual(nobody.body);
      const letter = `/api/members/${member.id}/consultations/letter`;
      expect((await stranger.post(letter, { password: deskPassword })).status).toBe(404);
      expect((await list(member.id, agent)).status).toBe(403);
      expect((await list(member.id, await server.as('administrator'))).status).toBe(403);
    });
  });
});
