import type { OwnProof } from '../agents/agents.schema.ts';
import { assertMayUnmask, confirmIdentity } from '../agents/agents.service.ts';
import { record } from '../audit/record.ts';
import { addDays, atParis, endOfParisDay, parisDay, type Day } from '../core/calendar.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { ListQuery, Page } from '../core/page.ts';
import { perform, read } from '../core/perform.ts';
import type { Outgoing } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { addressInFile, changeFileText, phoneInFile, type ChangeLine } from './change-file-text.ts';
import type { ChangeFile } from './change-files.schema.ts';
import * as store from './change-files.store.ts';
import type { ChangeFileField, Place } from './change-files.store.ts';
import { listKnown, type KnownMember } from './intake.store.ts';
import { outgoingKinds, type OutgoingKind } from './outgoing-changes.schema.ts';
import type { OutgoingRow } from './outgoing-changes.store.ts';

/** What happened just before midnight is committed by then. */
const settledAfterMs = 5 * 60_000;

/** A day's file holds all of that day, so that it is made once the day is over. */
export const isDayOver = (day: Day, now: Date): boolean =>
  now.getTime() >= endOfParisDay(day).getTime() + settledAfterMs;

type ListFilter = { id?: string[]; organisationId?: string };

/** The days whose file has been made, with how much it carries. */
export const listChangeFiles = async (
  ctx: Ctx,
  { filter, ...query }: ListQuery<ListFilter, ChangeFileField>,
): Promise<Page<ChangeFile>> => {
  const { organisationId } = filter;
  const places = filter.id?.flatMap((id) => placeOf(id) ?? []);
  const { rows, total } = await store.listFiles(ctx.db, ctx.scope, {
    ...query,
    filter: { ...(organisationId !== undefined && { organisationId }), ...(places && { places }) },
  });
  return { rows: rows.map((row) => ({ ...row, id: idOf(row) })), total };
};

/**
 * Sends a day's file, which shows changed numbers whole. @throws AppError `not-found` for another organisation's and
 * for no day; `policy-refused` at a site where nothing masked is shown whole; as `confirmIdentity` does.
 */
export const downloadChangeFile = async (
  visit: Visit,
  id: string,
  proof: OwnProof,
  out: Outgoing,
): Promise<void> => {
  const place = placeOf(id);
  if (!place) throw new AppError('not-found', 'common.notFound');
  assertMayBeMade(visit, place, visit.house.clock());
  await assertMayUnmask({ db: visit.house.pool, actor: visit.actor });
  await confirmIdentity(visit, proof, 'change-file.export');
  const { name, text } = await exportChanges(visit, place);
  out.begin('text/csv; charset=utf-8', name);
  await out.write(Buffer.from(text, 'utf8'));
  await out.end();
};

export type MadeFile = { name: string; text: string; lines: number };

/**
 * Makes an organisation's file of a day, the first time or again: the same changes, with what is on file now. What
 * leaves with it is marked, once, before it leaves.
 *
 * @param keep puts it away before it is marked: what could not be kept is made again.
 * @throws AppError `policy-refused` while the day is not over, `not-found` for another organisation's.
 */
export const exportChanges = async (
  visit: Visit,
  place: Place,
  keep?: (made: MadeFile) => Promise<void>,
): Promise<MadeFile> => {
  const { organisationId, day } = place;
  const span = { organisationId, ...spanOf(day) };
  const made = await read(visit, (ctx) => makeFile(ctx, place, span));
  await keep?.(made);
  await perform(visit, async (ctx) => {
    await store.markExported(ctx.db, span, day);
    record(ctx, { type: 'change-file.exported', organisationId, data: { day, lines: made.lines } });
  });
  return made;
};

const makeFile = async (ctx: Ctx, place: Place, span: store.Span): Promise<MadeFile> => {
  const { organisationId } = place;
  assertMayBeMade(ctx, place, ctx.now);
  const rows = await store.listIn(ctx.db, span);
  const lines = await linesOf(ctx, rows, policyOf(ctx.house, organisationId));
  return { name: fileName(place), text: changeFileText(titlesOf(ctx), lines), lines: lines.length };
};

