import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { createServer as createSmppServer, type Pdu, type Session } from 'smpp';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { listen } from './loopback.ts';

const certificates = join(import.meta.dirname, 'tls');
/** The authority that signed the certificate of `localhost`: what `?ca=` is to name. */
export const authority = join(certificates, 'authority.pem');
const certificate = {
  key: readFileSync(join(certificates, 'localhost.key')),
  cert: readFileSync(join(certificates, 'localhost.pem')),
};

export type ReceivedEmail = {
  from: string;
  to: string[];
  subject: string;
  text: string;
  html: string;
  messageId: string;
  headers: Record<string, string>;
};

/**
 * `silent` never greets; `hang-after-dot` has the message and never answers; `drop-after-dot` has it and hangs up;
 * `late-after-dot` answers when the test says so; `busy…` answer 4xx and `refuse…` 5xx.
 */
export type SmtpBehaviour =
  | 'accept'
  | 'silent'
  | 'busy'
  | 'refuse'
  | 'busy-after-dot'
  | 'refuse-after-dot'
  | 'hang-after-dot'
  | 'drop-after-dot'
  | 'late-after-dot';

/** A real mail server on loopback, whose behaviour a test chooses; `received` is what its readers find. */
export const startSmtp = async ({ tls, login }: { tls?: 'smtps' | 'starttls'; login?: string } = {}) => {
  const received: ReceivedEmail[] = [];
  const late: (() => void)[] = [];
  const waiting: (() => void)[] = [];
  let behaviour: SmtpBehaviour = 'accept';
  let isSecured = false;
  const answer = (code: number): Error =>
    Object.assign(new Error('as the test chose'), { responseCode: code });
  const options: SMTPServerOptions = {
    ...(tls ? certificate : {}),
    secure: tls === 'smtps',
    disabledCommands: tls === 'starttls' ? [] : ['STARTTLS'],
    authOptional: login === undefined,
    disableReverseLookup: true,
    closeTimeout: 10,
    onAuth: ({ username, password }, _session, done) =>
      `${username}:${password}` === login ? done(null, { user: username }) : done(answer(535)),
    onConnect: (_session, done) => void (behaviour === 'silent' || done()),
    onRcptTo: (_address, _session, done) => {
      if (behaviour === 'busy' || behaviour === 'refuse')
        return done(answer(behaviour === 'busy' ? 451 : 550));
      return done();
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        isSecured = session.secure;
        if (behaviour === 'busy-after-dot') return done(answer(452));
        if (behaviour === 'refuse-after-dot') return done(answer(554));
        const envelope = {
          from: session.envelope.mailFrom ? session.envelope.mailFrom.address : '',
          to: session.envelope.rcptTo.map(({ address }) => address),
        };
        return void readEmail(Buffer.concat(chunks), envelope).then((email) => {
          received.push(email);
          for (const told of waiting.splice(0)) told();
          if (behaviour === 'drop-after-dot') return cut(session.remotePort);
          if (behaviour === 'late-after-dot') return void late.push(() => done());
          if (behaviour !== 'hang-after-dot') done();
        });
      });
    },
  };
  const open = async (port?: number) => {
    const smtp = new SMTPServer(options);
    smtp.on('error', () => undefined);
    return { ...(await listen(smtp.server, port)), smtp };
  };
  const cut = (remotePort: number): void => {
    for (const connection of running.smtp.connections as Set<{ _socket: Socket }>) {
      if (connection._socket.remotePort === remotePort) connection._socket.destroy();
    }
  };
  let running = await open();
  const { port } = running;
  return {
    url: `${tls === 'smtps' ? 'smtps' : 'smtp'}://${login ? `${login}@` : ''}localhost:${port}`,
    received,
    behave: (next: SmtpBehaviour) => void (behaviour = next),
    isSecured: () => isSecured,
    /** The next message is with it; the sender may not know yet. */
    arrival: () => new Promise<void>((resolve) => waiting.push(resolve)),
    /** The answers that `late-after-dot` kept back. */
    answerLate: () => late.splice(0).forEach((answer) => answer()),
    stop: () => running.stop(),
    start: async () => void (running = await open(port)),
  };
};
export type SmtpGateway = Awaited<ReturnType<typeof startSmtp>>;

