import pg from 'pg';
import sqlite3 from 'sqlite3';
import { columnsOf, link, payloadDigest, payloadOf } from '../../server/audit/chain.ts';
import { walkChain } from '../../server/audit/verification.service.ts';
import type { StampedEvent } from '../../server/core/ctx.ts';
import { hmacUnder } from '../../server/core/hmac.ts';
import { databaseFile, everyOrganisation, openBenchHouse } from './bench-house.ts';
import { measureFilters } from './audit-filters.ts';
import { answerJobs, tell } from './child.ts';

/** Where the chain of a bench lies: an SQLite file in `folder`, or the PostgreSQL database of `url`. */
export type Place = { folder: string; url?: string };

/** `idleMegabytes`: what the process held before the first row. */
export type Walked = {
  rows: number;
  seconds: number;
  cpuSeconds: number;
  holds: boolean;
  idleMegabytes: number;
};

/** Writes `rows` looks of 80 agents at 50,000 members, bound as ours are, in great steps. */
const fill = async ({ folder, url, rows }: Place & { rows: number }): Promise<void> => {
  const house = await openBenchHouse(folder, url);
  const mac = hmacUnder(house.keys.derive('audit-chain'));
  const organisations = everyOrganisation(house);
  const head = (await house.pool('audit_head').first()) as { seq: number | string; hash: string };
  let [seq, hash] = [Number(head.seq), head.hash];
  const began = Date.UTC(2026, 0, 1);
  for (let written = 0; written < rows;) {
    await house.pool.transaction(async (db) => {
      for (const last = Math.min(rows, written + 20_000); written < last;) {
        const batch = Array.from({ length: Math.min(400, last - written) }, () => {
          const event = eventAt(written, began, organisations, house.random.id());
          const payload = payloadOf(event);
          const digest = payloadDigest(mac, payload);
          written += 1;
          seq += 1;
          hash = link(mac, seq, hash, digest);
          const { organisationId, actorKind, actorId, memberId, callId, ...same } = columnsOf(event);
          const ids = { organisation_id: organisationId, member_id: memberId, call_id: callId };
          const actor = { actor_kind: actorKind, actor_id: actorId };
          return { seq, ...same, ...ids, ...actor, payload, payload_digest: digest, hash };
        });
        await db('audit_events').insert(batch);
      }
      await db('audit_head').update({ seq, hash });
    });
    if (written % 200_000 === 0) tell(`${written} rows written`);
  }
  // A chain without any head kept outside is one whose heads were taken away.
  house.chainCommitted({ seq, hash, at: new Date(began).toISOString() });
  await house.pool.destroy();
};

const eventAt = (at: number, began: number, organisations: string[], id: string): StampedEvent => ({
  id,
  at: new Date(began + at * 25_000).toISOString(),
  type: at % 3 === 0 ? 'member.viewed' : 'member.searched',
  result: 'done',
  organisationId: organisations[at % organisations.length] ?? null,
  memberId: at % 3 === 0 ? `bench-member-${(at * 7_919) % 50_000}` : null,
  callId: `bench-call-${Math.floor(at / 12)}`,
  actor: { kind: 'agent', id: `bench-agent-${at % 80}`, role: 'agent' },
  requestId: id,
  data:
    at % 3 === 0
      ? { headline: 'open', alsoShown: [] }
      : { understoodAs: 'words', query: 'q'.repeat(43), found: at % 25, more: false },
});

const verify = async ({ folder, url }: Place): Promise<Walked> => {
  const house = await openBenchHouse(folder, url);
  const walked = await timed(async () => {
    const { verdict } = await walkChain(house, house.pool);
    return { rows: verdict.rows, holds: verdict.segments.every(({ holds }) => holds) };
  });
  await house.pool.destroy();
  return walked;
};

/** The same table from end to end by the bare driver, in batches of as many rows, and nothing done with them. */
const read = ({ folder, url }: Place): Promise<Walked> =>
  url === undefined ? readSqlite(folder) : readPostgres(url);

/** By a cursor of the server's, as `pg` alone reads what is too long for one answer. */
const readPostgres = async (url: string): Promise<Walked> => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const walked = await timed(async () => {
    await client.query('begin; declare every no scroll cursor for select * from audit_events order by seq');
    let rows = 0;
    for (let taken = 1; taken > 0; rows += taken)
      taken = (await client.query('fetch 1000 from every')).rows.length;
    await client.query('commit');
    return { rows, holds: true };
  });
  await client.end();
  return walked;
};

const readSqlite = async (folder: string): Promise<Walked> => {
  const database = new sqlite3.Database(databaseFile(folder), sqlite3.OPEN_READONLY);
  const after = (seq: number): Promise<{ seq: number }[]> =>
    new Promise((resolve, reject) => {
      const sql = 'select * from audit_events where seq > ? order by seq limit 1000';
      database.all<{ seq: number }>(sql, [seq], (error, rows) => (error ? reject(error) : resolve(rows)));
    });
  const walked = await timed(async () => {
    let rows = 0;
    for (let batch = await after(0); batch.length > 0; batch = await after(batch.at(-1)?.seq ?? 0))
      rows += batch.length;
    return { rows, holds: true };
  });
  await new Promise((resolve) => database.close(resolve));
  return walked;
};

const timed = async (work: () => Promise<{ rows: number; holds: boolean }>): Promise<Walked> => {
  const idleMegabytes = process.memoryUsage().rss / 1024 / 1024;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const done = await work();
  const { user, system } = process.cpuUsage(cpu);
  return {
    ...done,
    seconds: (performance.now() - began) / 1_000,
    cpuSeconds: (user + system) / 1e6,
    idleMegabytes,
  };
};

const filters = async ({ folder, url, rows }: Place & { rows: number }) => {
  const house = await openBenchHouse(folder, url);
  const measured = await measureFilters(house, rows);
  await house.pool.destroy();
  return measured;
};

answerJobs({ fill, verify, read, filters });
