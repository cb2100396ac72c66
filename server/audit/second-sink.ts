import type { ChainHead, House } from '../core/ctx.ts';
import type { Mac } from '../core/hmac.ts';
import { headLine, makeHeadsFile } from './heads-file.ts';
import { carrierTo, syslogLine, type Carrier } from './syslog.ts';

declare module '../core/ctx.ts' {
  interface House {
    /** Lets what is still to be sent to the second sink leave, two seconds at most. */
    closeSecondSink: () => Promise<void>;
  }
}

export type SecondSink = { write: House['chainCommitted']; close: () => Promise<void> };

/**
 * Where heads and checkpoints are kept besides the database: a file here, which verification reads, and with
 * AUDIT_SINK=syslog… a log server too. What the server has not taken waits, 1,000 lines and 5 seconds at most; then
 * this sink is behind, and what is to be audited is refused until it has caught up.
 */
export const makeSecondSink = (sink: string, file: string, mac: Mac): SecondSink => {
  const keep = makeHeadsFile(file, mac);
  if (sink === 'file') return { write: keep, close: async () => undefined };
  const queue = makeQueue(carrierTo(sink));
  let kept: ChainHead | null = null;
  return {
    write: (head) => {
      // A head that waits comes again: it is kept here once.
      if (kept !== head) keep(head);
      kept = head;
      queue.push(syslogLine(head.checkpoint ? 'checkpoint' : 'head', head.at, headLine(mac, head)));
    },
    close: queue.close,
  };
};

const mostLines = 1_000;
const mostMs = 5_000;
const againMs = 500;

const makeQueue = (carrier: Carrier): { push: (line: string) => void; close: () => Promise<void> } => {
  const waiting: { line: string; since: number }[] = [];
  let isSending = false;
  let whenEmpty: (() => void) | null = null;

  const send = (): void => {
    const [first] = waiting;
    if (!first || isSending) return;
    isSending = true;
    carrier.send(first.line, (error) => {
      isSending = false;
      if (error) return void setTimeout(send, againMs).unref();
      waiting.shift();
      if (waiting.length === 0) whenEmpty?.();
      send();
    });
  };

  return {
    push: (line) => {
      const since = performance.now();
      const [oldest] = waiting;
      if (waiting.length >= mostLines || (oldest && since - oldest.since > mostMs)) {
        send();
        throw Object.assign(new Error('The log server does not take the audit’s heads.'), {
          code: 'ESYSLOG',
        });
      }
      waiting.push({ line, since });
      send();
    },
    close: async () => {
      if (waiting.length > 0) await Promise.race([emptied((done) => (whenEmpty = done)), after(2_000)]);
      carrier.close();
    },
  };
};

const emptied = (tell: (done: () => void) => void): Promise<void> => new Promise(tell);

const after = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
