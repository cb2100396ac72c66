import { HttpError } from 'react-admin';

/**
 * A round at the identity provider in a window of its own, so that the screen behind it stays as it is. The provider
 * leads that window back to /sso; what it brought is passed on here. Over a channel, since a page that once stood at
 * another site no longer knows who opened it.
 */
const channel = 'guichet-sso';
const longestMs = 5 * 60_000;
const answerMs = 1_000;

type Said = { query: string } | { taken: string };

let giveUp: (() => void) | null = null;

/**
 * Call it in a click: browsers block other windows. Answers the query that the provider gave.
 *
 * Another round may begin at any time, since a closed window cannot be told from one at another site: then the former
 * one never answers.
 *
 * @throws HttpError with a words key when the window is blocked, or nobody comes back.
 */
export const roundAtProvider = async (start: () => Promise<{ url: string }>): Promise<string> => {
  const popup = window.open('', 'guichet-sso', 'popup,width=560,height=720');
  if (!popup) throw new HttpError('ownAccount.sso.blocked', 400);
  giveUp?.();
  try {
    const { url } = await start();
    // It is closed, as far as this page can tell, once another round went through it.
    if (popup.closed) throw new HttpError('ownAccount.sso.notBack', 400);
    const back = comingBack(new URL(url).searchParams.get('state') ?? '');
    popup.location.replace(url);
    return await back;
  } catch (error) {
    popup.close();
    throw error;
  }
};

/** In the window that came back: whether a screen waits for it. */
export const passOn = (query: string): Promise<boolean> =>
  new Promise((resolve) => {
    const wire = new BroadcastChannel(channel);
    const end = (isTaken: boolean) => {
      clearTimeout(timer);
      wire.close();
      resolve(isTaken);
    };
    const timer = setTimeout(() => end(false), answerMs);
    wire.onmessage = ({ data }: MessageEvent<Said>) => {
      if ('taken' in data && data.taken === stateIn(query)) end(true);
    };
    wire.postMessage({ query } satisfies Said);
  });

const comingBack = (state: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const wire = new BroadcastChannel(channel);
    const end = () => {
      clearTimeout(timer);
      wire.close();
      giveUp = null;
    };
    // Nobody waits for it any more: whoever closed the window began another round.
    giveUp = end;
    const timer = setTimeout(() => {
      end();
      reject(new HttpError('ownAccount.sso.notBack', 400));
    }, longestMs);
    wire.onmessage = ({ data }: MessageEvent<Said>) => {
      if (!('query' in data) || stateIn(data.query) !== state) return;
      wire.postMessage({ taken: state } satisfies Said);
      end();
      resolve(data.query);
    };
  });

const stateIn = (query: string): string | null => new URLSearchParams(query).get('state');
