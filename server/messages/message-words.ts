import { join } from 'node:path';
import { lifeInWords } from '../core/days.ts';
import { fillTemplate, setTypography } from '../core/template.ts';
import type { MessageChannel } from '../core/vocabulary.ts';
import type { Language, Words } from '../core/words.ts';
import { hoursInWords } from '../organisations/opening-hours.ts';
import type { Policy } from '../organisations/policy.schema.ts';
import { readLayout, type Block, type Page } from './message-html.ts';
import {
  linkBlocks,
  readMessageTemplates,
  secretBlocks,
  type MessageText,
  type standardPlaceholders,
} from './message-template.ts';
import type { MessageTemplate } from './messages.schema.ts';
import { assertSmsFit } from './sms-fit.ts';
import { plainForSms } from './sms-text.ts';

export type WordsAsked = {
  template: MessageTemplate;
  channel: MessageChannel;
  language: 'fr' | 'en';
  /** `link`, `code`, `password`, `minutes`, `day`, `time`, `what`, `notMe` …: see templates/messages. */
  params: Record<string, string>;
};
export type RenderedMessage = { subject: string; text: string; html: string };

/** Every message's words, read and checked once at start. For an SMS `subject` and `html` are empty. */
export type MessageWords = {
  render: (policy: Policy, asked: WordsAsked) => RenderedMessage;
  /** An e-mail of an organisation's that is no message to a member: its sentences come from the words. */
  compose: (policy: Policy, page: Omit<Page, 'policy'>) => RenderedMessage;
};

declare module '../core/ctx.ts' {
  interface House {
    messageWords: MessageWords;
  }
}

/**
 * Reads `templates/messages` for these organisations.
 * @throws Error naming file and line, or every SMS that would need more segments than its organisation allows.
 */
export const loadMessageWords = (
  templatesDirectory: string,
  known: { words: Words; policies: Policy[]; portalAddressOf: (policy: Policy) => string },
): MessageWords => {
  const directory = join(templatesDirectory, 'messages');
  const textOf = readMessageTemplates(directory);
  const layout = readLayout(directory);

  const render: MessageWords['render'] = (policy, { template, channel, language, params }) => {
    const text = textOf(policy.id, template, language);
    const standard = standardVariables(policy, known, language);
    const variables = {
      ...standard,
      ...params,
      life: params.minutes ? lifeInWords(language, Number(params.minutes)) : '',
    };
    if (channel === 'sms') return { subject: '', text: smsOf(template, text, variables), html: '' };

    const { email } = text;
    const say = (words: string): string => setTypography(fillTemplate(words, variables), language).trim();
    const title = say(email.subject);
    const blocks = email.text
      .map((words) => blockOf(words.trim(), { email, say, variables }))
      .filter((block) => block.text !== '');
    return written({ language, title, policy, blocks });
  };
  const written = (page: Page): RenderedMessage => ({
    subject: page.title,
    text: `${page.blocks.map((block) => block.text).join('\n\n')}\n`,
    html: layout(page),
  });
  const compose: MessageWords['compose'] = (policy, { language, title, blocks }) => {
    const set = (text: string): string => setTypography(text, language);
    const paragraphs = blocks.map((block) =>
      block.as === 'link' ? block : { ...block, text: set(block.text) },
    );
    return written({ language, title: set(title), policy, blocks: paragraphs });
  };
  assertSmsFit(known.policies, { textOf, render });
  return { render, compose };
};

type Saying = {
  email: MessageText['email'];
  say: (words: string) => string;
  variables: Record<string, string>;
};

const blockOf = (words: string, { email, say, variables }: Saying): Block => {
  if (linkBlocks.includes(words)) {
    const text = fillTemplate(words, variables);
    return { as: 'link', text, button: email.button ? say(email.button) : text };
  }
  if (secretBlocks.includes(words)) return { as: 'secret', text: fillTemplate(words, variables) };
  return { as: 'paragraph', text: say(words) };
};

const smsOf = (
  template: MessageTemplate,
  { sms }: MessageText,
  variables: Record<string, string>,
): string => {
  if (sms === undefined) throw new Error(`The message ${template} has no words for an SMS.`);
  return plainForSms(fillTemplate(sms, variables)).replace(/\s+/g, ' ').trim();
};

const standardVariables = (
  policy: Policy,
  { words, portalAddressOf }: { words: Words; portalAddressOf: (policy: Policy) => string },
  language: Language,
): Record<(typeof standardPlaceholders)[number], string> => ({
  organisation: policy.name,
  portalName: policy.portal.name[language],
  portalAddress: portalAddressOf(policy),
  forgotten: policy.portal.labels.forgottenPassword[language],
  codeName: policy.code.name[language],
  service: policy.help.name[language],
  phone: policy.help.phone ?? '',
  email: policy.help.email ?? '',
  openingHours: hoursInWords({ house: { words }, language }, policy.help.hours).join(' ; '),
});
