import { experienceOf } from '../agents/agents.service.ts';
import { record } from '../audit/record.ts';
import { agentOf } from '../calls/calls.service.ts';
import type { Ctx } from '../core/ctx.ts';
import type { ListQuery, Page } from '../core/page.ts';
import type { VerificationLevel } from '../organisations/policy-parts.schema.ts';
import type { Approval } from './approvals.schema.ts';
import * as store from './approvals.store.ts';
import type { ApprovalField, ApprovalFilterValues, ApprovalRow } from './approvals.store.ts';
import { openInput } from './sealed-input.ts';
import { seniorsDecide } from './seniors.ts';

/** Requests: an agent's own and the documents they may check; a supervisor's organisations'. */
export const listApprovals = async (
  ctx: Ctx,
  query: ListQuery<ApprovalFilterValues, ApprovalField>,
): Promise<Page<Approval>> => {
  const { rows, total } = await store.listApprovals(ctx.db, ctx.scope, await viewerOf(ctx), query);
  record(ctx, { type: 'approval.listed', data: { filters: Object.keys(query.filter) } });
  return { rows: await toApprovals(ctx, rows), total };
};

/** What others asked for and this agent may answer, counted: it shows nobody, and leaves no audit row. */
export const countWaiting = async (ctx: Ctx): Promise<{ waiting: number }> => {
  const { total } = await store.listApprovals(ctx.db, ctx.scope, await viewerOf(ctx), {
    filter: { state: 'waiting', mine: false },
    sort: { field: 'askedAt', order: 'asc' },
    offset: 0,
    limit: 1,
  });
  return { waiting: total };
};

const viewerOf = async (ctx: Ctx): Promise<store.Viewer> => {
  const agent = agentOf(ctx);
  const { experience, siteId } = await experienceOf(ctx, agent.id);
  const seesAll = agent.permissions.has('approval.grant');
  return { agentId: agent.id, seesAll, seniorAt: experience === 'senior' ? siteId : null };
};

/** Whether it is theirs to answer: a document's, a supervisor's, or a senior's for the beginners of their site. */
export const mayAnswer = async (ctx: Ctx, row: ApprovalRow): Promise<boolean> => {
  if (ctx.actor.kind !== 'agent' || !ctx.actor.permissions.has('approval.decide')) return false;
  if (row.act === 'document' || ctx.actor.permissions.has('approval.grant')) return true;
  if (row.reasons !== seniorsDecide) return false;
  const { seniorAt } = await viewerOf(ctx);
  return seniorAt !== null && (await experienceOf(ctx, row.asked_by)).siteId === seniorAt;
};

/** The last five about a member, those that wait first. */
export const approvalsOfMember = async (ctx: Ctx, memberId: string): Promise<Approval[]> =>
  toApprovals(ctx, await store.listOfMember(ctx.db, memberId, 5));

export const toApprovals = async (ctx: Ctx, rows: ApprovalRow[]): Promise<Approval[]> => {
  const ids = [...new Set(rows.flatMap((row) => [row.asked_by, row.decided_by ?? row.asked_by]))];
  const names = await ctx.house.namesOfAgents(ctx.db, ids);
  const theirs = new Set<string>();
  for (const row of rows) if (await mayAnswer(ctx, row)) theirs.add(row.id);
  return rows.map((row) => {
    const { note, detail } = openInput(ctx.house, row);
    const say = (key: string) => ctx.house.words.say(ctx.language, key);
    const { level } = JSON.parse(row.frozen) as { level: VerificationLevel };
    return {
      id: row.id,
      organisationId: row.organisation_id,
      memberId: row.member_id,
      callId: row.call_id,
      act: row.act,
      what: say(`approvals.acts.${row.act}`),
      reasons: (JSON.parse(row.reasons) as string[]).map((rule) => say(`approvals.reasons.${rule}`)),
      level,
      levelInWords: say(`verifications.levels.${level}`),
      detail: typeof detail === 'string' ? detail : null,
      note: typeof note === 'string' && note !== '' ? note : null,
      askedById: row.asked_by,
      askedByName: names.get(row.asked_by) ?? null,
      askedAt: row.asked_at,
      expiresAt: row.expires_at,
      state: row.state,
      decidedByName: (row.decided_by && names.get(row.decided_by)) ?? null,
      decidedAt: row.decided_at,
      word: row.word,
      outcome: row.state === 'waiting' ? null : outcomeOf(ctx, row),
      mayAnswer: theirs.has(row.id),
      version: Number(row.version),
    };
  });
};

const outcomeOf = ({ house, language }: Ctx, row: ApprovalRow): string =>
  house.words.say(language, `approvals.outcomes.${row.state}`, {
    why: row.rule ? house.words.say(language, `approvals.overtaken.${wordsOf(house, row.rule)}`) : '',
  });

// What stands in the way may be any rule; those that have no sentence of their own are told in general.
const wordsOf = ({ words }: Ctx['house'], rule: string): string =>
  words.has(`approvals.overtaken.${rule}`) ? rule : 'otherwise';
