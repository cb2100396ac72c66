import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csv, dump, holder, upload } from './support/member-files.ts';
import { databases, startServer, type TestServer } from './support/server.ts';
import type { Client } from './support/client.ts';
import { eventually } from './support/story.ts';

describe.each(databases)('sending a file on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
  });
  afterAll(() => server.stop());

  const people = csv(
    Array.from({ length: 20_000 }, (_, number) => ({
      ...holder(number % 9_000),
      'N° adhérent': `U${number}`,
    })),
  );

  test('that is broken off is refused, and nothing of it stays', async () => {
    const before = await dump(server.house);

    await new Promise<void>((resolve) => {
      const path = '/api/imports?organisation=safiag&extent=movements';
      const cookie = [...admin.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const headers = { cookie, 'content-type': 'text/csv', 'content-length': String(people.length * 2) };
      const sending = request(server.url + path, { method: 'POST', headers });
      sending.on('error', () => resolve());
      sending.write(people, () => setTimeout(() => sending.destroy(), 50));
      sending.on('close', () => resolve());
    });
    const latest = await eventually(
      async () => (await admin.get('/api/imports')).body[0],
      (found) => found?.state === 'refused',
    );

    expect(latest.problem).toContain('interrompu');
    await eventually(
      () => server.house.pool('import_lines').first('line'),
      (line) => line === undefined,
    );
    expect(await dump(server.house)).toEqual(before);
  });

  test('that is refused at its first line is told so, however much is still on its way', async () => {
    const answer = await upload(admin, people.replace('Prénom', 'Autre'));

    expect(answer).toMatchObject({
      status: 400,
      body: { message: expect.stringContaining('« Prénom » manque') },
    });
  });

  test('without saying which organisation, or with another type, is told what is wrong', async () => {
    const headers = { 'content-type': 'text/csv' };
    const nowhere = await admin.send('POST', '/api/imports?extent=complete', people, headers);
    const strange = await admin.send('POST', '/api/imports?organisation=safiag&extent=half', people, headers);
    const other = await admin.send('POST', '/api/imports?organisation=safiag&extent=complete', people, {
      'content-type': 'text/plain',
    });
    const empty = await admin.send('POST', '/api/imports?organisation=safiag&extent=complete');

    expect([nowhere.status, strange.status, other.status, empty.status]).toEqual([400, 400, 415, 400]);
    expect(nowhere.body.errors).toHaveProperty('organisation');
    expect(strange.body.errors).toHaveProperty('extent');
    expect(empty.body.message).toContain('vide');
  });
});
