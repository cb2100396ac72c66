import { parisDay, type Day } from '../core/calendar.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { momentInWords, numericDay } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { read } from '../core/perform.ts';
import type { Outgoing } from '../http/routes.ts';
import type { Form } from '../letters/forms.ts';
import { sendForms } from '../letters/send-forms.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import { figuresForm, meaningsForm } from './figures-form.ts';
import { endOfMonth } from './figures-stretches.ts';
import type { Figures, ReportQuery } from './figures.schema.ts';
import { readFigures } from './figures.service.ts';

/**
 * Sends the figures of a month: of one organisation, or of each of the reader's with all of them together first.
 *
 * @throws AppError `not-found` for another's organisation, `invalid-input` for a month that has not begun.
 */
export const sendMonthReport = async (visit: Visit, query: ReportQuery, out: Outgoing): Promise<void> => {
  const { language, month } = query;
  const forms = await read({ ...visit, language }, (ctx) => formsOf(ctx, query));
  const file = visit.house.words.say(language, 'figures.report.file');
  await sendForms(visit.house, out, { forms, name: `${file}-${month}`, language });
};

const formsOf = async (ctx: Ctx, { month, organisation }: ReportQuery): Promise<Form[]> => {
  const today = parisDay(ctx.now);
  const from = `${month}-01`;
  if (from > today)
    throw new AppError('invalid-input', 'figures.monthAhead', { fields: { month: 'figures.monthAhead' } });
  if (organisation !== undefined && !ctx.scope.organisationIds.includes(organisation))
    throw new AppError('not-found', 'common.notFound');

  const each = organisation === undefined ? [...ctx.scope.organisationIds] : [organisation];
  const forms: Form[] = [];
  let meanings: Form | null = null;
  for (const one of each.length > 1 ? [undefined, ...each] : each) {
    const of = { organisation: one, by: 'day' as const };
    const end = endOfMonth(from);
    const figures = await readFigures(ctx, { ...of, from, to: end < today ? end : today });
    const before = await readFigures(ctx, { ...of, by: 'month', ...monthBefore(from) });
    const shown = inWords(ctx, { name: nameOf(ctx, one), figures, before });
    forms.push(figuresForm(shown));
    meanings ??= meaningsForm(shown);
  }
  return meanings ? [...forms, meanings] : forms;
};

const nameOf = (ctx: Ctx, organisation: string | undefined): string =>
  organisation === undefined
    ? ctx.house.words.say(ctx.language, 'figures.report.of')
    : policyOf(ctx.house, organisation).name;

const inWords = (ctx: Ctx, of: { name: string; figures: Figures; before: Figures }) => {
  const { house, language, now } = ctx;
  return {
    ...of,
    say: (key: string, params = {}) => house.words.say(language, `figures.report.${key}`, params),
    language,
    until: numericDay(language, of.figures.to),
    made: momentInWords(language, now.toISOString()),
  };
};

const monthBefore = (from: Day): { from: Day; to: Day } => {
  const [year = 0, month = 0] = from.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 2, 1)).toISOString().slice(0, 10);
  return { from: first, to: endOfMonth(first) };
};
