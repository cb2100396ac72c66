import { useSyncExternalStore } from 'react';
import type { Me } from '../../server/agents/agents.schema.ts';

type Session = {
  me: Me | null;
  /** The server has forgotten us: the password is asked over the unchanged screen. */
  isAsking: boolean;
};

type Waiting = { resolve: () => void; reject: (reason: unknown) => void };

let current: Session = { me: null, isAsking: false };
let waiting: Waiting[] = [];
const listeners = new Set<() => void>();

export const sessionNow = (): Session => current;

export const useSession = (): Session => useSyncExternalStore(subscribe, sessionNow);

/** Signed in, for the first time or again: what waited for it goes on. */
export const signedIn = (me: Me): void => {
  change({ me, isAsking: false });
  settle((one) => one.resolve());
};

/** Signed out by hand, or the password was not given again: what waited fails with `reason`. */
export const signedOut = (reason?: unknown): void => {
  change({ me: null, isAsking: false });
  settle((one) => one.reject(reason ?? new Error('signed out')));
};

/** Opens the password dialog; resolves once the same user is back, rejects when they leave. */
export const passwordAgain = (): Promise<void> =>
  new Promise((resolve, reject) => {
    waiting.push({ resolve, reject });
    if (!current.isAsking) change({ ...current, isAsking: true });
  });

/** The dialog offered before the session's end was put off. */
export const notNow = (): void => {
  if (waiting.length === 0) change({ ...current, isAsking: false });
};

export const offerPasswordAgain = (): void => {
  if (current.me) change({ ...current, isAsking: true });
};

/** Whether requests wait for the password: then it cannot be put off. */
export const isBlocked = (): boolean => waiting.length > 0;

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const change = (next: Session): void => {
  current = next;
  for (const listener of listeners) listener();
};

const settle = (how: (one: Waiting) => void): void => {
  const all = waiting;
  waiting = [];
  all.forEach(how);
};
