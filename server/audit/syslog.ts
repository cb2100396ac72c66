import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { connect, type Socket as TcpSocket } from 'node:net';
import { hostname } from 'node:os';

/** Where lines are carried: calls back once the line has left this process, or with why it did not. */
export type Carrier = {
  send: (line: string, done: (error?: Error | null) => void) => void;
  close: () => void;
};

/** `syslog://host:port` (UDP, RFC 5426) or `syslog+tcp://host:port` (TCP with counted octets, RFC 6587); port 514. */
export const carrierTo = (address: string): Carrier => {
  const { protocol, hostname: host, port } = new URL(address);
  const to = { host: host.replace(/^\[|\]$/g, ''), port: Number(port || 514) };
  return protocol === 'syslog+tcp:' ? tcpCarrier(to) : udpCarrier(to);
};

/** One message (RFC 5424): facility 13, log audit; severity 5, notice. Control characters never stand in `text`. */
export const syslogLine = (id: string, at: string, text: string): string =>
  `<${13 * 8 + 5}>1 ${at} ${hostname()} guichet ${process.pid} ${id} - ${text}`;

type Place = { host: string; port: number };

const udpCarrier = ({ host, port }: Place): Carrier => {
  let socket: UdpSocket | null = null;
  return {
    send: (line, done) => {
      socket ??= createSocket({ type: host.includes(':') ? 'udp6' : 'udp4' })
        .on('error', () => undefined)
        .unref();
      socket.send(line, port, host, done);
    },
    close: () => {
      socket?.close();
      socket = null;
    },
  };
};

const tcpCarrier = (to: Place): Carrier => {
  let socket: TcpSocket | null = null;
  const open = (): TcpSocket => {
    const made = connect(to).setKeepAlive(true, 10_000);
    // A server that goes away is told by what is then sent; until then nobody waits.
    made
      .on('error', () => undefined)
      .on('close', () => {
        if (socket === made) socket = null;
      });
    made.resume().unref();
    return made;
  };
  return {
    send: (line, done) => {
      socket ??= open();
      socket.write(`${Buffer.byteLength(line)} ${line}`, done);
    },
    close: () => {
      socket?.destroySoon();
      socket = null;
    },
  };
};