const assertMayBeMade = ({ scope }: Visit, { organisationId, day }: Place, now: Date): void => {
  if (!scope.organisationIds.includes(organisationId)) throw new AppError('not-found', 'common.notFound');
  if (!isDayOver(day, now)) {
    throw new AppError('policy-refused', 'changeFiles.dayNotOver', { rule: 'change-file.day-not-over' });
  }
};

/** Nothing of what changed, only whose it is and when. */
export const fileName = ({ organisationId, day }: Place): string => `${organisationId}-${day}.csv`;

export const spanOf = (day: Day): { from: string; until: string } => ({
  from: atParis(day, '00:00').toISOString(),
  until: atParis(addDays(day, 1), '00:00').toISOString(),
});

const idOf = ({ organisationId, day }: Place): string => `${organisationId}_${day}`;

const placeOf = (id: string): Place | undefined => {
  const [, organisationId = '', day = ''] = /^([a-z0-9-]+)_(\d{4}-\d{2}-\d{2})$/.exec(id) ?? [];
  const isDay = day !== '' && !Number.isNaN(Date.parse(day)) && addDays(day, 0) === day;
  return isDay ? { organisationId, day } : undefined;
};

/** One line for each member and kind, its latest change; by member, then in the order of the kinds. */
const linesOf = async (ctx: Ctx, rows: OutgoingRow[], policy: Policy): Promise<ChangeLine[]> => {
  const latest = [...new Map(rows.map((row) => [`${row.member_id} ${row.kind}`, row])).values()];
  const members = await membersOf(ctx, [...new Set(rows.map((row) => row.member_id))]);
  const lines = latest.flatMap((row) => {
    const member = members.get(row.member_id);
    return member ? [{ row, member }] : [];
  });
  const inOrder = lines.sort(
    (a, b) =>
      compare(a.member.memberNumber, b.member.memberNumber) ||
      compare(a.member.rank, b.member.rank) ||
      outgoingKinds.indexOf(a.row.kind) - outgoingKinds.indexOf(b.row.kind),
  );
  return inOrder.map(({ row, member }) => ({
    memberNumber: member.memberNumber,
    rank: member.rank,
    object: say(ctx, `objects.${row.kind}`),
    value: valueOf(member, row.kind),
    since: parisDay(new Date(row.changed_at)),
    reason: reasonOf(ctx, policy, row.reason),
  }));
};

const membersAtOnce = 500;

const membersOf = async ({ db }: Ctx, ids: string[]): Promise<Map<string, KnownMember>> => {
  const found = new Map<string, KnownMember>();
  for (let from = 0; from < ids.length; from += membersAtOnce) {
    for (const one of await listKnown(db, ids.slice(from, from + membersAtOnce))) found.set(one.id, one);
  }
  return found;
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** As on file now; nothing where it was taken away, and for what is only reported. */
const valueOf = ({ contacts, address }: KnownMember, kind: OutgoingKind): string => {
  if (kind === 'address') return address ? addressInFile(address) : '';
  const value = contacts.find((contact) => contact.kind === kind)?.value ?? '';
  return kind === 'email' || value === '' ? value : phoneInFile(value);
};

const reasonOf = (ctx: Ctx, { reasons }: Policy, reason: string): string => {
  const listed = reasons.correct.find(({ id }) => id === reason)?.label.fr;
  if (listed !== undefined) return listed;
  return ctx.house.words.has(`changeFiles.reasons.${reason}`) ? say(ctx, `reasons.${reason}`) : reason;
};

const titlesOf = (ctx: Ctx) => ({
  memberNumber: say(ctx, 'titles.memberNumber'),
  rank: say(ctx, 'titles.rank'),
  object: say(ctx, 'titles.object'),
  value: say(ctx, 'titles.value'),
  since: say(ctx, 'titles.since'),
  reason: say(ctx, 'titles.reason'),
});

// A program reads it: the same words whoever asks.
const say = ({ house }: Ctx, key: string): string => house.words.say('fr', `changeFiles.${key}`);
