import type { Client } from './client.ts';

export type Heard = { id: number; type: string };

/** One open page: what it hears over a real connection, as it comes. */
export type Ear = {
  status: number;
  headers: Headers;
  /** Every byte so far. */
  text: () => string;
  /** The events so far, without the one that says that there are no more. */
  heard: () => Heard[];
  /** Waits until what was heard is as wanted, and fails the test when the connection ends before. */
  until: (isThere: (ear: Ear) => boolean) => Promise<void>;
  /** Waits for the server's end of it: with a farewell, or to be asked again. */
  ended: () => Promise<'over' | 'for now'>;
  hangUp: () => void;
};

const mostSeconds = 20;

/** Opens `/members/:id/events` as the console does, at `url`, with the cookies of `client`. */
export const listenTo = async (
  url: string,
  client: Client,
  memberId: string,
  more: Record<string, string> = {},
): Promise<Ear> => {
  const connection = new AbortController();
  const cookie = [...client.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
  const response = await fetch(`${url}/api/members/${memberId}/events`, {
    headers: { accept: 'text/event-stream', cookie, ...more },
    signal: connection.signal,
  });

  let text = '';
  let isOpen = true;
  let told = (): void => undefined;
  const decoder = new TextDecoder();
  const read = async (): Promise<void> => {
    try {
      for await (const bytes of response.body ?? []) {
        text += decoder.decode(bytes as Uint8Array, { stream: true });
        told();
      }
    } catch {
      // Cut off, by the test itself or by the server.
    }
    isOpen = false;
    told();
  };
  void read();

  const wait = (isDone: () => boolean, what: string): Promise<void> =>
    new Promise((resolve, reject) => {
      const tooLong = setTimeout(
        () => reject(new Error(`${what} in vain; heard: ${text}`)),
        mostSeconds * 1_000,
      );
      told = () => {
        if (!isDone() && isOpen) return;
        clearTimeout(tooLong);
        if (isDone()) resolve();
        else reject(new Error(`The connection ended; heard: ${text}`));
      };
      told();
    });

  const ear: Ear = {
    status: response.status,
    headers: response.headers,
    text: () => text,
    heard: () =>
      [...text.matchAll(/^id: (\d+)\ndata: (.+)\n\n/gm)].map(([, id, data]) => {
        const event = JSON.parse(data ?? '') as { type: string };
        return { id: Number(id), type: event.type };
      }),
    until: (isThere) => wait(() => isThere(ear), 'Listened'),
    ended: async () => {
      await wait(() => !isOpen, 'Waited for the end');
      return text.endsWith('event: over\ndata: {}\n\n') ? 'over' : 'for now';
    },
    hangUp: () => connection.abort(),
  };
  return ear;
};

/** The types heard, once one of `type` is among them. */
export const heardUpTo = async (ear: Ear, type: string): Promise<string[]> => {
  await ear.until(() => ear.heard().some((one) => one.type === type));
  return ear.heard().map((one) => one.type);
};
