import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { deskRoutes } from '../server/app.ts';
import { raiseAlert } from '../server/audit/alerts.service.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { permissionsOf } from '../server/core/permissions.ts';
import { roles, type Role } from '../server/core/vocabulary.ts';
import type { Route } from '../server/http/routes.ts';
import { hire } from './support/agents.ts';
import { asked } from './support/approvals.ts';
import { buildLetters } from './support/build.ts';
import { openCall } from './support/calls.ts';
import type { Answer, Client } from './support/client.ts';
import { buildHolder } from './support/holders.ts';
import { openIncident } from './support/incidents.ts';
import { reviewed } from './support/reviews.ts';
import { databases, everyOrganisation, startServer, type TestServer } from './support/server.ts';
import { validInput } from './support/valid-input.ts';

const organisation = 'mutuelle-agents-publics';
const elsewhere = 'mutuelle-imaginaire';
const nobody = '00000000-0000-4000-8000-000000000000';
const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const resourceOf = ({ path }: Route): string => path.split('/')[1] ?? '';
const withId = deskRoutes.filter(({ path }) => path.includes(':'));

/** Resources whose rows belong to no organisation, and why a foreign one cannot be told from an absent one. */
const ofNone: Record<string, string> = {
  'incoming-calls': 'an opaque address; each agent finds their own organisations’ members behind it',
  sites: 'where agents of all organisations work',
  'own-account': 'a factor is its owner’s, whatever their organisation',
  'training-calls': 'invented callers, in a training space only',
};

/** Everything of an answer but its date and its request's id. */
const seen = ({ status, headers, bytes }: Answer) => ({
  status,
  headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name)),
  body: new TextDecoder().decode(bytes),
});

