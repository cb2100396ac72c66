import type { Policy } from '../organisations/policy.schema.ts';
import type { MessageText } from './message-template.ts';
import type { MessageWords } from './message-words.ts';
import { messageTemplates, type MessageTemplate } from './messages.schema.ts';
import { countSms } from './sms-text.ts';

type Loaded = {
  textOf: (organisationId: string, template: MessageTemplate, language: 'fr' | 'en') => MessageText;
  render: MessageWords['render'];
};

/**
 * Draws every SMS of every organisation with the longest values it can have.
 * @throws Error listing each that needs more segments than the organisation's file allows, with what makes it long.
 */
export const assertSmsFit = (policies: Policy[], { textOf, render }: Loaded): void => {
  const problems = policies.flatMap((policy) =>
    messageTemplates.flatMap((template) =>
      (['fr', 'en'] as const).flatMap((language) => {
        if (textOf(policy.id, template, language).sms === undefined) return [];
        const asked = { template, channel: 'sms', language, params: longestOf(policy, template) } as const;
        return problemOf(policy, `${template} (${language})`, render(policy, asked).text);
      }),
    ),
  );
  if (problems.length > 0) throw new Error(`SMS too long for their organisations:\n${problems.join('\n')}`);
};

const problemOf = (policy: Policy, name: string, text: string): string[] => {
  const { encoding, length, segments, foreign } = countSms(text);
  if (segments <= policy.sms.maxSegments) return [];
  const why = foreign.length > 0 ? `; not in the GSM alphabet: ${foreign.join(' ')}` : '';
  return [
    `${policy.id} ${name}: ${segments} segments (${encoding}, ${length} signs), at most ${policy.sms.maxSegments}${why}`,
  ];
};

const longestOf = (policy: Policy, template: MessageTemplate): Record<string, string> => ({
  code: '8'.repeat(policy.code.digits),
  password: 'MMMM-MMMM-MMMMM',
  minutes: String(template === 'code' || template === 'caller-code' ? policy.code.lifetimeMinutes : 10),
  day: '30/09/2026',
  time: '23h59',
  posting: '30/09/2026',
  announced: '30/09/2026',
  posted: '30/09/2026',
  earliest: '30/09/2026',
  latest: '30/09/2026',
  what: 'téléphone portable',
});
