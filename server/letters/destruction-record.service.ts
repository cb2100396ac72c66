import { atParis, endOfParisDay, type Day } from '../core/calendar.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { momentInWords, numericDay } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { read } from '../core/perform.ts';
import type { Outgoing } from '../http/routes.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { RecordQuery } from './destructions.schema.ts';
import { toDestructions } from './destructions.service.ts';
import { listForRecord } from './destructions.store.ts';
import { destructionForm, type Say } from './destruction-form.ts';
import type { Form } from './forms.ts';
import { findLot } from './lots-view.service.ts';
import { sendForms } from './send-forms.service.ts';
import { wrong } from './wrong.ts';

const mostDays = 366;
const mostRows = 1_000;

/**
 * Sends the record of destruction, « procès-verbal de destruction », of a lot or of some Paris days: a form for each
 * organisation, with a line for each run of sheets and room for two signatures.
 *
 * @throws AppError `invalid-input` when it is not said of what, or of too much; `not-found` for another's lot.
 */
export const sendRecord = async (visit: Visit, query: RecordQuery, out: Outgoing): Promise<void> => {
  const { language } = query;
  const record = await read({ ...visit, language }, (ctx) => recordOf(ctx, query));
  await sendForms(visit.house, out, { ...record, language });
};

type Of = { subtitle: string; name: string; select: { lotId: string } | { from: string; to: string } };

const recordOf = async (ctx: Ctx, query: RecordQuery): Promise<{ forms: Form[]; name: string }> => {
  const say = sayIn(ctx);
  const { organisationIds, of } = await readQuery(ctx, say, query);
  const rows = await listForRecord(ctx.db, { organisationIds }, of.select, mostRows + 1);
  if (rows.length > mostRows) throw wrong('to', 'destructions.tooMany', { most: mostRows });
  const lines = await toDestructions(ctx, rows);

  const withWaste = organisationIds.filter((id) => lines.some(({ organisationId }) => organisationId === id));
  const name = ctx.actor.kind === 'agent' ? ctx.actor.name : '';
  const made = say('made', { moment: momentInWords(ctx.language, ctx.now.toISOString()), name });
  const forms = (withWaste.length > 0 ? withWaste : organisationIds.slice(0, 1)).map((id) =>
    destructionForm(say, ctx.language, {
      organisation: policyOf(ctx.house, id).name,
      subtitle: of.subtitle,
      made,
      lines: lines.filter(({ organisationId }) => organisationId === id),
    }),
  );
  return { forms, name: of.name };
};

const sayIn =
  ({ house, language }: Ctx): Say =>
  (key, params) =>
    house.words.say(language, `destructions.record.${key}`, params);

const readQuery = async (
  ctx: Ctx,
  say: Say,
  { lotId, from, to, organisationId }: RecordQuery,
): Promise<{ organisationIds: string[]; of: Of }> => {
  if (lotId !== undefined) {
    const lot = await findLot(ctx, lotId);
    const of = { subtitle: say('ofLot', { number: lot.number }), name: `destruction-lot-${lot.number}` };
    return { organisationIds: [lot.organisation_id], of: { ...of, select: { lotId } } };
  }
  const organisationIds = ctx.scope.organisationIds.filter((id) => (organisationId ?? id) === id);
  if (organisationIds.length === 0) throw new AppError('not-found', 'common.notFound');
  const days = daysOf(from, to);
  const said = { from: numericDay(ctx.language, days.from), to: numericDay(ctx.language, days.to) };
  const select = {
    from: atParis(days.from, '00:00').toISOString(),
    to: endOfParisDay(days.to).toISOString(),
  };
  const name = `destruction-${days.from}-${days.to}`;
  return { organisationIds, of: { subtitle: say('ofDays', said), name, select } };
};

const daysOf = (from: Day | undefined, to: Day | undefined): { from: Day; to: Day } => {
  if (from === undefined || to === undefined)
    throw wrong(from === undefined ? 'from' : 'to', 'destructions.ofWhat');
  if (to < from) throw wrong('to', 'destructions.backwards');
  if (Date.parse(to) - Date.parse(from) >= mostDays * 86_400_000)
    throw wrong('to', 'destructions.tooLong', { days: mostDays });
  return { from, to };
};
