import type { AuditRow } from '../audit/audit.schema.ts';
import type { House } from '../core/ctx.ts';
import { dayInWords } from '../core/days.ts';
import type { Language } from '../core/words.ts';
import type { LetterHistory } from '../letters/letters.service.ts';
import type { MemberPage } from './desk.schema.ts';

type Entry = MemberPage['timeline'][number];

/** Events that say something of the member's way in; looks and searches are for the audit. */
const told: Record<string, { side: Entry['side']; words: (data: Record<string, unknown>) => string }> = {
  'account.sign-in-failed': {
    side: 'member',
    words: ({ secret, why }) => failedWords(String(secret), String(why)),
  },
  'account.signed-in': { side: 'member', words: ({ secret }) => `signed-in-${String(secret)}` },
  'account.locked': { side: 'member', words: () => 'locked' },
  'account.password-changed': { side: 'member', words: () => 'password-changed' },
  'account.unblocked': { side: 'desk', words: () => 'unblocked' },
  'letter.requested': { side: 'desk', words: () => 'letter-requested' },
  'letter.cancelled': { side: 'desk', words: () => 'letter-cancelled' },
  'letter.refused': { side: 'print-room', words: () => 'letter-refused' },
  'letter.spoiled': { side: 'print-room', words: () => 'letter-spoiled' },
  'member.nir-revealed': { side: 'desk', words: () => 'nir-revealed' },
};

/** What happened, newest first, from the member's side and ours; the same thing in a row is told once. */
export const makeTimeline = (
  { house, language }: { house: House; language: Language },
  events: AuditRow[],
  letters: LetterHistory[],
): Entry[] => {
  const say = (key: string, params = {}) => house.words.say(language, `desk.timeline.${key}`, params);
  const fromEvents = events.flatMap((event): Entry[] => {
    const line = told[event.type];
    if (!line) return [];
    const data = event.data ?? {};
    const announced = typeof data.announcedOn === 'string' ? dayInWords(language, data.announcedOn) : '';
    return [
      {
        id: event.id,
        at: event.at,
        side: line.side,
        type: event.type,
        text: say(line.words(data), { announced }),
        who: event.actorName,
        times: 1,
      },
    ];
  });
  const fromLetters = letters.flatMap(({ id, reference, printedAt, depositedAt }): Entry[] => [
    ...moment(id, 'letter.printed', printedAt, say('letter-printed', { reference })),
    ...moment(id, 'letter.deposited', depositedAt, say('letter-deposited', { reference })),
  ]);
  return together([...fromEvents, ...fromLetters].sort((a, b) => b.at.localeCompare(a.at)));
};

const failedWords = (secret: string, why: string): string => {
  if (why === 'over-limit') return 'refused-locked';
  if (secret === 'temporary') return why === 'wrong' ? 'wrong-temporary' : `temporary-${why}`;
  return 'wrong-password';
};

const moment = (letterId: string, type: string, at: string | null, text: string): Entry[] =>
  at ? [{ id: `${letterId}:${type}`, at, side: 'print-room', type, text, who: null, times: 1 }] : [];

const together = (entries: Entry[]): Entry[] => {
  const told: Entry[] = [];
  for (const entry of entries) {
    const last = told.at(-1);
    if (last && last.text === entry.text && last.who === entry.who) last.times += 1;
    else told.push({ ...entry });
  }
  return told;
};
