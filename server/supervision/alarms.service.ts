import { dayInWords } from '../core/days.ts';
import type { Ctx, House } from '../core/ctx.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { Language } from '../core/words.ts';
import type { Figure } from '../http/health.ts';
import { numbersOfLots } from '../letters/overdue.service.ts';
import { alarmKinds, type Alarm } from './alarms.schema.ts';
import * as store from './alarms.store.ts';
import type { AlarmField, AlarmFilterValues, AlarmRow } from './alarms.store.ts';

/**
 * Alarms are conditions: something stands late, from a moment on until it no longer does, and clears by itself.
 * Alerts (audit/alerts) are events that a supervisor sees and puts away: what happened has happened.
 */
export const listAlarms = async (
  ctx: Ctx,
  query: ListQuery<AlarmFilterValues, AlarmField>,
): Promise<Page<Alarm>> => {
  const { rows, total } = await store.listAlarms(ctx.db, ctx.scope, query);
  const numbers = await lotsOf(ctx, rows);
  const shown = rows.map((row): Alarm => ({
    id: row.id,
    organisationId: row.organisation_id,
    kind: row.kind,
    message: alarmInWords(ctx.house, ctx.language, row, numbers),
    subject: row.subject,
    count: Number(row.count),
    lotId: lotOf(row),
    raisedAt: row.raised_at,
    toldAt: row.told_at,
    clearedAt: row.cleared_at,
  }));
  return { rows: shown, total };
};

/** The numbers of the lots that these alarms are about. */
export const lotsOf = (ctx: Pick<Ctx, 'db'>, rows: AlarmRow[]): Promise<Map<string, number>> =>
  numbersOfLots(
    ctx,
    rows.flatMap((row) => lotOf(row) ?? []),
  );

/** What stands late and what to do, without a person. */
export const alarmInWords = (
  { words }: Pick<House, 'words'>,
  language: Language,
  { kind, subject, count }: AlarmRow,
  lotNumbers: Map<string, number>,
): string => {
  const week = /^\d{4}-W(\d\d)$/.exec(subject)?.[1];
  const isDay = /^\d{4}-\d\d-\d\d$/.test(subject);
  return words.say(language, `alarms.kinds.${kind}`, {
    count: Number(count),
    lot: lotNumbers.get(subject) ?? '',
    week: week ? Number(week) : '',
    day: isDay ? dayInWords(language, subject) : '',
  });
};

/** The standing alarms as a gauge, with a zero where none stands, so that an absent figure means what it says. */
export const alarmFigures = async ({ pool, organisations }: House): Promise<Figure[]> => {
  const open = await store.countOpen(pool);
  const values = organisations.all().flatMap(({ id: organisation }) =>
    alarmKinds.map((kind) => {
      const found = open.find((one) => one.organisationId === organisation && one.kind === kind);
      return { labels: { organisation, kind }, value: found?.alarms ?? 0 };
    }),
  );
  const help = 'Alarms of the print room that stand now';
  return [{ name: 'guichet_alarms', help, labelNames: ['organisation', 'kind'], values }];
};

const lotOf = ({ kind, subject }: AlarmRow): string | null => (kind.startsWith('lot-') ? subject : null);
