import { readFileSync } from 'node:fs';
import { connect, type Pdu, type Session } from 'smpp';

/** Why there is no line: the operator cannot be reached, or refuses who we are. */
export type NoLine = 'gateway-down' | 'gateway-settings';
export type Line = {
  /**
   * Hands a part over. `no-answer` when it may have arrived: `onLate` then hears of an answer that still comes.
   */
  submit: (
    fields: Record<string, unknown>,
    onLate: (answer: Pdu) => void,
  ) => Promise<Pdu | NoLine | 'no-answer'>;
  /** Binds if there is no line and the last try is long enough ago. */
  stayBound: () => void;
  close: () => Promise<void>;
};

const enquireEveryMs = 30_000;
const tryAgainAfterMs = 30_000;

/**
 * One bound session with an operator (SMPP 3.4), opened when it is first needed and again after it broke. `url`:
 * `smpp://system-id:password@host:port`, `ssmpp://` over TLS with the certificate verified; `?ca=<file>`,
 * `?systemType=…`.
 */
export const openLine = (url: string, timeoutMs: number, onDeliver: (pdu: Pdu) => void): Line => {
  const { options, bindAs } = readUrl(new URL(url));
  let bound: Session | undefined;
  let binding: Promise<Session | NoLine> | undefined;
  let triedAt = Number.NEGATIVE_INFINITY;
  const unanswered = new Set<() => void>();

  const lineUp = async (): Promise<Session | NoLine> => {
    if (bound) return bound;
    triedAt = performance.now();
    binding ??= bind(options, bindAs, timeoutMs).finally(() => (binding = undefined));
    const session = await binding;
    if (typeof session !== 'string' && session !== bound) keep(session);
    return session;
  };

  const keep = (session: Session): void => {
    bound = session;
    const lost = (): void => {
      clearInterval(enquiring);
      if (bound === session) bound = undefined;
      for (const giveUp of [...unanswered]) giveUp();
    };
    const enquiring = setInterval(() => enquire(session, timeoutMs), enquireEveryMs);
    enquiring.unref();
    session.on('close', lost);
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('deliver_sm', (pdu: Pdu) => {
      session.send(pdu.response());
      onDeliver(pdu);
    });
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      session.close();
    });
    if (session.socket.destroyed) lost();
  };

  return {
    submit: async (fields, onLate) => {
      const session = await lineUp();
      if (typeof session === 'string') return session;
      return new Promise((resolve) => {
        let isOver = false;
        const end = (answer: Pdu | NoLine | 'no-answer'): void => {
          if (isOver) return;
          isOver = true;
          clearTimeout(timer);
          unanswered.delete(giveUp);
          resolve(answer);
        };
        const giveUp = (): void => end('no-answer');
        const timer = setTimeout(giveUp, timeoutMs);
        unanswered.add(giveUp);
        const isWritten = session.submit_sm(fields, (pdu) => (isOver ? onLate(pdu) : end(pdu)));
        if (!isWritten) end('gateway-down');
      });
    },
    stayBound: () => {
      if (bound || binding || performance.now() - triedAt < tryAgainAfterMs) return;
      // Whoever sends next is told why it failed.
      lineUp().catch(() => undefined);
    },
    close: async () => {
      const session = bound ?? (await binding);
      if (session && typeof session !== 'string') await hangUp(session, timeoutMs);
    },
  };
};

const bind = (
  options: Record<string, unknown>,
  bindAs: Record<string, unknown>,
  timeoutMs: number,
): Promise<Session | NoLine> =>
  new Promise((resolve) => {
    const session = connect(options);
    const end = (result: Session | NoLine): void => {
      clearTimeout(timer);
      if (typeof result === 'string') session.destroy();
      resolve(result);
    };
    const timer = setTimeout(() => end('gateway-down'), timeoutMs);
    // What the library throws while it reads, too: such a line is of no more use.
    session.on('error', (error: NodeJS.ErrnoException) => {
      session.destroy();
      end(
        /^(ECONN|EHOST|ENET|ENOTFOUND|EAI|ETIMEDOUT|EPIPE)/.test(error.code ?? '')
          ? 'gateway-down'
          : 'gateway-settings',
      );
    });
    session.on('close', () => end('gateway-down'));
    session.on(options.tls ? 'secureConnect' : 'connect', () => {
      session.bind_transceiver(bindAs, (pdu) => end(pdu.command_status === 0 ? session : 'gateway-settings'));
    });
  });

/** A line on which nothing answers any more is given up. */
const enquire = (session: Session, timeoutMs: number): void => {
  const timer = setTimeout(() => session.destroy(), timeoutMs);
  timer.unref();
  if (!session.enquire_link({}, () => clearTimeout(timer))) session.destroy();
};

const hangUp = (session: Session, timeoutMs: number): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => session.destroy(), Math.min(timeoutMs, 1_000));
    session.on('close', () => {
      clearTimeout(timer);
      resolve();
    });
    if (session.socket.destroyed || !session.unbind({}, () => session.close())) {
      session.destroy();
      clearTimeout(timer);
      resolve();
    }
  });

const readUrl = (url: URL) => {
  const tls = url.protocol === 'ssmpp:';
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const ca = url.searchParams.get('ca');
  return {
    options: {
      host,
      port: Number(url.port || (tls ? 3550 : 2775)),
      tls,
      ...(tls && { servername: host, minVersion: 'TLSv1.2', rejectUnauthorized: true }),
      ...(ca && { ca: readFileSync(ca) }),
    },
    bindAs: {
      system_id: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      system_type: url.searchParams.get('systemType') ?? '',
      interface_version: 0x34,
    },
  };
};
