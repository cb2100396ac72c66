import { parisDay } from '../core/calendar.ts';
import { numericDay, timeOfDay } from '../core/days.ts';
import type { Language } from '../core/words.ts';
import type { Destruction } from './destructions.schema.ts';
import type { Form } from './forms.ts';
import { writeRuns } from './sheet-runs.ts';

/** Words under `destructions.record`. */
export type Say = (key: string, params?: Record<string, string | number>) => string;

/** The record of one organisation: a line for each run of sheets, and room for two signatures. */
export const destructionForm = (
  say: Say,
  language: Language,
  of: { organisation: string; subtitle: string; made: string; lines: Destruction[] },
): Form => {
  const { organisation, subtitle, made, lines } = of;
  const head = { organisation, title: say('title'), subtitle };
  if (lines.length === 0)
    return {
      ...head,
      blocks: [
        { kind: 'text', text: say('nothing') },
        { kind: 'text', text: made },
      ],
    };

  const sheets = lines.reduce((sum, line) => sum + line.sheets, 0);
  const sign = [say('name'), say('date'), say('signature')];
  return {
    ...head,
    blocks: [
      { kind: 'text', text: say('what') },
      {
        kind: 'table',
        columns: [
          { title: say('lot'), share: 0.08 },
          { title: say('attempt'), share: 0.08 },
          { title: say('sheets'), share: 0.15 },
          { title: say('number'), share: 0.1, align: 'right' },
          { title: say('reason'), share: 0.15 },
          { title: say('declared'), share: 0.22 },
          { title: say('witnessed'), share: 0.22 },
        ],
        rows: lines.map((line) => rowOf(line, language, say)),
        total: [say('total'), '', '', String(sheets), '', '', ''],
      },
      {
        kind: 'boxes',
        text: say('statement'),
        boxes: [
          { title: say('first'), lines: sign },
          { title: say('second'), lines: sign },
        ],
      },
      { kind: 'text', text: made },
    ],
  };
};

const rowOf = (line: Destruction, language: Language, say: Say): string[] => {
  const { fromSheet, toSheet, reference, witnessedAt } = line;
  const runs = fromSheet === null || toSheet === null ? '' : writeRuns([{ from: fromSheet, to: toSheet }]);
  const due = say(line.isOverdue ? 'overdue' : 'due', { day: numericDay(language, line.dueOn) });
  return [
    String(line.lotNumber ?? '–'),
    String(line.attempt ?? '–'),
    [runs, reference ? say('reference', { reference }) : ''].filter(Boolean).join('\n'),
    String(line.sheets),
    line.kindInWords,
    `${line.declaredByName ?? ''}\n${shortMoment(language, line.declaredAt)}`,
    witnessedAt === null ? due : `${line.witnessedByName ?? ''}\n${shortMoment(language, witnessedAt)}`,
  ];
};

const shortMoment = (language: Language, iso: string): string => {
  const at = new Date(iso);
  return `${numericDay(language, parisDay(at))} ${timeOfDay(language, at)}`;
};
