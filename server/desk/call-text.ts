import type { AuditRow } from '../audit/audit.schema.ts';
import type { Call } from '../calls/calls.schema.ts';
import { parisDay } from '../core/calendar.ts';
import type { House } from '../core/ctx.ts';
import { dayInWords, momentInWords, numericDay, timeOfDay } from '../core/days.ts';
import type { Language } from '../core/words.ts';
import type { CallSummary } from './call-summary.schema.ts';

type Saying = { house: House; language: Language };
type Told = Pick<CallSummary, 'call' | 'steps' | 'level' | 'outcome'> & { events: AuditRow[] };

/** A call as one text for a ticket: of people only their quality, of what identifies only the reference. */
export const callInWords = (saying: Saying, told: Told): string => {
  const { call, steps, level, outcome, events } = told;
  const say = (key: string, params: Record<string, string> = {}) =>
    saying.house.words.say(saying.language, `desk.summary.${key}`, params);
  const time = (at: string) => timeOfDay(saying.language, new Date(at));
  const acts = steps.filter(({ type }) => type !== 'member.viewed');
  const list = (title: string, lines: string[]) =>
    lines.length > 0 ? [say(title), ...lines.map((line) => `- ${line}`)] : [];

  return [
    say(call.endedAt ? 'head' : 'headOpen', {
      day: numericDay(saying.language, parisDay(new Date(call.openedAt))),
      opened: time(call.openedAt),
      ended: call.endedAt ? time(call.endedAt) : '',
      channel: say(`channels.${call.channel}`),
    }),
    say('number', { id: call.id }),
    say('caller', { caller: say(`callers.${call.caller}`) }),
    ...(call.reason ? [say('reason', { reason: reasonInWords(saying, call, call.reason) })] : []),
    ...(call.reference ? [say('reference', { reference: call.reference })] : []),
    say('level', { level: saying.house.words.say(saying.language, `verifications.levels.${level}`) }),
    ...list(
      'acts',
      acts.map(({ at, text, times }) => `${time(at)} ${text}${times > 1 ? ` (× ${times})` : ''}`),
    ),
    ...list('promised', promisesIn(saying, events, say)),
    say('outcome', { outcome: say(`outcomes.${outcome}`) }),
  ].join('\n');
};

const reasonInWords = ({ house, language }: Saying, { organisationId }: Call, id: string): string => {
  const policies = house.organisations.all().filter((one) => !organisationId || one.id === organisationId);
  const reasons = policies.flatMap(({ reasons: all }) => Object.values(all).flat());
  return reasons.find((reason) => reason.id === id)?.label[language] ?? id;
};

/** What the caller was told will come, and by when: what was called back since is no promise any more. */
const promisesIn = (
  { language }: Saying,
  events: AuditRow[],
  say: (key: string, params?: Record<string, string>) => string,
): string[] => {
  const cancelled = new Set(
    events.flatMap(({ type, data }) => (type === 'letter.cancelled' ? [data?.letterId] : [])),
  );
  return events.flatMap(({ type, data }): string[] => {
    if (type === 'letter.requested' && data && !cancelled.has(data.letterId))
      return [say('promises.letter', { day: dayInWords(language, String(data.announcedOn)) })];
    if (type === 'callback.owed' && data?.kind === 'promised-call')
      return [say('promises.call', { moment: momentInWords(language, String(data.dueAt)) })];
    return [];
  });
};
