import { countSelected, listSelected, type Selection } from '../../server/audit/reading.store.ts';
import { eventTypes } from '../../server/audit/vocabulary.schema.ts';
import type { House } from '../../server/core/ctx.ts';
import { isSqlite } from '../../server/db/dialect.ts';
import { everyOrganisation } from './bench-house.ts';
import { percentile, seeded, timeEach } from './measure.ts';

/** `plans`: how the database reads it, where that is not by an index alone. */
export type FilterMeasure = { what: string; p95: number; plans: string[] };
export type FiltersMeasured = { key: number; filters: FilterMeasure[] };

const asks = 60;

/** Each filter of the audit's list as the list asks: a first page and its count, beside one row by its primary key. */
export const measureFilters = async (house: House, rows: number): Promise<FiltersMeasured> => {
  const { pool } = house;
  const random = seeded(11);
  const upTo = (most: number) => Math.floor(random() * most);
  const keys = Array.from({ length: asks * 4 }, () => 1 + upTo(rows));
  const byKey = (seq: number) => pool('audit_events').where({ seq }).first();
  await timeEach(keys.slice(0, asks), byKey);
  const key = percentile(await timeEach(keys, byKey), 0.95);

  const filters: FilterMeasure[] = [];
  for (const [what, next] of Object.entries(selections(house, rows, upTo))) {
    const asked = Array.from({ length: asks }, next);
    const ask = async (selection: Selection): Promise<void> => {
      await countSelected(pool, selection, 10_001);
      await listSelected(pool, selection, { order: 'desc', limit: 25 });
    };
    await timeEach(asked.slice(0, 5), ask);
    const times = await timeEach(asked, ask);
    filters.push({ what, p95: percentile(times, 0.95), plans: await scansOf(house, () => ask(asked[0]!)) });
  }
  return { key, filters };
};

const selections = (
  house: House,
  rows: number,
  upTo: (most: number) => number,
): Record<string, () => Selection> => {
  const sight = { organisationIds: everyOrganisation(house), ofNone: 'all' } as const;
  const agentIds = Array.from({ length: 40 }, (_, at) => `bench-agent-${at}`);
  const ofOne = {
    organisationIds: sight.organisationIds.slice(0, 1),
    ofNone: { agentIds, rightsIn: sight.organisationIds.slice(0, 1) },
  };
  const day = () => {
    const from = Date.UTC(2026, 0, 1) + upTo(rows) * 25_000;
    return { from: new Date(from).toISOString(), before: new Date(from + 86_400_000).toISOString() };
  };
  const family = eventTypes.filter((type) => type.startsWith('member.'));
  return {
    'no filter': () => sight,
    'no filter, one organisation': () => ofOne,
    who: () => ({ ...sight, actorIds: [`bench-agent-${upTo(80)}`] }),
    whom: () => ({ ...sight, memberId: `bench-member-${upTo(50_000)}` }),
    what: () => ({ ...sight, types: ['member.viewed'] }),
    'a family': () => ({ ...sight, types: family }),
    when: () => ({ ...sight, ...day() }),
    'who, what and when': () => ({
      ...sight,
      ...day(),
      actorIds: [`bench-agent-${upTo(80)}`],
      types: ['member.viewed'],
    }),
    'what and when, one organisation': () => ({ ...ofOne, ...day(), types: ['member.searched'] }),
    call: () => ({ ...sight, callId: `bench-call-${upTo(rows / 12)}` }),
    refused: () => ({ ...sight, result: 'refused' }),
    'by the server': () => ({ ...sight, actorKind: 'system' }),
  };
};

/** Lines of the plans that read the whole table. */
const scansOf = async ({ pool }: House, ask: () => Promise<void>): Promise<string[]> => {
  const queries: { sql: string; bindings: readonly unknown[] }[] = [];
  const keep = (query: { sql: string; bindings: readonly unknown[] }): void => void queries.push(query);
  pool.on('query', keep);
  await ask();
  pool.removeListener('query', keep);
  const plans: string[] = [];
  for (const { sql, bindings } of queries) {
    const explain = isSqlite(pool) ? 'explain query plan ' : 'explain ';
    // Knex numbers the places of PostgreSQL when it builds a query: written out again they are question marks.
    const answer = await pool.raw(explain + sql.replace(/\$\d+/g, '?'), bindings as never);
    const lines = isSqlite(pool)
      ? (answer as { detail: string }[]).map(({ detail }) => detail)
      : (answer as { rows: Record<string, string>[] }).rows.map((row) => Object.values(row)[0] ?? '');
    plans.push(...lines.filter((line) => /Seq Scan on audit_events|SCAN audit_events/.test(line)));
  }
  return plans;
};
