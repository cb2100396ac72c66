import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskRoutes } from '../server/app.ts';
import { permissionsOf } from '../server/core/permissions.ts';
import { roles } from '../server/core/vocabulary.ts';
import { addTelephonyClient } from '../server/desk/telephony-clients.service.ts';
import { systemVisit } from '../server/core/perform.ts';
import type { Route } from '../server/http/routes.ts';
import { portalRoutes } from '../server/portal/portal.routes.ts';
import { breakAudit, dump } from './support/audit-off.ts';
import { buildLetters, type BuiltLetter } from './support/build.ts';
import type { Client } from './support/client.ts';
import { buildHolder, type Built } from './support/holders.ts';
import { contact } from './support/people.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';
import { validInput } from './support/valid-input.ts';

const nobody = '00000000-0000-4000-8000-000000000000';
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const isAudited = ({ kind }: Route) => kind !== 'read' && kind !== 'feed';

/** A line of each file that can be sent. */
const file = [
  'Référence;Lot;Feuille;État;Motif;Déposé le',
  'AAAA-AAAA;1;1;produit;refusé;18/11/2026 09:00',
  '',
].join('\n');

const accounts = ['Identifiant;Nom;Rôle;Organismes', 'neuf;Neuf;conseiller;mgen', ''].join('\n');

/** Bodies and queries that a shape alone does not tell. */
const examples = ({ identifier }: Built, { reference }: BuiltLetter): Record<string, unknown> => ({
  'post /returns': { reference, reason: 'refused' },
  'get /destructions/record': { lotId: nobody },
  'post /members/search': { filter: { q: 'tilleul' } },
  'post /members/:id/reveal-nir': { reason: 'homonym', password: deskPassword },
  'post /members/:id/temporary-passwords': { channel: 'letter', reason: 'no-contact', version: 1 },
  'post /telephony/incoming-calls': { number: '0612345678' },
  'post /recoveries': { path: 'forgotten', identifier },
  'post /mass-locks/unblock-requests': {
    organisationId: 'mgen',
    via: 'pages',
    secret: 'password',
    from: '2026-11-18T07:00:00.000Z',
    to: '2026-11-18T09:00:00.000Z',
  },
  'post /sign-in': { identifier, password: 'Tilleul+2026!' },
  'post /password': { newPassword: 'Noyer+2027!', currentPassword: 'Tilleul+2026!' },
  'post /test-letter': { password: '0000-0000-00000' },
});

/** What has nothing to record here, and why; it must refuse or change nothing all the same. */
const nothingToRecord: Record<string, string> = {
  'post /sms-receipts': 'no gateway of this server sends receipts',
  'post /france-connect': 'no organisation of this server has an identity provider',
  'post /france-connect/return': 'the same',
  'post /france-connect/link': 'the same',
  'post /sso/start': 'this server has no single sign-on',
  'post /sso/return': 'the same',
  'post /sso/finish': 'the same',
  'post /own-account/challenge': 'an agent without a security key has nothing to be challenged for',
  'post /own-account/totp/confirm': 'nothing was begun that could be confirmed',
  'post /own-account/security-keys/confirm': 'the same',
  'get /figures/report': 'figures of nobody',
};

