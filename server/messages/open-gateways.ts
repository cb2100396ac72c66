import { join } from 'node:path';
import type { Logger } from 'pino';
import type { House } from '../core/ctx.ts';
import { Secret } from '../core/secret.ts';
import { openSmtp } from './email-smtp.ts';
import type { EmailGateway, SmsGateway } from './gateways.ts';
import { isLoopback } from './loopback.ts';
import { openMailbox } from './mailbox.ts';
import { openSmsHttp, readGatewayFile } from './sms-http.ts';
import { openSmpp } from './sms-smpp.ts';

type Settings = {
  production: boolean;
  dataDirectory: string;
  smtpUrl: string | null;
  smsUrl: string | null;
  smsGatewayFile: string | null;
};
const timeoutMs = 10_000;

/**
 * The ways out, each by itself: its gateway where one is set, else outside production the mailbox, else none, and
 * messages by it fail at once.
 *
 * @throws Error when a setting asks for what does not exist.
 */
export const openGateways = (
  settings: Settings,
  clock: () => Date,
  log: Logger,
  gatewayTimeoutMs = timeoutMs,
): Pick<House, 'emailGateway' | 'smsGateway' | 'mailbox' | 'smsReceiptToken'> => {
  const { production, smtpUrl } = settings;
  const described = readGatewayFile(settings.smsGatewayFile);
  const smsUrl = described.url ?? settings.smsUrl;
  const files = production ? undefined : openMailbox(join(settings.dataDirectory, 'mailbox'), clock);
  const isPlain = (url: string | null) =>
    url && /^(smpp|http):/.test(url) && !isLoopback(new URL(url).hostname);
  if (production && !smtpUrl) log.warn('SMTP_URL is not set: every e-mail will fail');
  if (production && !smsUrl) log.warn('SMS_URL is not set: every SMS will fail');
  if (isPlain(smsUrl)) log.warn('SMS_URL is not encrypted: use it over a private line only');

  const smsGateway = smsUrl
    ? /^s?smpp:/.test(smsUrl)
      ? openSmpp(smsUrl, gatewayTimeoutMs)
      : openSmsHttp(smsUrl, described, gatewayTimeoutMs)
    : undefined;
  return {
    emailGateway: (smtpUrl ? openSmtp(smtpUrl, gatewayTimeoutMs) : files?.email) ?? noGateway,
    smsGateway: smsGateway ?? files?.sms ?? noGateway,
    mailbox: smtpUrl && smsUrl ? null : (files?.mailbox ?? null),
    smsReceiptToken: described.receipts ? new Secret(described.receipts.token) : null,
  };
};

const noGateway: EmailGateway & SmsGateway = {
  cannotTake: () => 'no-gateway',
  send: async () => ({ as: 'refused', problem: 'no-gateway' }),
  close: async () => undefined,
};
