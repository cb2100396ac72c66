import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { placeholdersIn, readOwnTemplate, readTemplateFile } from '../core/template.ts';
import type { Language } from '../core/words.ts';
import { messageTemplates, type MessageTemplate, type SecretTemplate } from './messages.schema.ts';

const MessageText = z.strictObject({
  email: z.strictObject({
    subject: z.string(),
    /** Paragraphs. One that is a link or a secret alone is drawn as such. */
    text: z.array(z.string()).min(1),
    /** What the button says that leads where the link leads. */
    button: z.string().optional(),
  }),
  sms: z.string().optional(),
});
/** One message's words in one language, placeholders still in them. */
export type MessageText = z.infer<typeof MessageText>;

/** Known of every organisation, from its file. */
export const standardPlaceholders = [
  'organisation',
  'portalName',
  'portalAddress',
  'forgotten',
  'codeName',
  'service',
  'phone',
  'email',
  'openingHours',
] as const;

/** What each message tells besides; the first of each is what it must tell. */
const ofTemplate: Record<MessageTemplate, readonly [string, ...string[]]> = {
  'reset-link': ['link', 'life'],
  code: ['code', 'life', 'what'],
  'temporary-password': ['password', 'life'],
  'caller-code': ['code', 'life'],
  'notice-unblocked': ['notMe', 'day', 'time'],
  'notice-recovery': ['notMe', 'day', 'time'],
  'notice-letter': ['notMe', 'day', 'time', 'posting', 'announced'],
  'notice-letter-posted': ['notMe', 'day', 'time', 'posted', 'earliest', 'latest'],
  'notice-password-changed': ['notMe', 'day', 'time'],
  'notice-contact-changed': ['notMe', 'day', 'time', 'what'],
};
const secrets: Record<SecretTemplate, string> = {
  'reset-link': 'link',
  code: 'code',
  'temporary-password': 'password',
  'caller-code': 'code',
};
/** Shown on its own, so that it is found and copied without fault. */
export const linkBlocks = ['{{link}}', '{{notMe}}'];
export const secretBlocks = ['{{code}}', '{{password}}'];

/**
 * Reads `<directory>/<template>/{fr,en}.yaml` and every organisation's own words in `<directory>/<organisation>/…`.
 * @throws Error naming file and line, or file and key: an unknown placeholder, a secret where none may stand, a
 * message that does not carry what it is for.
 */
export const readMessageTemplates = (
  directory: string,
): ((organisationId: string, template: MessageTemplate, language: Language) => MessageText) => {
  const folders = readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() && !isTemplate(entry.name) ? [entry.name] : [],
  );
  for (const folder of folders) assertKnown(directory, folder);

  const read = (folder: string, template: MessageTemplate, language: Language): MessageText => {
    const known = [...standardPlaceholders, ...ofTemplate[template]];
    const common = readTemplateFile(join(directory, template, `${language}.yaml`), known);
    const file = join(directory, folder, template, `${language}.yaml`);
    const text = readOwnTemplate(file, common, known, MessageText);
    assertWhole(file, template, text);
    return text;
  };
  const all = new Map(
    ['', ...folders].flatMap((folder) =>
      messageTemplates.flatMap((template) =>
        (['fr', 'en'] as const).map(
          (language) => [key(folder, template, language), read(folder, template, language)] as const,
        ),
      ),
    ),
  );
  return (organisationId, template, language) => {
    const own = all.get(key(organisationId, template, language)) ?? all.get(key('', template, language));
    if (!own) throw new Error(`No message is named ${template}.`);
    return own;
  };
};

const key = (folder: string, template: MessageTemplate, language: Language): string =>
  [folder, template, language].join('/');

const isTemplate = (name: string): name is MessageTemplate =>
  (messageTemplates as readonly string[]).includes(name);

const assertKnown = (directory: string, folder: string): void => {
  const unknown = readdirSync(join(directory, folder)).find((name) => !isTemplate(name));
  if (unknown === undefined) return;
  throw new Error(
    `${join(directory, folder, unknown)}: no such message. Known: ${messageTemplates.join(', ')}.`,
  );
};

// A subject is shown on locked screens, and kept in lists that nobody guards.
const assertWhole = (file: string, template: MessageTemplate, { email, sms }: MessageText): void => {
  const [needed] = ofTemplate[template];
  const secret = Object.values(secrets).find((name) =>
    placeholdersIn(`${email.subject} ${email.button ?? ''}`).includes(name),
  );
  if (secret) throw new Error(`${file}: email.subject: {{${secret}}} may stand in the text alone.`);
  if (!placeholdersIn(email.text.join('\n')).includes(needed)) {
    throw new Error(`${file}: email.text: {{${needed}}} is missing.`);
  }
  if (sms === undefined) return;
  const inSms = placeholdersIn(sms);
  const linkInSms = inSms.find((name) => linkBlocks.includes(`{{${name}}}`));
  if (linkInSms) throw new Error(`${file}: sms: {{${linkInSms}}} is for e-mails; an SMS carries no link.`);
  const isSecret = needed !== 'notMe';
  if (isSecret && !inSms.includes(needed)) throw new Error(`${file}: sms: {{${needed}}} is missing.`);
};
