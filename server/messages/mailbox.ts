import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessageChannel } from '../core/vocabulary.ts';
import { composeEmail } from './email-composing.ts';
import type { EmailGateway, Mailbox, SmsGateway } from './gateways.ts';
import type { MailboxMessage } from './messages.schema.ts';

const mostShown = 100;

/**
 * Outside production, in the place of a gateway: each message is a file under `<directory>/<organisation>`, readable
 * by the server's user alone; an e-mail also as `.eml`, as it would have gone out.
 */
export const openMailbox = (
  directory: string,
  clock: () => Date,
): { email: EmailGateway; sms: SmsGateway; mailbox: Mailbox } => {
  let written = 0;
  const keep = async (
    channel: MessageChannel,
    message: { id: string; attempt: number; organisationId: string; to: string; text: string },
    more: Pick<MailboxMessage, 'from' | 'subject'>,
  ): Promise<string> => {
    const folder = join(directory, message.organisationId);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const at = clock().toISOString();
    written += 1;
    // In the order of names they are in the order in which they came.
    const name = `${at.replace(/\D/g, '')}-${String(written).padStart(6, '0')}-${message.id}-${message.attempt}`;
    const { id, organisationId, to, text } = message;
    const shown: MailboxMessage = { id, at, organisationId, channel, to, text, ...more };
    const file = join(folder, name);
    await writeFile(`${file}.part`, `${JSON.stringify(shown, null, 2)}\n`, { mode: 0o600 });
    // Whole or not at all, for whoever lists them meanwhile.
    await rename(`${file}.part`, `${file}.json`);
    return file;
  };

  return {
    email: {
      send: async (email) => {
        const from = `${email.from.name} <${email.from.address}>`;
        const file = await keep('email', email, { from, subject: email.subject });
        await writeFile(`${file}.eml`, await composeEmail(email), { mode: 0o600 });
        return { as: 'accepted', reference: null };
      },
      close: async () => undefined,
    },
    sms: {
      send: async (sms) => {
        await keep('sms', sms, { from: sms.from, subject: null });
        return { as: 'accepted', reference: null };
      },
      close: async () => undefined,
    },
    mailbox: { list: () => listNewest(directory) },
  };
};

const listNewest = async (directory: string): Promise<MailboxMessage[]> => {
  const folders = await entries(directory);
  const names = await Promise.all(
    folders.map(async (folder) =>
      (await entries(join(directory, folder)))
        .filter((name) => name.endsWith('.json'))
        .map((name) => ({ name, path: join(directory, folder, name) })),
    ),
  );
  const newest = names
    .flat()
    .sort((a, b) => (a.name < b.name ? 1 : -1))
    .slice(0, mostShown);
  return Promise.all(
    newest.map(async ({ path }) => JSON.parse(await readFile(path, 'utf8')) as MailboxMessage),
  );
};

const entries = async (directory: string): Promise<string[]> => {
  try {
    return await readdir(directory);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
};
