/** What we use of smpp 0.5, which brings no types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events';
  import type { Server, Socket } from 'node:net';

  export type Pdu = {
    command: string;
    command_status: number;
    sequence_number: number;
    message_id?: string;
    system_id?: string;
    password?: string;
    source_addr?: string;
    destination_addr?: string;
    esm_class?: number;
    data_coding?: number;
    registered_delivery?: number;
    short_message?: { message: string | Buffer; udh?: Buffer[] };
    receipted_message_id?: string;
    message_state?: number;
    user_message_reference?: number;
    response: (fields?: Record<string, unknown>) => Pdu;
  };
  type Answered = (pdu: Pdu) => void;
  export type Session = EventEmitter & {
    socket: Socket;
    bind_transceiver: (fields: Record<string, unknown>, answered: Answered) => boolean;
    submit_sm: (fields: Record<string, unknown>, answered: Answered) => boolean;
    deliver_sm: (fields: Record<string, unknown>, answered?: Answered) => boolean;
    enquire_link: (fields: Record<string, unknown>, answered: Answered) => boolean;
    unbind: (fields: Record<string, unknown>, answered: Answered) => boolean;
    send: (pdu: Pdu) => boolean;
    close: () => void;
    destroy: () => void;
  };
  export const connect: (options: Record<string, unknown>) => Session;
  export const createServer: (
    options: Record<string, unknown>,
    listener: (session: Session) => void,
  ) => Server;
}
