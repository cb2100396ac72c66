import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { systemVisit } from '../server/core/perform.ts';
import { runImports } from '../server/imports/imports-apply.service.ts';
import { takeFile } from '../server/imports/imports.service.ts';
import { correctionDigest } from '../server/members/desk-corrections.service.ts';
import { bringIn, csv, dump, follow, holder, memberOf, upload, type Line } from './support/member-files.ts';
import { databases, startServer, type TestServer } from './support/server.ts';
import type { Client } from './support/client.ts';

const organisation = 'mutuelle-agents-publics';
const people = (count: number, more: Line = {}) =>
  Array.from({ length: count }, (_, number) => holder(number, more));

describe.each(databases)('applying a file on %s', (engine) => {
  let server: TestServer;
  let admin: Client;
  beforeAll(async () => {
    server = await startServer(engine);
    admin = await server.as('administrator');
  });
  afterAll(() => server.stop());

  const membersOpen = async () =>
    (await server.house.pool('members').where({ organisation_id: organisation }).whereNull('contract_end_on'))
      .length;

  test('a complete file closes whom it does not name; a line that it refuses closes nobody', async () => {
    await bringIn(admin, csv(people(60)), { extent: 'complete' });
    const fewer = people(60).slice(0, 50);
    fewer[0] = holder(0, { 'Date de naissance': '31/02/1970' });

    const report = await bringIn(admin, csv(fewer), { extent: 'complete' });

    expect(report).toMatchObject({ state: 'done', unchanged: 49, rejected: 1, closed: 10 });
    expect((await memberOf(server.house, 55)).row.contract_end_on).toBe('2026-11-17');
    expect((await memberOf(server.house, 0)).row.contract_end_on).toBeNull();
    const again = await bringIn(admin, csv(fewer), { extent: 'complete' });
    expect(again).toMatchObject({ unchanged: 49, closed: 0 });
  });

  test('who comes back in a later file is open again', async () => {
    const report = await bringIn(admin, csv(people(60)), { extent: 'complete' });

    expect(report).toMatchObject({ updated: 10, unchanged: 50, closed: 0 });
    expect(await membersOpen()).toBe(60);
  });

  test('a file that would change the contacts of many waits for an administrator, then is applied', async () => {
    const before = await dump(server.house);
    const file = csv(people(60).map((line, at) => ({ ...line, 'E-mail': `autre${at}@courriel.example` })));

    const held = await bringIn(admin, file);
    const untouched = await dump(server.house);
    const stale = await admin.post(`/api/imports/${held.id}/approve`, { version: held.version - 1 });
    const approved = await admin.post(`/api/imports/${held.id}/approve`, { version: held.version });
    const report = await follow(admin, held.id);
    const twice = await admin.post(`/api/imports/${held.id}/approve`, { version: report.version });

    expect(held).toMatchObject({ state: 'held', updated: 0 });
    expect(untouched).toEqual(before);
    expect([stale.status, approved.status, twice.status]).toEqual([409, 200, 409]);
    expect(report).toMatchObject({ state: 'done', updated: 60 });
    const { contacts } = await memberOf(server.house, 7);
    expect(contacts.get('email')).toMatchObject({ value: 'autre7@courriel.example', since: '2026-11-18' });
    const events = await server.house
      .pool('audit_events')
      .whereIn('type', ['import.held', 'import.approved'])
      .orderBy('seq');
    expect(events.map(({ type }) => type)).toEqual(['import.held', 'import.approved']);
  });

  test('a file that would close many waits; a newer one takes its place', async () => {
    const held = await bringIn(admin, csv(people(30)), { extent: 'complete' });
    const newer = await bringIn(
      admin,
      csv(people(59).map((line, at) => ({ ...line, 'E-mail': `autre${at}@courriel.example` }))),
    );

    expect(held).toMatchObject({ state: 'held', closed: 0 });
    expect(newer).toMatchObject({ state: 'done', unchanged: 59 });
    const old = await admin.get(`/api/imports/${held.id}`);
    expect(old.body).toMatchObject({ state: 'refused', problem: expect.stringContaining('plus récent') });
    expect(await membersOpen()).toBe(60);
  });

  test('a value that the desk corrected stays until the file confirms it, and is a conflict after 30 days', async () => {
    const { row, contacts } = await memberOf(server.house, 3);
    const { house } = server;
    const old = contacts.get('email')?.value ?? '';
    const correctedAt = (days: number) =>
      new Date(server.clock.now().getTime() - days * 86_400_000).toISOString();
    await house
      .pool('contacts')
      .where({ member_id: row.id, kind: 'email' })
      .update({ value: 'guichet@courriel.example' });
    await house.pool('desk_corrections').insert({
      id: 'c1',
      organisation_id: organisation,
      member_id: row.id,
      field: 'email',
      old_digest: correctionDigest(house.keys, row.id, 'email', old),
      corrected_at: correctedAt(5),
      confirmed_at: null,
    });
    const email = async () => (await memberOf(house, 3)).contacts.get('email')?.value;
    const conflicts = () => house.pool('import_conflicts').whereNull('resolved_at').select('field');

    const early = await bringIn(admin, csv([holder(3, { 'E-mail': old })]));
    expect([await email(), await conflicts(), early.conflicts]).toEqual(['guichet@courriel.example', [], 0]);

    await house
      .pool('desk_corrections')
      .where({ id: 'c1' })
      .update({ corrected_at: correctedAt(31) });
    const late = await bringIn(admin, csv([holder(3, { 'E-mail': old, Prénom: 'Odile' })]));
    expect([await email(), await conflicts(), late.conflicts]).toEqual([
      'guichet@courriel.example',
      [{ field: 'email' }],
      1,
    ]);
    expect((await memberOf(house, 3)).row.first_name).toBe('Odile');

    await bringIn(admin, csv([holder(3, { 'E-mail': 'guichet@courriel.example' })]));
    expect([await email(), await conflicts()]).toEqual(['guichet@courriel.example', []]);
    expect((await house.pool('desk_corrections').first('confirmed_at')).confirmed_at).not.toBeNull();
  });

  test('stopped dead in the middle, goes on where it stood to the same end', async () => {
    const file = csv(
      people(700, { 'Fin de contrat': '' }).map((line, at) => ({
        ...line,
        'N° adhérent': `K${at}`,
        Rang: '',
      })),
    );
    const visit = systemVisit(server.house, 'tests', [organisation]);
    const taken = await takeFile(visit, {
      organisationId: organisation,
      content: 'members',
      extent: 'movements',
      source: Readable.from([Buffer.from(file)]),
    });
    class Dead extends Error {}
    const kill = () => {
      throw new Dead();
    };
    await expect(runImports(server.house, { onProgress: kill })).rejects.toBeInstanceOf(Dead);
    const halfway = await admin.get(`/api/imports/${taken.id}`);
    await runImports(server.house);
    const stillLeased = await admin.get(`/api/imports/${taken.id}`);

    server.clock.advance(1);
    await runImports(server.house);

    expect(halfway.body.appliedLine).toBeGreaterThan(1);
    expect(halfway.body).toMatchObject({ state: 'applying' });
    expect(stillLeased.body.appliedLine).toBe(halfway.body.appliedLine);
    const report = await follow(admin, taken.id);
    expect(report).toMatchObject({ state: 'done', accepted: 700, appliedLine: 701 });
    expect(await server.house.pool('members').where('member_number', 'like', 'K%')).toHaveLength(700);
    expect(await server.house.pool('import_lines').select('line')).toEqual([]);
  });

  test('a process whose lease has gone writes nothing more', async () => {
    const file = csv(people(300).map((line, at) => ({ ...line, 'N° adhérent': `L${at}`, Rang: '' })));
    const visit = systemVisit(server.house, 'tests', [organisation]);
    const source = Readable.from([Buffer.from(file)]);
    const taken = await takeFile(visit, {
      organisationId: organisation,
      content: 'members',
      extent: 'movements',
      source,
    });
    let isTaken = false;
    const takeOver = () => {
      if (isTaken) return;
      isTaken = true;
      void server.house.pool('imports').where({ id: taken.id }).increment('fence', 1).then();
    };

    await runImports(server.house, { onProgress: takeOver });
    server.clock.advance(1);
    await runImports(server.house);

    expect(await follow(admin, taken.id)).toMatchObject({ state: 'done', accepted: 300 });
    expect(await server.house.pool('members').where('member_number', 'like', 'L%')).toHaveLength(300);
  });

  test('two files of one organisation do not run over each other', async () => {
    const answers = await Promise.all([upload(admin, csv([holder(900)])), upload(admin, csv([holder(901)]))]);

    const refused = answers.filter(({ status }) => status === 409);
    for (const { status, body } of answers) if (status === 201) await follow(admin, body.id);
    for (const { body } of refused) expect(body.message).toContain('en cours de traitement');
    expect(answers.map(({ status }) => status).every((status) => status === 201 || status === 409)).toBe(
      true,
    );
  });

  test('agents at work are served between steps that stay small', async () => {
    const agent = await server.as('agent');
    const lines = Array.from({ length: 2_500 }, (_, at) => ({
      ...holder(at % 9_000),
      'N° adhérent': `M${at}`,
      NIR: '',
    }));
    const sending = upload(admin, csv(lines));
    const statuses: number[] = [];
    let isOver = false;
    const finished = sending.then(({ body }) => follow(admin, body.id)).finally(() => (isOver = true));
    while (!isOver) {
      statuses.push((await agent.get('/api/organisations')).status);
      statuses.push((await agent.post('/api/members/search', { filter: { q: 'tilleulab' } })).status);
    }

    const done = await finished;
    expect(done).toMatchObject({ state: 'done', accepted: 2_500 });
    // How long they wait is for the bench to say; here, that they were never kept waiting to the end.
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(statuses.length).toBeGreaterThan(20);
    const steps = (await server.house.pool('audit_events').where({ type: 'import.step-applied' }))
      .map(({ payload }) => JSON.parse(payload as string).data)
      .filter(({ importId }) => importId === done.id);
    expect(steps.length).toBeGreaterThan(10);
    expect(Math.max(...steps.map(({ fromLine, toLine }) => toLine - fromLine))).toBeLessThan(1_000);
    // So many lines beside an agent who never rests: on a busy machine that lasts.
  }, 240_000);
});
