import { record } from '../audit/record.ts';
import type { Ctx, Db, Visit } from '../core/ctx.ts';
import { AppError } from '../core/errors.ts';
import { perform } from '../core/perform.ts';
import { seal, unseal } from '../core/crypto.ts';
import type { OwnProof } from './agents.schema.ts';
import { idOfUsername } from './agents.store.ts';
import type { AgentFile, AgentFileLine, AppliedAgentFile } from './agent-files.schema.ts';
import { readAgentFile, type AgentRow } from './agent-file-text.ts';
import { planLine, type Account, type Planned } from './agent-file-plan.ts';
import * as store from './agent-files.store.ts';
import { confirmIdentity } from './confirm.service.ts';
import { deleteInvitationsBefore } from './invitations.store.ts';
import { invite } from './invitations.service.ts';
import { changeAgentIn, makeAgentIn } from './roster-acts.service.ts';
import { agentPage, reachOf } from './roster.service.ts';
import { findNamed } from './roster.store.ts';
import { sweepTallies } from './site-limits.service.ts';
import { listSites } from './sites.service.ts';
import { teamsOf } from './teams.service.ts';

type StagedLine = AgentFileLine & { plan: Planned | null };

/**
 * Reads a file of accounts and says line by line what it would do. Nothing changes: it is applied by another act, and
 * only when every line is good.
 *
 * @throws AppError `invalid-input` when it is no such file.
 */
export const stageAgentFile = async (visit: Visit, source: AsyncIterable<Uint8Array>): Promise<AgentFile> => {
  const rows = await readAgentFile(source);
  return perform(visit, async (ctx) => {
    const lines = await planRows(ctx, rows);
    const problems = lines.filter((line) => line.problems.length > 0).length;
    const id = ctx.newId();
    await store.insertAgentFile(ctx.db, {
      id,
      sent_by: senderOf(ctx),
      sent_at: ctx.now.toISOString(),
      state: problems === 0 ? 'staged' : 'refused',
      // Names, addresses and member numbers of people.
      lines: seal(ctx.house.keys, 'agent-file', `agent_files.lines:${id}`, JSON.stringify(lines)),
      version: 1,
    });
    record(ctx, { type: 'agent-file.staged', data: { fileId: id, lines: lines.length, problems } });
    return { id, lines, ...countsOf(lines), problems, version: 1 };
  });
};

/**
 * Makes and changes what a good file says, in one transaction: all of it or nothing.
 *
 * @throws AppError `not-found` for a file that another sent; `policy-refused` with `agent-file.problems`; `conflict`
 * when it was applied, or an account changed since it was read; and for the proof.
 */
export const applyAgentFile = async (
  visit: Visit,
  id: string,
  { version, ...proof }: { version: number } & OwnProof,
): Promise<AppliedAgentFile> => {
  await confirmIdentity(visit, proof, 'agent.role');
  return applyStaged(visit, id, version);
};

/** The same from the command line, where whoever types needs no proof. */
export const applyStaged = (visit: Visit, id: string, version: number): Promise<AppliedAgentFile> =>
  perform(visit, async (ctx) => {
    const sentBy = senderOf(ctx);
    const found = await store.findAgentFile(ctx.db, id, sentBy);
    if (!found) throw new AppError('not-found', 'common.notFound');
    if (found.state === 'refused')
      throw new AppError('policy-refused', 'agentFiles.hasProblems', { rule: 'agent-file.problems' });
    if (!(await store.takeAgentFile(ctx.db, { id, sentBy, version })))
      throw new AppError('conflict', 'common.conflict');
    const text = unseal(ctx.house.keys, 'agent-file', `agent_files.lines:${id}`, found.lines);
    const invitations: AppliedAgentFile['invitations'] = [];
    let changed = 0;
    for (const { plan } of JSON.parse(text) as StagedLine[]) {
      if (plan?.what === 'make') {
        const made = await makeAgentIn(ctx, plan.input);
        invitations.push({ username: plan.input.username, ...(await invite(ctx, made)) });
      }
      if (plan?.what === 'change') {
        await changeAgentIn(ctx, plan.id, plan.change);
        changed += 1;
      }
    }
    const made = invitations.length;
    record(ctx, { type: 'agent-file.applied', data: { fileId: id, made, changed } });
    return { made, changed, invitations };
  });

/** Files that nobody applied, links that work no more, what was counted the day before yesterday. */
export const sweepAgents = async (db: Db, now: Date): Promise<void> => {
  await store.deleteAgentFilesBefore(db, new Date(now.getTime() - 86_400_000).toISOString());
  await deleteInvitationsBefore(db, now.toISOString());
  await sweepTallies(db, now);
};

const planRows = async (ctx: Ctx, rows: AgentRow[]): Promise<StagedLine[]> => {
  const sites = await listSites(ctx);
  const { organisationIds } = ctx.scope;
  const organisations = organisationIds.map((id) => ({
    id,
    name: ctx.house.organisations.get(id)?.name ?? id,
  }));
  const teams = (await teamsOf(ctx.db, organisationIds)).flatMap(({ team }) => team ?? []);
  const seen = new Set<string>();
  const lines: StagedLine[] = [];
  for (const row of rows) {
    const username = (row.cells.username ?? '').toLowerCase();
    const account = await accountNamed(ctx, username);
    const isOwn = ctx.actor.kind === 'agent' && account !== 'taken' && account?.id === ctx.actor.id;
    const planned = planLine(row, { organisations, sites, teams, account, isOwn });
    const problems = planned.ok ? [] : planned.problems;
    if (seen.has(username)) problems.push({ column: 'username', words: 'agentFiles.twice' });
    seen.add(username);
    lines.push({
      line: row.line,
      username,
      what: planned.ok ? planned.plan.what : account && account !== 'taken' ? 'change' : 'make',
      changed: planned.ok ? planned.plan.changed : [],
      gives: planned.ok ? givenBy(planned.plan) : {},
      problems: problems.map(({ column, words, params }) => ({
        column,
        message: inWords(ctx, words, params),
      })),
      plan: planned.ok && problems.length === 0 ? planned.plan : null,
    });
  }
  return lines;
};

const givenBy = (plan: Planned): AgentFileLine['gives'] => {
  if (plan.what === 'same') return {};
  const { role, organisations, site } = plan.what === 'make' ? plan.input : plan.change;
  return { role, organisations, site };
};

const accountNamed = async (ctx: Ctx, username: string): Promise<Account | 'taken' | undefined> => {
  const row = await findNamed(ctx.db, reachOf(ctx), username);
  if (!row) return (await idOfUsername(ctx.db, username)) === undefined ? undefined : 'taken';
  if (row.closed_at) return 'taken';
  const { id, name, role, organisations, site, team, email, experience, own, relatives, version } =
    await agentPage(ctx, row.id);
  return { id, name, role, organisations, site, team, email, experience, own, relatives, version };
};

const countsOf = (lines: AgentFileLine[]) => ({
  makes: lines.filter(({ what, problems }) => what === 'make' && problems.length === 0).length,
  changes: lines.filter(({ what, problems }) => what === 'change' && problems.length === 0).length,
});

const inWords = ({ house, language }: Ctx, words: string, params?: Record<string, string>): string =>
  house.words.has(words)
    ? house.words.say(language, words, params)
    : house.words.say(language, 'agentFiles.unreadable');

const senderOf = ({ actor }: Ctx): string =>
  actor.kind === 'agent' ? actor.id : actor.kind === 'system' ? `system:${actor.name}` : '';
