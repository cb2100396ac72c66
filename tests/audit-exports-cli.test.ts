import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { record } from '../server/audit/record.ts';
import { runCli } from '../server/cli.ts';
import { perform, systemVisit } from '../server/core/perform.ts';
import { readEnv } from '../server/env.ts';
import { databases, deskPassword, startServer, type TestServer } from './support/server.ts';

describe.each(databases)('a JSON export of the audit, made on %s', (engine) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer(engine);
    await perform(systemVisit(server.house, 'tests', ['safiag']), async (ctx) => {
      for (const lotId of ['lot-1', 'lot-2', 'lot-3'])
        record(ctx, { type: 'lot.made', organisationId: 'safiag', data: { lotId, letters: 1 } });
    });
  });
  afterAll(() => server.stop());

  test('is checked from the command line, with the keys alone', async () => {
    const { bytes } = await (
      await server.as('auditor')
    ).post('/api/audit-exports', {
      password: deskPassword,
      filter: { type: 'lot.made' },
      format: 'json',
    });
    const file = join(server.directory, 'export.jsonl');
    const run = async (args: string[], variables: Record<string, string> = {}) => {
      const lines: string[] = [];
      const out = (line: string) => void lines.push(line);
      const own = { DATABASE_URL: 'postgres://nobody@127.0.0.1:1/none', DATA_DIR: server.directory };
      const env = readEnv({ ...own, LOG_LEVEL: 'silent', ...variables });
      const input = (async function* () {})();
      const code = await runCli(['audit', ...args], env, { out, err: out, input });
      return { code, text: lines.join('\n') };
    };
    const check = (...more: string[]) => run(['check-export', file, ...more]);

    expect((await check()).code).toBe(1);
    writeFileSync(file, bytes);
    expect(await check()).toMatchObject({ code: 0, text: expect.stringContaining('3 lignes') });
    writeFileSync(file, Buffer.from(bytes).toString().replace('lot-1"', 'lot-7"'));
    expect(await check()).toMatchObject({ code: 1, text: expect.stringContaining('modifié') });
    writeFileSync(file, bytes);

    const kept = join(server.directory, 'kept.pem');
    writeFileSync(kept, (await run(['key'])).text);
    const { keys } = JSON.parse(readFileSync(join(server.directory, 'keys.json'), 'utf8'));
    const fileOf = (name: string, content: object) => {
      writeFileSync(join(server.directory, name), JSON.stringify(content));
      return { KEYS_FILE: join(server.directory, name) };
    };
    const another = { k2: Buffer.alloc(32, 9).toString('base64') };
    const turned = fileOf('turned.json', { current: 'k2', keys: { ...keys, ...another } });
    const lost = fileOf('lost.json', { current: 'k2', keys: another });
    const args = ['check-export', file];

    expect(readFileSync(kept, 'utf8')).toContain('BEGIN PUBLIC KEY');
    expect((await run(args, turned)).code).toBe(0);
    expect(await run(args, lost)).toMatchObject({ code: 1, text: expect.stringContaining('pas signé') });
    expect((await run([...args, '--key', kept], lost)).code).toBe(0);
    expect((await check('--key', join(server.directory, 'none.pem'))).code).toBe(1);
    expect(await check('--key', file)).toMatchObject({ code: 2, text: expect.stringContaining('Ed25519') });
  });
});
