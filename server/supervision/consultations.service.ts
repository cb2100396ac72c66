import { confirmIdentity } from '../agents/agents.service.ts';
import type { AuditRow } from '../audit/audit.schema.ts';
import { readRows, selectionOfMember, type Place, type Selection } from '../audit/reading.service.ts';
import { record } from '../audit/record.ts';
import { callsNamed } from '../calls/calls.service.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { momentInWords } from '../core/days.ts';
import { read } from '../core/perform.ts';
import type { Outgoing } from '../http/routes.ts';
import type { Form } from '../letters/forms.ts';
import { sendForms } from '../letters/send-forms.service.ts';
import { lookAt } from '../members/canaries.service.ts';
import { findMemberFile, relativesOf } from '../members/members.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { consultationsIn, toldTypes, type Told } from './consultation-lines.ts';
import type { Consultations, ConsultationsLetter } from './consultations.schema.ts';
import { identityLine } from './member-story.service.ts';

const mostRows = 10_000;
const rowsAtOnce = 1_000;

/**
 * Who consulted a member's file, newest first: when, which service and what for. The member may know that (GDPR 15),
 * but not which employee it was (CJEU C-579/21, 22 June 2023). Making the list is recorded.
 *
 * @throws AppError `not-found`, the same for another organisation's member and for nobody.
 */
export const listConsultations = async (
  ctx: Ctx,
  memberId: string,
  as: 'screen' | 'letter',
): Promise<Consultations> => {
  const member = await findMemberFile(ctx, memberId);
  const { organisationId } = member;
  const policy = policyOf(ctx.house, organisationId);
  const relativeIds = (await relativesOf(ctx, member)).map(({ id }) => id);
  const whom = { id: memberId, organisationId, relativeIds };
  const selection = { ...(await selectionOfMember(ctx, whom, { actorKind: 'agent' })), types: toldTypes };
  const found = await everyRow(ctx, selection);
  const told: Told[] = found.rows.map((row) => ({
    row,
    isBeside: row.type === 'member.viewed' && row.memberId !== memberId,
  }));
  const ids = new Set(told.flatMap(({ row }) => row.callId ?? []));
  const calls = await callsNamed(ctx, [...ids]);
  const consultations = consultationsIn(ctx, policy, told, calls);
  const rows = consultations.length;
  record(ctx, { type: 'member.consultations-viewed', organisationId, memberId, data: { as, rows } });
  const who = identityLine(member);
  return { memberId, who, organisationName: policy.name, consultations, cut: found.cut };
};

/** The same as a document to be given to the member. @throws AppError as above, and as `confirmIdentity` does. */
export const sendConsultations = async (
  visit: Visit,
  memberId: string,
  { language, ...proof }: ConsultationsLetter,
  out: Outgoing,
): Promise<void> => {
  const { organisationId } = await read(visit, (ctx) => findMemberFile(ctx, memberId));
  await confirmIdentity(visit, proof, 'consultations.letter');
  const shown = [{ id: memberId, organisationId }];
  const form = await lookAt({ ...visit, language }, shown, (ctx) => formOf(ctx, memberId));
  await sendForms(visit.house, out, { forms: [form], name: 'consultations', language });
};

const formOf = async (ctx: Ctx, memberId: string): Promise<Form> => {
  const { house, language } = ctx;
  const say = (key: string, params = {}) => house.words.say(language, `consultations.letter.${key}`, params);
  const { firstName, usualName, memberNumber } = await findMemberFile(ctx, memberId);
  const { consultations, organisationName, cut } = await listConsultations(ctx, memberId, 'letter');
  const rows = consultations.map(({ at, service, channel, purposes }) => [
    momentInWords(language, at),
    [service, channel].filter(Boolean).join('\n'),
    purposes.join('\n'),
  ]);
  return {
    organisation: organisationName,
    title: say('title'),
    subtitle: say('made', { moment: momentInWords(language, ctx.now.toISOString()) }),
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: say('name'), value: `${firstName} ${usualName}`.trim() },
          { label: say('number'), value: memberNumber },
        ],
      },
      { kind: 'text', text: say('what') },
      {
        kind: 'table',
        columns: [
          { title: say('when'), share: 0.24 },
          { title: say('service'), share: 0.32 },
          { title: say('purpose'), share: 0.44 },
        ],
        rows,
        total: [say('total'), String(rows.length), cut ? say('cut') : ''],
      },
      { kind: 'text', text: say('law') },
    ],
  };
};

const everyRow = async (ctx: Ctx, selection: Selection): Promise<{ rows: AuditRow[]; cut: boolean }> => {
  const rows: AuditRow[] = [];
  for (let after: Place | null = null; rows.length < mostRows;) {
    const page: AuditRow[] = await readRows(ctx, selection, { order: 'desc', limit: rowsAtOnce, after });
    rows.push(...page);
    const last = page.at(-1);
    if (!last || page.length < rowsAtOnce) return { rows, cut: false };
    after = { at: last.at, seq: last.seq };
  }
  return { rows, cut: true };
};
