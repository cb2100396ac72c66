import { useSyncExternalStore } from 'react';

/** Pages stand after the #, so that no token in an address ever reaches a server. */
export const useRoute = (): { page: string; token: string } => {
  const hash = useSyncExternalStore(listen, hashNow);
  const [page = '', token = ''] = hash.replace(/^#\/?/, '').split('/');
  return { page, token };
};

export const go = (page: string): void => {
  location.hash = `#/${page}`;
};

/** Goes without leaving the page left behind in the history: its address held a token, or its step is done. */
export const replace = (page: string): void => {
  const path = location.pathname.replace(/\/(france-connect|lettre-temoin)$/, '');
  history.replaceState(null, '', `${path || '/'}#/${page}`);
  dispatchEvent(new HashChangeEvent('hashchange'));
};

// A test letter names its page to be typed by hand: an address without a #.
const hashNow = (): string => {
  if (isFranceConnectReturn()) return '#/retour';
  return location.hash || (location.pathname.endsWith('/lettre-temoin') ? '#/lettre-temoin' : '');
};

const isFranceConnectReturn = (): boolean => location.pathname.endsWith('/france-connect');

const listen = (changed: () => void): (() => void) => {
  addEventListener('hashchange', changed);
  return () => removeEventListener('hashchange', changed);
};
