import type { AuditRow } from '../audit/audit.schema.ts';
import type { House } from '../core/ctx.ts';
import { dayInWords, dayOfMoment } from '../core/days.ts';
import type { Language } from '../core/words.ts';
import type { LetterHistory } from '../letters/letters.service.ts';
import type { MemberPage } from './desk.schema.ts';
import { lineOf, type Line } from './timeline-lines.ts';

type Entry = MemberPage['timeline'][number];
type Saying = { house: House; language: Language };

/** What happened, newest first, from the member's side and ours; the same thing in a row is told once. */
export const makeTimeline = (saying: Saying, events: AuditRow[], letters: LetterHistory[]): Entry[] => {
  const fromLetters = letters.flatMap((letter) => linesOf(saying, letter));
  return together([...tell(saying, events), ...fromLetters].sort((a, b) => b.at.localeCompare(a.at)));
};

/** Events in words, in the order given; those without words are left out. */
export const tell = (
  saying: Saying,
  events: AuditRow[],
  lineFor: (event: AuditRow) => Line | undefined = lineOf,
): Entry[] => {
  const messages = messagesIn(events);
  return events.flatMap((event): Entry[] => {
    const line = lineFor(event);
    if (!line) return [];
    const about = messages.get(String(event.data?.messageId)) ?? {};
    const text = inWords(saying, line, { ...event.data, ...about });
    const { id, at, type, actorName: who } = event;
    return [{ id, at, side: line.side, type, text, who, times: 1 }];
  });
};

/** The same thing in a row as one. */
export const together = (entries: Entry[]): Entry[] => {
  const told: Entry[] = [];
  for (const entry of entries) {
    const last = told.at(-1);
    if (last && last.text === entry.text && last.who === entry.who) last.times += 1;
    else told.push({ ...entry });
  }
  return told;
};

type About = { channel?: string; template?: string };

/** What each message was, from the event that asked for it: those that follow name it by its id only. */
const messagesIn = (events: AuditRow[]): Map<string, About> =>
  new Map(
    events
      .filter(({ type }) => type === 'message.asked')
      .map(({ data }) => [
        String(data?.messageId),
        { channel: String(data?.channel), template: String(data?.template) },
      ]),
  );

const inWords = ({ house, language }: Saying, line: Line, data: Record<string, unknown>): string => {
  const { words } = house;
  const known = (key: string, otherwise: string): string =>
    words.say(language, words.has(key) ? key : otherwise);
  const { announcedOn, channel, template } = { ...data, ...line.params };
  return words.say(language, `desk.timeline.${line.words}`, {
    announced: typeof announcedOn === 'string' ? dayInWords(language, announcedOn) : '',
    channel: known(`desk.channels.${String(channel)}`, 'desk.channels.unknown'),
    what: known(`messages.what.${String(template)}`, 'desk.channels.message'),
    unsent: known(`desk.unsent.${line.params?.unsent ?? ''}`, 'desk.unsent.otherwise'),
  });
};

const linesOf = ({ house, language }: Saying, letter: LetterHistory): Entry[] => {
  const { id, reference, printedAt, depositedAt, returned } = letter;
  const say = (words: string, more = {}) =>
    house.words.say(language, `desk.timeline.${words}`, { reference, ...more });
  const back = returned && {
    asked: dayOfMoment(language, letter.askedAt),
    reason: house.words.say(language, `letters.returnReasons.${returned.reason}`),
  };
  return [
    ...moment(id, 'letter.printed', printedAt, say('letter-printed')),
    ...moment(id, 'letter.deposited', depositedAt, say('letter-deposited')),
    ...(back ? moment(id, 'letter.returned', returned.at, say('letter-returned', back)) : []),
  ];
};

const moment = (letterId: string, type: string, at: string | null, text: string): Entry[] =>
  at ? [{ id: `${letterId}:${type}`, at, side: 'print-room', type, text, who: null, times: 1 }] : [];
