import type { AuditRow } from '../audit/audit.schema.ts';
import { readRows, selectionOf } from '../audit/reading.service.ts';
import { record } from '../audit/record.ts';
import { callsNamed } from '../calls/calls.service.ts';
import { parisDay } from '../core/calendar.ts';
import type { Ctx } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import type { AgentDay, StoryCall } from './stories.schema.ts';

const mostRows = 2_000;

/**
 * What one agent did on a Paris day, today unless it is said, grouped by call in the order of the day. Looking is
 * recorded.
 *
 * @throws AppError `not-found` for an agent who works for none of the reader's organisations.
 */
export const agentDay = async (ctx: Ctx, agentId: string, asked: string | undefined): Promise<AgentDay> => {
  const { db, house, scope } = ctx;
  const ofTheirs = await house.agentsSharing(db, scope.organisationIds);
  if (!ofTheirs.includes(agentId)) throw new AppError('not-found', 'common.notFound');

  const day = asked ?? parisDay(ctx.now);
  const selection = await selectionOf(ctx, { actorId: agentId, from: day, to: day });
  const found = await readRows(ctx, selection, { order: 'asc', limit: mostRows + 1 });
  const events = found.slice(0, mostRows);
  record(ctx, { type: 'audit.day-read', data: { agentId, day, rows: events.length } });
  const calls = await callsNamed(ctx, [...new Set(events.flatMap(({ callId }) => callId ?? []))]);
  return {
    agentId,
    agentName: (await house.namesOfAgents(db, [agentId])).get(agentId) ?? null,
    day,
    counts: countsOf(events),
    groups: groupsOf(events, calls),
    cut: found.length > mostRows,
  };
};

/** How often each thing was done, the most frequent first. */
const countsOf = (events: AuditRow[]): AgentDay['counts'] => {
  const times = new Map<string, number>();
  for (const { type } of events) times.set(type, (times.get(type) ?? 0) + 1);
  const counts = [...times].map(([type, n]) => ({ type, times: n }));
  return counts.sort((one, other) => other.times - one.times || (one.type < other.type ? -1 : 1));
};

/** Each call once, where it began; what lies outside calls together as far as no call comes between. */
const groupsOf = (events: AuditRow[], calls: StoryCall[]): AgentDay['groups'] => {
  const byId = new Map(calls.map((call) => [call.id, call]));
  const ofCall = new Map<string, AgentDay['groups'][number]>();
  const groups: AgentDay['groups'] = [];
  for (const event of events) {
    const call = byId.get(event.callId ?? '') ?? null;
    const last = groups.at(-1);
    const group = call ? ofCall.get(call.id) : last?.call === null ? last : undefined;
    if (group) {
      group.events.push(event);
      continue;
    }
    const made = { call, events: [event] };
    groups.push(made);
    if (call) ofCall.set(call.id, made);
  }
  return groups;
};
