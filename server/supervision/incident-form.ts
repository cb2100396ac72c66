import { momentInWords } from '../core/days.ts';
import type { Language } from '../core/words.ts';
import type { Block, Form } from '../letters/forms.ts';
import type { TouchedCounts } from './incidents.schema.ts';

/** Words under `incidents.report`. */
export type Say = (key: string, params?: Record<string, string | number>) => string;

/** What the authority is told within 72 hours: numbers, moments and measures, without a person. */
export type Figures = {
  title: string;
  organisations: string[];
  beganAt: string;
  knownAt: string;
  deadlineAt: string;
  notifiedAt: string | null;
  closedAt: string | null;
  madeAt: string;
  period: { from: string; to: string; by: string } | null;
  counts: TouchedCounts | null;
  /** The criteria were kept with the incident; else all that was done since it began was counted. */
  isKept: boolean;
  /** Accounts of people touched that were frozen since it began. */
  frozen: number;
  measures: { at: string; text: string }[];
};

export const incidentForm = (say: Say, language: Language, figures: Figures): Form => {
  const moment = (iso: string): string => momentInWords(language, iso);
  const left = hoursLeft(figures);
  return {
    organisation: figures.organisations.join(' · '),
    title: say('title'),
    subtitle: figures.title,
    blocks: [
      {
        kind: 'facts',
        rows: [
          { label: say('began'), value: moment(figures.beganAt) },
          { label: say('known'), value: moment(figures.knownAt) },
          { label: say('deadline'), value: moment(figures.deadlineAt) },
          {
            label: say('notified'),
            value: figures.notifiedAt
              ? moment(figures.notifiedAt)
              : say(left >= 0 ? 'hoursLeft' : 'hoursOver', { hours: Math.abs(left) }),
          },
          { label: say('closed'), value: figures.closedAt ? moment(figures.closedAt) : say('stillOpen') },
        ],
      },
      ...peopleIn(say, moment, figures),
      ...(figures.counts
        ? [{ kind: 'text', text: say('frozenText', { count: figures.frozen }) } as const]
        : []),
      measuresIn(say, moment, figures),
      { kind: 'text', text: say('noNames') },
      { kind: 'text', text: say('made', { moment: moment(figures.madeAt) }) },
    ],
  };
};

const hoursLeft = ({ deadlineAt, madeAt }: Figures): number =>
  Math.floor((Date.parse(deadlineAt) - Date.parse(madeAt)) / 3_600_000);

const peopleIn = (
  say: Say,
  moment: (iso: string) => string,
  { counts, period, isKept }: Figures,
): Block[] => {
  if (!counts || !period) return [{ kind: 'text', text: say('notCounted') }];
  const rows = (['looked', 'acted', 'sent', 'printed'] as const).map((kind) => [
    say(kind),
    String(counts[kind].people),
    String(counts[kind].times),
  ]);
  const span = { from: moment(period.from), to: moment(period.to) };
  return [
    { kind: 'text', text: say(isKept ? `from-${period.by}` : 'notKept', span) },
    {
      kind: 'table',
      columns: [
        { title: say('category'), share: 0.6 },
        { title: say('peopleOf'), share: 0.2, align: 'right' },
        { title: say('records'), share: 0.2, align: 'right' },
      ],
      rows,
      total: [say('people'), String(counts.people), ''],
    },
  ];
};

const measuresIn = (say: Say, moment: (iso: string) => string, { measures }: Figures): Block => ({
  kind: 'table',
  columns: [
    { title: say('when'), share: 0.35 },
    { title: say('measure'), share: 0.65 },
  ],
  rows: measures.map(({ at, text }) => [moment(at), text]),
  total: ['', say('measuresTotal', { count: measures.length })],
});
