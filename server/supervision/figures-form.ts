import type { Language } from '../core/words.ts';
import type { Form } from '../letters/forms.ts';
import type { Figure, Figures, FigureUnit } from './figures.schema.ts';

/** Words under `figures.report`. */
export type Say = (key: string, params?: Record<string, string | number>) => string;

type Of = {
  say: Say;
  language: Language;
  /** Whose figures. */
  name: string;
  figures: Figures;
  /** The same of the month before. */
  before: Figures;
  /** The last day counted, in words. */
  until: string;
  made: string;
};

// Drawn by day; the other figures are few or shares, and read better in the table.
const drawn = ['calls', 'locks'];

/** The month of one organisation, or of all, on paper: the table, bars, what waits, and what each figure means. */
export const figuresForm = ({ say, language, name, figures, before, until, made }: Of): Form => {
  const all = figures.groups.flatMap((group) => group.figures);
  const month = monthInWords(language, figures.from);
  return {
    organisation: name,
    title: say('title'),
    subtitle: say('subtitle', { month }),
    blocks: [
      tableOf(say, language, { figures, before, month }),
      ...drawn.flatMap((id) => {
        const figure = all.find((one) => one.id === id);
        return figure ? [barsOf(say, language, figures, figure)] : [];
      }),
      channelsOf(say, language, figures),
      ...waitingOf(say, language, figures, made),
      ...(figures.stretches.at(-1)?.isProvisional
        ? [{ kind: 'text' as const, text: say('provisional', { day: until }) }]
        : []),
      { kind: 'text', text: `${say('noAgent')} ${say('made', { moment: made })}` },
    ],
  };
};

/** What each figure means, once for all organisations. */
export const meaningsForm = ({ say, language, name, figures }: Of): Form => ({
  organisation: name,
  title: say('title'),
  subtitle: say('subtitle', { month: monthInWords(language, figures.from) }),
  blocks: [
    { kind: 'text', text: say('meanings') },
    {
      kind: 'table',
      columns: [
        { title: say('figure'), share: 0.3 },
        { title: '', share: 0.7 },
      ],
      rows: figures.groups.flatMap((group) =>
        group.figures.map(({ label, meaning }) => [labelIn(group, label), meaning]),
      ),
      total: [],
    },
    { kind: 'text', text: figures.costs },
  ],
});

/** « 1 234 », « 87,5 % », « 6,2 min », « 4,12 € »; a dash where there is nothing to tell. */
export const figureInWords = (language: Language, unit: FigureUnit, value: number | null): string =>
  // A narrow space that the fonts on paper lack becomes one that they have.
  value === null
    ? '–'
    : formats[unit](language)
        .format(value)
        .replace(/\u202f/g, '\u00a0');

const localeOf = (language: Language): string => (language === 'fr' ? 'fr-FR' : 'en-GB');
const formats: Record<FigureUnit, (language: Language) => Intl.NumberFormat> = {
  count: (language) => new Intl.NumberFormat(localeOf(language)),
  rate: (language) => new Intl.NumberFormat(localeOf(language), { maximumFractionDigits: 2 }),
  share: (language) =>
    new Intl.NumberFormat(localeOf(language), { style: 'percent', maximumFractionDigits: 1 }),
  minutes: (language) =>
    new Intl.NumberFormat(localeOf(language), { style: 'unit', unit: 'minute', maximumFractionDigits: 1 }),
  euros: (language) => new Intl.NumberFormat(localeOf(language), { style: 'currency', currency: 'EUR' }),
};

const monthInWords = (language: Language, day: string): string =>
  new Date(`${day}T12:00:00Z`).toLocaleDateString(localeOf(language), {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });

const tableOf = (
  say: Say,
  language: Language,
  { figures, before, month }: { figures: Figures; before: Figures; month: string },
): Form['blocks'][number] => ({
  kind: 'table',
  columns: [
    { title: say('figure'), share: 0.5 },
    { title: say('now', { month }), share: 0.25, align: 'right' },
    { title: say('before', { month: monthInWords(language, before.from) }), share: 0.25, align: 'right' },
  ],
  rows: figures.groups.flatMap((one, group) =>
    one.figures.map(({ label, unit, total }, at) => [
      labelIn(one, label),
      figureInWords(language, unit, total),
      figureInWords(language, unit, before.groups[group]?.figures[at]?.total ?? null),
    ]),
  ),
  total: [],
});

// A channel by itself does not say what is counted.
const labelIn = ({ id, title }: Figures['groups'][number], label: string): string =>
  id === 'acts' ? `${title} – ${label}` : label;

const barsOf = (
  say: Say,
  language: Language,
  { stretches }: Figures,
  { label, unit, values }: Figure,
): Form['blocks'][number] => ({
  kind: 'bars',
  title: say('perDay', { figure: label }),
  isUpright: true,
  bars: stretches.map((stretch, at) => ({
    label: String(Number(stretch.from.slice(8))),
    value: values[at] ?? 0,
    text: figureInWords(language, unit, values[at] ?? 0),
  })),
});

const channelsOf = (say: Say, language: Language, { groups }: Figures): Form['blocks'][number] => ({
  kind: 'bars',
  title: say('channels'),
  isUpright: false,
  bars: (groups.find(({ id }) => id === 'acts')?.figures ?? []).map(({ label, unit, total }) => ({
    label,
    value: total ?? 0,
    text: figureInWords(language, unit, total),
  })),
});

const waitingOf = (say: Say, language: Language, { waiting }: Figures, made: string): Form['blocks'] => {
  if (!waiting) return [];
  const count = (letters: number) => figureInWords(language, 'count', letters);
  return [
    {
      kind: 'table',
      columns: [
        { title: `${say('waiting')} · ${say('waitingAt', { moment: made })}`, share: 0.7 },
        { title: say('letters'), share: 0.3, align: 'right' },
      ],
      rows: waiting.ages.map(({ label, letters }) => [label, count(letters)]),
      total: [say('total'), count(waiting.total)],
    },
    { kind: 'text', text: say('overdue', { count: count(waiting.overdue) }) },
  ];
};
