import { readFileSync, writeFileSync } from 'node:fs';
import { record } from '../../server/audit/record.ts';
import { newWatch, watchAudit } from '../../server/audit/watch.service.ts';
import { perform, systemVisit } from '../../server/core/perform.ts';
import type { Engine } from './databases.ts';
import { startServer, type TestServer } from './server.ts';

export type AuditedRow = Record<string, string | number | null> & { seq: number };

/** A server whose chain has a few rows and whose heads are kept, to tamper with. */
export type Audited = {
  server: TestServer;
  events: AuditedRow[];
  head: { seq: number | string; hash: string };
  /** The heads file as it was. */
  heads: string;
  last: number;
  /** Puts chain, heads and alerts back as they were, and forgets what this process has seen. */
  restore: () => Promise<void>;
};

export const actIn = ({ house }: TestServer): Promise<void> =>
  perform(systemVisit(house, 'tests', []), async (ctx) => {
    record(ctx, { type: 'agent.signed-out', data: {} });
  });

export const startAudited = async (engine: Engine): Promise<Audited> => {
  const server = await startServer(engine);
  const { house } = server;
  for (const account of ['auditor', 'agent']) await server.as(account);
  await watchAudit(house);
  for (let n = 0; n < 6; n += 1) await actIn(server);
  const known = await house.pool('audit_heads_files');
  const rows = await house.pool('audit_events').orderBy('seq');
  const events: AuditedRow[] = rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  const head = await house.pool('audit_head').first();
  const heads = readFileSync(house.headsFile, 'utf8');
  const restore = async (): Promise<void> => {
    await house.pool('audit_events').delete();
    await house.pool('audit_events').insert(events);
    await house.pool('audit_head').update({ seq: head.seq, hash: head.hash });
    for (const name of ['audit_segments', 'audit_heads_files', 'alerts']) await house.pool(name).delete();
    await house.pool('audit_heads_files').insert(known);
    writeFileSync(house.headsFile, heads);
    house.auditWatch = newWatch();
  };
  return { server, events, head, heads, last: Number(head.seq), restore };
};
