import type { Logger } from 'pino';
import { isLoopback } from '../../messages/loopback.ts';
import { openDirectoryPrinter, openMailHouse } from './directory-printer.ts';
import { openIppPrinter } from './ipp-printer.ts';
import type { Printer } from './printer.ts';
import { openSealer, type Sealer } from './public-keys.ts';

declare module '../../core/ctx.ts' {
  interface House {
    targets: Targets;
  }
}

/** Where lots can be printed besides the browser. */
export type Targets = { printer: Printer | null; mailHouse: Printer | null };

export type TargetSettings = {
  printerUrl: string | null;
  printerKeyFile: string | null;
  mailHouseDirectory: string | null;
  mailHouseKeyFile: string | null;
};

/** Whether PRINTER_URL names a printer on the network; else it is a directory. */
export const isIppUrl = (text: string): boolean => /^ipps?:\/\//.test(text);

/** @throws Error when a key cannot encrypt what a directory receives. */
export const openTargets = async (
  settings: TargetSettings,
  { clock, log, timeoutMs }: { clock: () => Date; log: Logger; timeoutMs?: number },
): Promise<Targets> => {
  const { printerUrl, printerKeyFile, mailHouseDirectory, mailHouseKeyFile } = settings;
  const sealer = async (variable: string, file: string | null) =>
    file === null ? null : openSealer(variable, file, clock);
  const printerSeal = await sealer('PRINTER_KEY_FILE', printerKeyFile);
  const mailHouseSeal = await sealer('MAIL_HOUSE_KEY_FILE', mailHouseKeyFile);
  return {
    printer: printerUrl === null ? null : openPrinter(printerUrl, printerSeal, log, timeoutMs),
    mailHouse:
      mailHouseDirectory !== null && mailHouseSeal ? openMailHouse(mailHouseDirectory, mailHouseSeal) : null,
  };
};

const openPrinter = (
  url: string,
  seal: Sealer | null,
  log: Logger,
  timeoutMs: number | undefined,
): Printer => {
  if (!isIppUrl(url)) return openDirectoryPrinter(url, seal);
  const { protocol, hostname } = new URL(url.replace(/^ipp/, 'http'));
  if (protocol === 'http:' && !isLoopback(hostname))
    log.warn('PRINTER_URL is not encrypted: use it over a private line only');
  return openIppPrinter(url, timeoutMs);
};