describe.each(databases)('another organisation’s id on %s', (engine) => {
  let server: TestServer;
  const strangers = new Map<Role, Client>();
  /** One row of one organisation for each resource of the route table. */
  const rows = new Map<string, string>();

  beforeAll(async () => {
    server = await startServer(engine);
    for (const role of roles) strangers.set(role, await hire(server, `elsewhere-${role}`, role, [elsewhere]));
    for (const [resource, build] of Object.entries(builders)) rows.set(resource, await build());
  });
  afterAll(() => server.stop());

  const visit = () => systemVisit(server.house, 'tests', everyOrganisation(server.house));
  const member = () => buildHolder(server, { organisationId: organisation });
  const posted = async (client: Client, path: string, body: unknown): Promise<string> => {
    const answer = await client.post(path, body);
    if (answer.status >= 300) throw new Error(`${path} answered ${answer.status}: ${answer.body.message}`);
    return answer.body.id as string;
  };
  const inserted = async (table: string, row: object): Promise<string> => {
    const id = server.house.random.id();
    await server.house.pool(table).insert({ id, organisation_id: organisation, ...row });
    return id;
  };
  const now = () => server.clock.now().toISOString();

  const builders: Record<string, () => Promise<string>> = {
    members: async () => (await member()).id,
    calls: async () => (await openCall(await server.as('agent'), { memberId: (await member()).id })).id,
    callbacks: async () => {
      const dueAt = new Date(server.clock.now().getTime() + 7_200_000).toISOString();
      const body = { memberId: (await member()).id, dueAt, note: 'Demande si son courrier est parti' };
      return posted(await server.as('agent'), '/api/callbacks', body);
    },
    approvals: async () => {
      const client = await server.as('agent');
      const about = await member();
      await openCall(client, { memberId: about.id });
      const letter = { channel: 'letter', reason: 'no-contact', version: 1 };
      await client.post(`/api/members/${about.id}/temporary-passwords`, letter);
      return (await asked(client, about, { act: 'letter', reason: 'no-contact' })).id;
    },
    alerts: async () => {
      await perform(visit(), (ctx) =>
        raiseAlert(ctx, { organisationId: organisation, kind: 'suspicion', subject: 'account:1' }),
      );
      return (await server.house.pool('alerts').where({ subject: 'account:1' }).first()).id as string;
    },
    letters: async () => (await buildLetters(server, [{}]))[0]?.id ?? '',
    lots: async () => {
      await buildLetters(server, [{}]);
      const body = { organisation, product: 'lettre-verte' };
      return posted(await server.as('print-operator'), '/api/lots', body);
    },
    destructions: () =>
      inserted('destructions', {
        kind: 'spoiled',
        sheets: 1,
        declared_by: 'somebody',
        declared_at: now(),
        due_on: '2026-11-19',
        version: 1,
      }),
    imports: async () => {
      const admin = await server.as('administrator');
      const file =
        'N° adhérent;Qualité;Nom d’usage;Prénom;Date de naissance\nX1;titulaire;Tilleul;Jeanne;04/03/1961\n';
      const sent = await admin.send(
        'POST',
        `/api/imports?organisation=${organisation}&extent=movements`,
        file,
        {
          'content-type': 'text/csv',
        },
      );
      return sent.body.id as string;
    },
    'change-files': async () => `${organisation}_2026-11-17`,
    agents: async () => {
      await hire(server, 'proche', 'agent', [organisation]);
      return (await server.house.pool('agents').where({ username: 'proche' }).first()).id as string;
    },
    'rights-review': async () =>
      (await server.house.pool('agents').where({ username: 'proche' }).first()).id as string,
    'agent-files': async () => {
      const local = await hire(server, 'locale', 'administrator', [organisation]);
      const file = `Identifiant;Nom;Rôle;Organismes\nneuf;Neuf;conseiller;${organisation}\n`;
      return (await local.send('POST', '/api/agent-files', file, { 'content-type': 'text/csv' })).body.id;
    },
    incidents: async () => {
      const beganAt = new Date(server.clock.now().getTime() - 3_600_000).toISOString();
      return (await openIncident(server, await server.as('supervisor'), { beganAt })).id;
    },
    'bulk-requests': async () => {
      server.clock.advance(1);
      const { id } = await server.house.pool('agents').where({ username: 'agent' }).first();
      const path = `/api/incidents/${rows.get('incidents') ?? ''}/kill-requests`;
      return posted(await server.as('supervisor'), path, { agentId: id, withLetters: true });
    },
    reviews: async () => {
      const client = await server.as('colleague');
      const about = await member();
      await openCall(client, { channel: 'back-office', memberId: about.id });
      await client.post(`/api/members/${about.id}/temporary-passwords`, {
        channel: 'letter',
        reason: 'no-contact',
        version: (await client.get(`/api/members/${about.id}`)).body.version,
      });
      return (await reviewed(server, await server.as('supervisor')))[0]?.id ?? '';
    },
    'own-reviews': async () => {
      const client = await server.as('supervisor');
      const path = `/api/reviews/${rows.get('reviews') ?? ''}`;
      const { version } = (await client.get(path)).body;
      await client.post(`${path}/verdict`, { verdict: 'to-explain', word: 'Pourquoi ?', version });
      return rows.get('reviews') ?? '';
    },
  };

  const send = (client: Client, route: Route, id: string): Promise<Answer> => {
    const search = new URLSearchParams((validInput(route.query) ?? {}) as Record<string, string>);
    const body = route.method === 'get' ? undefined : (validInput(route.body) ?? {});
    return client.send(route.method.toUpperCase(), `/api${route.path.replace(/:\w+/g, id)}?${search}`, body);
  };
  const rolesFor = ({ access }: Route): Role[] =>
    roles.filter((role) => (permissionsOf(role) as ReadonlySet<string>).has(access));

  test('is built for every resource of the route table', () => {
    const unknown = withId.map(resourceOf).filter((name) => !(name in ofNone) && !rows.get(name));

    expect([...new Set(unknown)]).toEqual([]);
  });

  test('exists for who works there: each row is reached by one of its routes', async () => {
    const lost: string[] = [];
    for (const [resource, id] of rows) {
      const reads = withId.filter(
        (route) => resourceOf(route) === resource && route.method === 'get' && route.kind !== 'feed',
      );
      const statuses: number[] = [];
      for (const route of reads)
        for (const role of rolesFor(route))
          statuses.push((await send(await server.as(role), route, id)).status);
      if (reads.length > 0 && !statuses.includes(200)) lost.push(`${resource}: ${statuses.join(' ')}`);
    }

    expect(lost).toEqual([]);
  });

  test('is answered exactly like one that nobody has, on every route and for every role', async () => {
    const told: string[] = [];
    for (const route of withId.filter((one) => !(resourceOf(one) in ofNone))) {
      for (const role of rolesFor(route)) {
        const client = strangers.get(role) as Client;
        const foreign = seen(await send(client, route, rows.get(resourceOf(route)) ?? ''));
        await server.house.pool('attempt_counters').delete();
        const absent = seen(await send(client, route, nobody));
        if (JSON.stringify(foreign) !== JSON.stringify(absent))
          told.push(`${role} ${nameOf(route)}: ${foreign.status} and ${absent.status}`);
      }
    }

    expect(told).toEqual([]);
  });
});
