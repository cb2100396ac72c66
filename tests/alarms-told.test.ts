import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { setAgent } from '../server/agents/agents.service.ts';
import { systemVisit } from '../server/core/perform.ts';
import { runAlarms } from '../server/supervision/alarms-worker.ts';
import { alarmsOf } from './support/alarms.ts';
import { startSmtp, type SmtpGateway } from './support/gateways.ts';
import { organisation, printRoom } from './support/lots.ts';
import { databases, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('who is told of what stands late on %s', (engine) => {
  let server: TestServer;
  let smtp: SmtpGateway;
  beforeAll(async () => {
    smtp = await startSmtp();
    server = await startServer(engine, { env: { SMTP_URL: smtp.url }, gatewayTimeoutMs: 400 });
    await reachableAt('supervisor', 'chef@guichet.example');
    await reachableAt('stranger', 'ailleurs@guichet.example');
    await reachableAt('agent', 'agent@guichet.example');
  });
  afterAll(async () => {
    await server.stop();
    await smtp.stop();
  });
  const room = printRoom(() => server);
  const alarms = alarmsOf(() => server);
  beforeEach(async () => {
    await alarms.clear();
    smtp.behave('accept');
    smtp.received.length = 0;
  });
  const reachableAt = (username: string, email: string): Promise<void> =>
    setAgent(systemVisit(server.house, 'tests', []), username, { email });

  test('several at once are one e-mail, to the organisation’s own supervisors, however many servers look', async () => {
    await room.letters(1);
    await room.release(await room.make());
    await room.letters(1);
    await alarms.at('2026-11-18T17:00:00.000Z');

    await Promise.all([1, 2, 3, 4].map(() => runAlarms(server.house)));
    await runAlarms(server.house);

    expect((await alarms.standing()).map(([kind]) => kind).sort()).toEqual([
      'letters-late',
      'lot-not-printed',
    ]);
    const [email, ...more] = smtp.received;
    expect(more).toEqual([]);
    expect(email).toMatchObject({
      to: ['chef@guichet.example'],
      from: 'ne-pas-repondre@mutuelle-agents-publics.example',
    });
    expect(email?.subject).toContain('2 alarmes');
    expect(email?.text).toContain('lancé et n’est pas imprimé');
    expect(email?.text).toContain(`${server.house.publicUrl}/#/alarms`);
    expect(`${email?.text}${email?.html}`).not.toContain('Tilleul');
    expect((await alarms.list()).map(({ toldAt }) => toldAt)).toEqual(
      Array(2).fill('2026-11-18T17:00:00.000Z'),
    );
    expect(await alarms.list({}, 'stranger')).toEqual([]);
  });

  test('what the mail server cannot take now is told by the next pass, what may have left never twice', async () => {
    await room.letters(1);
    smtp.behave('busy');
    await alarms.passAt('2026-11-18T17:00:00.000Z');
    const untold = await alarms.list();
    smtp.behave('drop-after-dot');
    await alarms.passAt('2026-11-18T17:01:00.000Z');
    smtp.behave('accept');
    await alarms.passAt('2026-11-18T17:02:00.000Z');
    await alarms.passAt('2026-11-18T18:30:00.000Z');

    expect(untold).toMatchObject([{ toldAt: null }]);
    expect(smtp.received).toHaveLength(1);
    expect(await alarms.list()).toMatchObject([{ toldAt: '2026-11-18T17:01:00.000Z' }]);
  });

  test('whoever gets an address later is told of what still stands, and a dead server’s claim ends', async () => {
    await room.letters(1);
    await alarms.passAt('2026-11-18T17:00:00.000Z');
    const [alarm] = await alarms.list();
    await reachableAt('colleague', 'autre@guichet.example');
    await server.house.pool('agents').where({ username: 'colleague' }).update({ role: 'supervisor' });
    const { id: agentId } = await server.house.pool('agents').where({ username: 'colleague' }).first();
    const claim = { alarm_id: alarm?.id, agent_id: agentId, lease_until: '2026-11-18T17:02:00.000Z' };
    await server.house.pool('alarm_tellings').insert(claim);
    await alarms.passAt('2026-11-18T17:01:00.000Z');
    const held = smtp.received.length;
    await alarms.passAt('2026-11-18T17:02:00.000Z');
    await server.house.pool('agents').where({ username: 'colleague' }).update({ role: 'agent' });

    expect(held).toBe(1);
    expect(smtp.received.map(({ to }) => to)).toEqual([['chef@guichet.example'], ['autre@guichet.example']]);
  });

  test('stand as a gauge, with a zero where nothing does', async () => {
    await room.letters(1);
    await alarms.passAt('2026-11-18T17:00:00.000Z');

    const { body } = await server.anonymous().get('/metrics');

    expect(body).toContain(`guichet_alarms{organisation="${organisation}",kind="letters-late"} 1`);
    expect(body).toContain('guichet_alarms{organisation="safiag",kind="destruction-overdue"} 0');
  });
});
