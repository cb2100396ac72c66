import type { AuthProvider } from 'react-admin';
import type { Me } from '../../server/agents/agents.schema.ts';
import { isSignedOut, requestSession } from './request.ts';
import { passwordAgain, sessionNow, signedIn, signedOut } from './session.ts';
import type { ConsoleResource } from './shared/resource.ts';

const trustedForMs = 10_000;
let checkedAt = 0;

/** Reads the permissions of the server's `me`; the server checks every one again. */
export const makeAuthProvider = (resources: ConsoleResource[]): AuthProvider => ({
  login: async ({ username, password }: { username: string; password: string }) => {
    await signInAs(username, password);
  },
  logout: async () => {
    if (sessionNow().me) await requestSession('DELETE', '/session').catch(() => undefined);
    checkedAt = 0;
    signedOut();
  },
  checkAuth: async () => {
    if (sessionNow().me && Date.now() - checkedAt < trustedForMs) return;
    try {
      signedIn((await requestSession('GET', '/me')).json as Me);
      checkedAt = Date.now();
    } catch (error) {
      if (!isSignedOut(error)) return keepOn(error);
      if (!sessionNow().me) throw { message: false, redirectTo: '/login' };
      await passwordAgain();
    }
  },
  checkError: async (error: unknown) => {
    if (isSignedOut(error)) throw { message: false };
  },
  getIdentity: async () => {
    const { me } = sessionNow();
    return { id: me?.id ?? '', fullName: me?.name ?? '' };
  },
  getPermissions: async () => sessionNow().me?.permissions ?? [],
  canAccess: async ({ resource, action }) => {
    const needed = resources.find(({ name }) => name === resource)?.may[action as 'list'];
    return needed !== undefined && (sessionNow().me?.permissions.includes(needed) ?? false);
  },
});

/** Throws what the server answered when username and password do not go together. */
export const signInAs = async (username: string, password: string): Promise<void> => {
  const { json } = await requestSession('POST', '/session', { username, password });
  signedIn(json as Me);
  checkedAt = Date.now();
};

/** Whether the server says that this is a demonstration, before anybody has signed in. */
export const isDemo = async (): Promise<boolean> => {
  const { json } = await requestSession('GET', '/welcome');
  return (json as { demo: boolean }).demo;
};

// A server out of reach is no reason to leave the screen: only its 401 is.
const keepOn = (error: unknown): void => {
  if (!sessionNow().me) throw error;
};
