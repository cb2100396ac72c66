import MailComposer from 'nodemailer/lib/mail-composer';
import type { EmailToSend } from './gateways.ts';

/**
 * An e-mail as it goes over the wire: text and HTML, from the organisation, to one address. The Message-ID is the
 * message's own, the same in every attempt. No header holds what a member typed; what they hold, nodemailer encodes.
 */
export const composeEmail = (email: EmailToSend): Promise<Buffer> => {
  const domain = email.from.address.split('@').at(-1) ?? 'localhost';
  const node = new MailComposer({
    from: email.from,
    to: { name: '', address: email.to },
    subject: email.subject,
    text: email.text,
    html: email.html,
    messageId: `<${email.id}@${domain}>`,
    // Holidays and vacation robots do not answer it (RFC 3834).
    headers: { 'Auto-Submitted': 'auto-generated' },
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return new Promise((resolve, reject) =>
    node.build((error, built) => (error ? reject(error) : resolve(built))),
  );
};