describe.each(databases)('with an audit that cannot be written, on %s', (engine) => {
  let server: TestServer;
  let member: Built;
  let letter: BuiltLetter;
  let key: string;
  /** A browser for what needs no session: signing out is what it is good for. */
  let leaving: Client;
  const clients = new Map<string, Client>();
  const portals = new Map<string, Client>();

  beforeAll(async () => {
    server = await startServer(engine, { env: { PRINTER_URL: tmpdir() } });
    key = (await addTelephonyClient(systemVisit(server.house, 'tests', []), 'le standard')).key.expose();
    member = await buildHolder(server, {
      organisationId: 'msa-sud-aquitaine',
      nir: { body: '2610399999042', key: null },
      password: 'Tilleul+2026!',
      contacts: [contact('mobile', '+33639980077'), contact('email', 'jeanne@example.fr')],
    });
    [letter] = (await buildLetters(server, [{}])) as [BuiltLetter];
    for (const role of roles) clients.set(role, await server.as(role));
    leaving = await server.anonymous().signIn('agent', deskPassword);
    // A way out ends its session: each member's route has one of its own.
    for (const route of portalRoutes.filter(({ access }) => access !== 'public')) {
      const portal = server.anonymous();
      const { identifier } = member;
      await portal.post(`/portal/api/${member.organisation}/sign-in`, {
        identifier,
        password: 'Tilleul+2026!',
      });
      portals.set(nameOf(route), portal);
    }
    await breakAudit(server, engine);
  });
  afterAll(() => server.stop());

  const given = (route: Route, part: 'body' | 'query'): unknown => {
    const isPart = (part === 'query') === (route.method === 'get');
    return (isPart && examples(member, letter)[nameOf(route)]) || (validInput(route[part]) ?? {});
  };
  const send = (client: Client, prefix: string, route: Route, id: string) => {
    const path = prefix + route.path.replace(/:\w+/g, id);
    const search = new URLSearchParams(given(route, 'query') as Record<string, string>);
    const body = route.upload
      ? route.path === '/agent-files'
        ? accounts
        : file
      : JSON.stringify(given(route, 'body'));
    const headers = {
      'content-type': route.upload ? 'text/csv' : 'application/json',
      ...(prefix === '/api' && { authorization: `Bearer ${key}` }),
    };
    const sent = route.method === 'get' ? undefined : body;
    return client.send(route.method.toUpperCase(), `${path}?${search}`, sent, headers);
  };

  test('every act, search and look of the desk answers 503 and changes nothing', async () => {
    const wrong: string[] = [];
    const before = await dump(server, engine);
    for (const route of deskRoutes.filter(isAudited)) {
      const mayReach = roles.filter((role) => (permissionsOf(role) as ReadonlySet<string>).has(route.access));
      const asked = [
        ...(route.access === 'public' ? [leaving] : mayReach.map((role) => clients.get(role))),
      ].filter((client) => client !== undefined);
      for (const client of asked) {
        // An id that nobody has is a refusal, which must be recorded too.
        for (const id of route.path.includes(':') ? [nobody, member.id] : ['']) {
          const { status } = await send(client, '/api', route, id);
          const isRight =
            status === 503 || (id === member.id && status >= 400) || nameOf(route) in nothingToRecord;
          if (!isRight) wrong.push(`${nameOf(route)} ${id ? 'with' : 'without'} an id: ${status}`);
        }
      }
    }

    expect(wrong).toEqual([]);
    expect(await dump(server, engine)).toEqual(before);
  });

  test('so does what a role may not do', async () => {
    const statuses = new Map<string, number>();
    for (const route of deskRoutes.filter(({ access }) => access !== 'public')) {
      const outside = roles.find((role) => !(permissionsOf(role) as ReadonlySet<string>).has(route.access));
      const client = outside && clients.get(outside);
      if (client) statuses.set(nameOf(route), (await send(client, '/api', route, nobody)).status);
    }

    expect(statuses.size).toBeGreaterThan(50);
    expect([...statuses].filter(([, status]) => status !== 503)).toEqual([]);
  });

  test('every act of the member’s side answers 503 and changes nothing', async () => {
    const wrong: string[] = [];
    const before = await dump(server, engine);
    for (const route of portalRoutes.filter(isAudited)) {
      const client = portals.get(nameOf(route)) ?? server.anonymous();
      const { status } = await send(client, `/portal/api/${member.organisation}`, route, nobody);
      if (status !== 503 && !(nameOf(route) in nothingToRecord)) wrong.push(`${nameOf(route)}: ${status}`);
    }

    expect(wrong).toEqual([]);
    expect(await dump(server, engine)).toEqual(before);
  });
});
