import { stringify } from 'csv-stringify/sync';
import { eventsWithin, type Touch } from '../audit/touching.service.ts';
import type { EventType } from '../audit/vocabulary.schema.ts';
import type { Ctx, Visit } from '../core/ctx.ts';
import { numericMoment } from '../core/days.ts';
import { AppError } from '../core/errors.ts';
import { perform, read } from '../core/perform.ts';
import type { Language } from '../core/words.ts';
import type { Outgoing } from '../http/routes.ts';
import type { Form } from '../letters/forms.ts';
import { sendForms } from '../letters/send-forms.service.ts';
import { policyOf } from '../organisations/organisations.service.ts';
import type { TouchedCounts } from './incidents.schema.ts';
import { deadlineOf, findKnown, inEach, titleOf, type Known } from './incidents.service.ts';
import { incidentForm, type Figures } from './incident-form.ts';
import { countTouched, everyoneTouched } from './touched.service.ts';

/** What was done about it, as the audit tells. */
const measures: readonly EventType[] = [
  'incident.opened',
  'incident.changed',
  'incident.closed',
  'incident.touched-exported',
  'bulk.asked',
  'bulk.approved',
  'bulk.refused',
  'bulk.done',
];
const mostMeasures = 5_000;

/** The figures for the authority, as a document to print. No name and no identifier of a person stands in it. */
export const sendReport = async (
  visit: Visit,
  id: string,
  language: Language,
  out: Outgoing,
): Promise<void> => {
  const { figures } = await made({ ...visit, language }, id, 'pdf');
  const name = `incident-${id.slice(0, 8)}`;
  const say = (key: string, params = {}): string =>
    visit.house.words.say(language, `incidents.report.${key}`, params);
  const forms: Form[] = [incidentForm(say, language, figures)];
  await sendForms(visit.house, out, { forms, name, language });
};

/** The same figures, a line each, for whoever fills in the authority's own form. */
export const sendFigures = async (
  visit: Visit,
  id: string,
  language: Language,
  out: Outgoing,
): Promise<void> => {
  const { figures } = await made({ ...visit, language }, id, 'csv');
  const say = (key: string): string => visit.house.words.say(language, `incidents.report.${key}`);
  const moment = (iso: string): string => numericMoment(language, iso);
  const inParis = (key: string): string => `${say(key)} (${say('parisTime')})`;
  const { counts } = figures;
  const lines: [string, string | number][] = [
    [say('kind'), figures.title],
    [say('organisations'), figures.organisations.join(', ')],
    [inParis('began'), moment(figures.beganAt)],
    [inParis('known'), moment(figures.knownAt)],
    [inParis('deadline'), moment(figures.deadlineAt)],
    [inParis('notified'), figures.notifiedAt ? moment(figures.notifiedAt) : ''],
    [say('search'), say(counts ? (figures.isKept ? 'kept' : 'provisional') : 'uncounted')],
    ...(counts ? [...countLines(say, counts), [say('frozen'), figures.frozen] as [string, number]] : []),
    [inParis('when'), say('measure')],
    ...figures.measures.map(({ at, text }): [string, string] => [moment(at), text]),
  ];
  const text = stringify(lines, {
    bom: true,
    delimiter: ';',
    record_delimiter: 'windows',
    escape_formulas: true,
  });
  out.begin('text/csv; charset=utf-8', `incident-${id.slice(0, 8)}-figures.csv`);
  await out.write(Buffer.from(text, 'utf8'));
  await out.end();
};

const countLines = (say: (key: string) => string, counts: TouchedCounts): [string, number][] => [
  [say('people'), counts.people],
  ...(['looked', 'acted', 'sent', 'printed'] as const).flatMap((kind): [string, number][] => [
    [`${say(kind)} – ${say('peopleOf')}`, counts[kind].people],
    [`${say(kind)} – ${say('records')}`, counts[kind].times],
  ]),
];