const readEmail = async (raw: Buffer, envelope: { from: string; to: string[] }): Promise<ReceivedEmail> => {
  const { subject = '', text = '', html = '', messageId = '', headers } = await PostalMime.parse(raw);
  const byName = Object.fromEntries(headers.map(({ key, value }) => [key, value]));
  return { ...envelope, subject, text, html: html || '', messageId, headers: byName };
};

export type ReceivedSms = {
  to: string;
  from: string;
  text: string;
  parts: number;
  coding: number;
  id: string;
};

/** `hang` has the message and never answers; `drop` has it and hangs up; `late` answers when the test says so. */
export type SmppBehaviour = 'accept' | 'busy' | 'refuse' | 'hang' | 'drop' | 'twice' | 'late';

/** A real SMPP 3.4 server on loopback: `SMS_URL` is its `url`. */
export const startSmpp = async ({ password = 'sesame' } = {}) => {
  const received: ReceivedSms[] = [];
  const sessions = new Set<Session>();
  const partsSoFar: Pdu[] = [];
  const late: (() => void)[] = [];
  let behaviour: SmppBehaviour = 'accept';
  let lastId = 0;

  const take = (session: Session, pdu: Pdu): void => {
    const id = `op-${(lastId += 1)}`;
    const answer = (): unknown => session.send(pdu.response({ message_id: id }));
    if (behaviour === 'busy') return void session.send(pdu.response({ command_status: 0x58 }));
    if (behaviour === 'refuse') return void session.send(pdu.response({ command_status: 0x0b }));
    partsSoFar.push(pdu);
    if (partsSoFar.length === (pdu.short_message?.udh?.[0]?.[3] ?? 1)) {
      received.push(wholeSms(partsSoFar.splice(0), id));
    }
    if (behaviour === 'drop') return session.destroy();
    if (behaviour === 'late') return void late.push(answer);
    if (behaviour !== 'hang') answer();
    if (behaviour === 'twice') answer();
  };
  const open = (port?: number) =>
    listen(
      createSmppServer({}, (session) => {
        sessions.add(session);
        session.on('error', () => undefined);
        session.on('close', () => sessions.delete(session));
        session.on('bind_transceiver', (pdu: Pdu) =>
          session.send(pdu.response({ command_status: pdu.password === password ? 0 : 0x0e })),
        );
        session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
        session.on('unbind', (pdu: Pdu) => session.send(pdu.response()));
        session.on('submit_sm', (pdu: Pdu) => take(session, pdu));
      }),
      port,
    );
  let running = await open();
  const { port } = running;
  return {
    url: `smpp://guichet:${password}@127.0.0.1:${port}`,
    received,
    behave: (next: SmppBehaviour) => void (behaviour = next),
    /** The answers that `late` kept back; resolves when they have arrived. */
    answerLate: async () => {
      for (const answer of late.splice(0)) answer();
      await answered(sessions);
    },
    /** Sends a receipt for the operator's id; resolves when it has arrived. */
    receipt: async (id: string, state: 'DELIVRD' | 'UNDELIV') => {
      const short_message = `id:${id} sub:001 dlvrd:001 submit date:2611181000 done date:2611181000 stat:${state} err:000`;
      for (const session of sessions) session.deliver_sm({ esm_class: 4, data_coding: 0, short_message });
      await answered(sessions);
    },
    stop: () => running.stop(),
    start: async () => void (running = await open(port)),
  };
};
export type SmppGateway = Awaited<ReturnType<typeof startSmpp>>;

// Answers come in the order of requests: what was sent before this one has been read.
const answered = async (sessions: Set<Session>): Promise<void> => {
  for (const session of sessions) {
    await new Promise<void>((resolve) => void session.enquire_link({}, () => resolve()));
  }
};

const wholeSms = (parts: Pdu[], id: string): ReceivedSms => {
  const [{ destination_addr: to = '', source_addr: from = '', data_coding: coding = 0 }] = parts as [Pdu];
  const text = parts.map(({ short_message }) => String(short_message?.message ?? '')).join('');
  return { to: `+${to}`, from, text, parts: parts.length, coding, id };
};
