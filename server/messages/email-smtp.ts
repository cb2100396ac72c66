import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { composeEmail } from './email-composing.ts';
import { isLoopback } from './loopback.ts';
import type { EmailGateway, EmailToSend, SendOutcome } from './gateways.ts';

/**
 * E-mail over SMTP. `url`: `smtps://user:password@host:port`, or `smtp://` with STARTTLS, which is required but on
 * loopback; `?tls=none` does without, `?tls=required` insists on loopback too, `?ca=<file>` trusts an authority of
 * one's own (PEM). Certificates are verified. One connection for each message, so that a message that got lost on
 * the way is never sent again behind the outbox's back.
 *
 * @throws Error when the URL asks for what does not exist.
 */
export const openSmtp = (url: string, timeoutMs: number): EmailGateway => {
  const options = optionsOf(new URL(url), timeoutMs);
  const login = loginOf(new URL(url));
  return {
    send: async (email) => {
      if (!isOneAddress(email.to)) return { as: 'refused', problem: 'bad-destination' };
      const message = await composeEmail(email);
      return new Promise((resolve) => sendOver(new SMTPConnection(options), login, email, message, resolve));
    },
    close: async () => undefined,
  };
};

type Login = { user: string; pass: string } | undefined;

const sendOver = (
  connection: SMTPConnection,
  login: Login,
  { from, to }: EmailToSend,
  message: Buffer,
  settle: (outcome: SendOutcome) => void,
): void => {
  // Read to its end only once the server has asked for it: from then on the message may have left.
  const body = Readable.from([message]);
  let mayHaveLeft = false;
  body.once('end', () => (mayHaveLeft = true));
  const failed = (error: SMTPConnection.SMTPError): void => {
    connection.close();
    settle(outcomeOf(error, mayHaveLeft));
  };
  const send = (): void =>
    connection.send({ from: from.address, to: [to] }, body, (error) => {
      if (error) return failed(error);
      connection.quit();
      settle({ as: 'accepted', reference: null });
    });

  connection.on('error', failed);
  connection.connect((error) => {
    if (error) return failed(error);
    if (!login) return send();
    connection.login({ credentials: login }, (refused) => (refused ? failed(refused) : send()));
  });
};

/** What a failure means for the message: see `SendOutcome`. */
const outcomeOf = (error: SMTPConnection.SMTPError, mayHaveLeft: boolean): SendOutcome => {
  const { code, command = '', responseCode } = error;
  const aboutMessage = ['MAIL FROM', 'RCPT TO', 'DATA'].includes(command);
  if (responseCode && aboutMessage) {
    return responseCode >= 500
      ? { as: 'refused', problem: 'refused' }
      : { as: 'later', problem: 'gateway-busy' };
  }
  if (mayHaveLeft) return { as: 'unknown', problem: 'no-answer' };
  if (code === 'EAUTH' || code === 'ETLS' || code === 'ESOCKET' || responseCode) {
    return { as: 'later', problem: isRefusedConnection(error) ? 'gateway-down' : 'gateway-settings' };
  }
  return { as: 'later', problem: aboutMessage ? 'gateway-busy' : 'gateway-down' };
};

const isRefusedConnection = (error: SMTPConnection.SMTPError): boolean =>
  /ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|EPIPE/.test(`${error.message} ${error.response ?? ''}`) ||
  error.responseCode === 421;

const optionsOf = (url: URL, timeoutMs: number): SMTPConnection.Options => {
  const tls = url.searchParams.get('tls') ?? (isLoopback(url.hostname) ? 'none' : 'required');
  if (!['none', 'required'].includes(tls)) throw new Error('SMTP_URL: tls is "required" or "none".');
  const ca = url.searchParams.get('ca');
  const isSecure = url.protocol === 'smtps:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || (isSecure ? 465 : 587)),
    secure: isSecure,
    requireTLS: !isSecure && tls === 'required',
    ignoreTLS: !isSecure && tls === 'none',
    tls: { minVersion: 'TLSv1.2', rejectUnauthorized: true, ...(ca && { ca: readFileSync(ca) }) },
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    logger: false,
  };
};

const loginOf = ({ username, password }: URL): Login =>
  username ? { user: decodeURIComponent(username), pass: decodeURIComponent(password) } : undefined;

// What is on file has been read as an address; what would make it several, or a header, is refused all the same.
const isOneAddress = (address: string): boolean =>
  /^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(address);