const made = async (
  visit: Visit,
  id: string,
  format: string,
): Promise<{ known: Known; figures: Figures }> => {
  const found = await read(visit, async (ctx) => {
    const known = await findKnown(ctx, id);
    return { known, figures: await figuresOf(ctx, known) };
  });
  await perform(visit, async (ctx) =>
    inEach(ctx, found.known.organisationIds, {
      type: 'incident.reported',
      data: { incidentId: id, format },
    }),
  );
  return found;
};

const figuresOf = async (ctx: Ctx, known: Known): Promise<Figures> => {
  const { row, organisationIds, criteria } = known;
  const touched = criteria ? await everyoneTouched(ctx, known, criteria) : await everyoneSince(ctx, known);
  const to = row.closed_at ?? ctx.now.toISOString();
  const upTo = new Date(Date.parse(to) + 1).toISOString();
  const own = await eventsWithin(ctx, measures, { from: row.opened_at, to: upTo }, mostMeasures);
  const frozen = await eventsWithin(ctx, ['account.frozen'], { from: row.began_at, to: upTo }, 100_000);
  const touchedIds = new Set(touched?.people.map(({ memberId }) => memberId));
  return {
    title: titleOf(ctx, row.kind),
    organisations: organisationIds.map((one) => policyOf(ctx.house, one).name),
    beganAt: row.began_at,
    knownAt: row.known_at,
    deadlineAt: deadlineOf(row.known_at),
    notifiedAt: row.notified_at,
    closedAt: row.closed_at,
    madeAt: ctx.now.toISOString(),
    period: touched && { from: touched.taken.from, to: touched.taken.to, by: touched.taken.by },
    counts: touched && countTouched(touched.people),
    isKept: criteria !== null,
    frozen: frozen.filter(({ memberId }) => touchedIds.has(memberId ?? '')).length,
    measures: onceEach(own.filter(isOf(row.id))).map((event) => ({
      at: event.at,
      text: measureIn(ctx, event),
    })),
  };
};

/** Nobody has said yet from what to count: all that was done since it began, unless that is too much to be read. */
const everyoneSince = async (ctx: Ctx, known: Known) => {
  try {
    return await everyoneTouched(ctx, known, {});
  } catch (error) {
    if (error instanceof AppError && error.code === 'invalid-input') return null;
    throw error;
  }
};

const isOf =
  (incidentId: string) =>
  ({ data }: Touch): boolean =>
    data?.incidentId === incidentId;

/** An event of several organisations stands once in each: told once. */
const onceEach = (events: Touch[]): Touch[] => {
  const told = new Set<string>();
  return events.filter(({ at, type, data }) => {
    // Each names those of its own organisation.
    const key = `${at} ${type} ${JSON.stringify({ ...data, shown: [] })}`;
    return !told.has(key) && told.add(key);
  });
};

const measureIn = ({ house, language }: Ctx, { type, data }: Touch): string => {
  const count = (of: string, value: unknown): string => {
    const n = Number(value ?? 0);
    // French counts nothing in the singular.
    const isOne = new Intl.PluralRules(language).select(n) === 'one';
    const shown = n.toLocaleString(language === 'fr' ? 'fr-FR' : 'en-GB');
    return house.words.say(language, `incidents.report.counts.${of}-${isOne ? 'one' : 'many'}`, {
      count: shown,
    });
  };
  const say = (key: string): string =>
    house.words.say(language, `incidents.report.measures.${key}`, {
      targets: count('accounts', data?.targets),
      hit: count('accounts', data?.hit),
      secrets: count('secrets', data?.secrets),
      letters: count('letters', data?.letters),
      people: count('people', data?.members),
    });
  if (type === 'incident.changed') {
    const changed = Array.isArray(data?.changed) ? data.changed : [];
    if (changed.includes('bannerText')) return say(data?.banner ? 'banner-on' : 'banner-off');
    return say(changed.includes('notifiedAt') ? 'notified' : 'changed');
  }
  const kind = typeof data?.kind === 'string' && type.startsWith('bulk.') ? `-${data.kind}` : '';
  return say(`${type.replace('.', '-')}${kind}`);
};
