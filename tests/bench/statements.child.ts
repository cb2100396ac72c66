import sqlite3 from 'sqlite3';
import { createAgent } from '../../server/agents/agents.service.ts';
import type { House, Visit } from '../../server/core/ctx.ts';
import { systemVisit } from '../../server/core/perform.ts';
import { permissionsOf } from '../../server/core/permissions.ts';
import { searchMembers } from '../../server/members/search.service.ts';
import { bareQuery, type Query } from './bare-queries.ts';
import { databaseFile, everyOrganisation, openBenchHouse } from './bench-house.ts';
import { answerJobs, tell } from './child.ts';
import { drawSamples, kinds, type Kind, type Sample } from './search-samples.ts';

/** Milliseconds of one kind's searches, without HTTP, audit or query builder. */
export type StatementTimes = {
  /** The one plain statement. */
  bare: number[];
  /** All that our search asks the database for, prepared. */
  ours: number[];
  /** The same, prepared anew each time, as the query builder sends them. */
  sent: number[];
  /** The share of searches that found whom they were for. */
  recall: number;
  /** Tables read whole, by plan. */
  scans: string[];
  slowest: string;
};
export type Statements = { samples: Record<Kind, Sample[]>; times: Record<Kind, StatementTimes> };

const measure = async ({ folder, count }: { folder: string; count: number }): Promise<Statements> => {
  const house = await openBenchHouse(folder);
  const visit = await agentVisit(house);
  const database = await openBare(databaseFile(folder));
  const samples = await drawSamples(house, count);
  const times: Partial<Record<Kind, StatementTimes>> = {};
  for (const kind of kinds) times[kind] = await measureKind(house, visit, database, kind, samples[kind]);
  await house.pool.destroy();
  return { samples, times: times as Record<Kind, StatementTimes> };
};

const measureKind = async (
  house: House,
  visit: Visit,
  database: sqlite3.Database,
  kind: Kind,
  samples: Sample[],
): Promise<StatementTimes> => {
  const times: Omit<StatementTimes, 'recall' | 'scans'> = { bare: [], ours: [], sent: [], slowest: '' };
  const scans = new Set<string>();
  let found = 0;
  let told = performance.now();
  for (const [at, sample] of samples.entries()) {
    const { asked, all, hit } = await watched(house, visit, sample);
    if (hit) found += 1;
    for (const query of all) {
      for (const scan of await scansOf(database, query)) scans.add(scan);
    }
    const bare = bareQuery(house, [...visit.scope.organisationIds], kind, sample);
    times.bare.push(await timed(database, [bare]));
    const milliseconds = await timed(database, asked);
    times.sent.push(await timedAsSent(database, asked));
    if (milliseconds > Math.max(0, ...times.ours)) {
      times.slowest = `${milliseconds.toFixed(1)} ms, ${asked.length} statements for « ${sample.typed} »`;
    }
    times.ours.push(milliseconds);
    if (performance.now() - told < 2_000) continue;
    told = performance.now();
    tell(`${kind}: ${at + 1} of ${samples.length}`);
  }
  return { ...times, recall: found / samples.length, scans: [...scans] };
};

/** A search of ours, and the statements that it sent: those that look for people, and all that read. */
const watched = async (
  house: House,
  visit: Visit,
  sample: Sample,
): Promise<{ asked: Query[]; all: Query[]; hit: boolean }> => {
  const all: Query[] = [];
  const note = ({ sql, bindings = [] }: { sql: string; bindings?: string[] }) => {
    // « 1 = ? » is how knex asks for nothing.
    if (/^select/i.test(sql) && !sql.includes('1 = ?')) all.push({ sql, bindings });
  };
  house.pool.on('query', note);
  const { rows, bounded } = await searchMembers(visit, { filter: { q: sample.typed }, range: [0, 199] });
  house.pool.removeListener('query', note);
  const hit = bounded === true || rows.some(({ id }) => id === sample.memberId);
  return { asked: all.filter(({ sql }) => /group by member_id|name_gaps/.test(sql)), all, hit };
};

const timed = async (database: sqlite3.Database, queries: Query[]): Promise<number> => {
  let milliseconds = 0;
  for (const { sql, bindings } of queries) {
    const statement = await prepared(database, sql);
    await rowsOf(statement, bindings);
    const began = performance.now();
    await rowsOf(statement, bindings);
    milliseconds += performance.now() - began;
    statement.finalize();
  }
  return milliseconds;
};

const timedAsSent = async (database: sqlite3.Database, queries: Query[]): Promise<number> => {
  const began = performance.now();
  for (const { sql, bindings } of queries) {
    await new Promise<void>((resolve, reject) => {
      database.all(sql, bindings, (error) => (error ? reject(error) : resolve()));
    });
  }
  return performance.now() - began;
};

/** Tables that the plan reads from end to end; a subquery of a few rows is none. */
const scansOf = async (database: sqlite3.Database, { sql, bindings }: Query): Promise<string[]> => {
  const statement = await prepared(database, `explain query plan ${sql}`);
  const details = (await rowsOf<{ detail: string }>(statement, bindings)).map(({ detail }) => detail);
  statement.finalize();
  const made = new Set(details.flatMap((line) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(line)?.[1] ?? []));
  return details.filter((line) => /^SCAN (?!CONSTANT)/.test(line) && !made.has(line.split(' ')[1] ?? ''));
};

const openBare = (file: string): Promise<sqlite3.Database> =>
  new Promise((resolve, reject) => {
    const database = new sqlite3.Database(file, sqlite3.OPEN_READONLY, (error) =>
      error ? reject(error) : database.exec('pragma cache_size = -65536', () => resolve(database)),
    );
  });

const prepared = (database: sqlite3.Database, sql: string): Promise<sqlite3.Statement> =>
  new Promise((resolve, reject) => {
    const statement: sqlite3.Statement = database.prepare(sql, (error: Error | null) =>
      error ? reject(error) : resolve(statement),
    );
  });

const rowsOf = <Row>(statement: sqlite3.Statement, bindings: string[]): Promise<Row[]> =>
  new Promise((resolve, reject) => {
    statement.all<Row>(bindings, (error, rows) => (error ? reject(error) : resolve(rows)));
  });

const agentVisit = async (house: House): Promise<Visit> => {
  const known = everyOrganisation(house);
  const visit = systemVisit(house, 'bench', known);
  const input = {
    name: 'Banc',
    role: 'agent',
    organisations: known,
    password: 'quatre mots de notre banc',
  } as const;
  const id = await createAgent(visit, { ...input, username: `banc-${house.random.id().slice(0, 8)}` }, known);
  const permissions = permissionsOf('agent');
  const actor = { kind: 'agent', id, sessionId: 'banc', name: 'Banc', role: 'agent', permissions } as const;
  return { ...visit, actor: { ...actor, siteId: null, team: null, next: null } };
};

answerJobs({ measure });
