import { useEffect, useState } from 'react';
import type { MailboxMessage } from '../../../server/messages/messages.schema.ts';
import { pageData } from '../page-data.ts';
import type { DemoData } from './Demo.tsx';

/** Messages as they would have gone out, newest first. */
export const Mailbox = ({ demo: { texts, portals } }: { demo: DemoData }) => {
  const [messages, setMessages] = useState<MailboxMessage[] | null>(null);
  const [failed, setFailed] = useState(false);
  const load = (): void =>
    void fetchMessages().then(
      (found) => {
        setFailed(false);
        setMessages(found);
      },
      () => setFailed(true),
    );
  useEffect(load, []);
  const nameOf = (organisation: string) => portals.find(({ id }) => id === organisation)?.name;
  return (
    <section aria-label={texts.mailbox}>
      <button type="button" className="button button-quiet" onClick={load}>
        {texts.reload}
      </button>
      <p role="status">{failed ? pageData.trouble : messages?.length === 0 ? texts.empty : ''}</p>
      <ul className="mailbox">
        {messages?.map((message) => (
          <li key={message.id} className="message">
            <h2>{message.subject ?? message.channel.toUpperCase()}</h2>
            <p className="quiet">
              {inParis(message.at)} – {texts.from} {message.from}, {texts.to} {message.to} (
              {nameOf(message.organisationId)})
            </p>
            <p className="message-text">{withLinks(message.text)}</p>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** As the messages themselves tell moments, wherever this browser is. */
const inParis = (at: string): string =>
  new Date(at).toLocaleString(document.documentElement.lang === 'en' ? 'en-GB' : 'fr-FR', {
    dateStyle: 'short',
    timeStyle: 'short',
    timeZone: 'Europe/Paris',
  });

const fetchMessages = async (): Promise<MailboxMessage[]> => {
  const response = await fetch('/api/mailbox', { cache: 'no-store' });
  if (!response.ok) throw new Error('The mailbox cannot be read.');
  return (await response.json()) as MailboxMessage[];
};

const withLinks = (text: string) =>
  text.split(/(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/).map((part, at) =>
    at % 2 === 1 ? (
      <a key={at} href={part}>
        {part}
      </a>
    ) : (
      part
    ),
  );
