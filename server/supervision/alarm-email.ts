import type { House } from '../core/ctx.ts';
import type { RenderedMessage } from '../messages/message-words.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { alarmInWords } from './alarms.service.ts';
import type { AlarmRow } from './alarms.store.ts';

/** One e-mail that lists these alarms, with the way to the console's page; in the organisation's first language. */
export const alarmEmail = (
  { words, messageWords, publicUrl }: Pick<House, 'words' | 'messageWords' | 'publicUrl'>,
  policy: Policy,
  alarms: AlarmRow[],
  lotNumbers: Map<string, number>,
): RenderedMessage => {
  const language = policy.languages[0] ?? 'fr';
  const say = (key: string) =>
    words.say(language, `alarms.email.${key}`, { count: alarms.length, organisation: policy.name });
  const paragraph = (text: string) => ({ as: 'paragraph' as const, text });
  return messageWords.compose(policy, {
    language,
    title: say(alarms.length === 1 ? 'subjectOne' : 'subject'),
    blocks: [
      paragraph(say('lead')),
      ...alarms.map((alarm) => paragraph(`– ${alarmInWords({ words }, language, alarm, lotNumbers)}`)),
      { as: 'link' as const, text: `${publicUrl}/#/alarms`, button: say('button') },
      paragraph(say('after')),
    ],
  });
};
