import type { AuthProvider } from 'react-admin';
import type { Me, OwnProof, Welcome } from '../../server/agents/agents.schema.ts';
import { isSignedOut, requestSession, sendJson } from './request.ts';
import { passwordAgain, sessionNow, signedIn, signedOut } from './session.ts';
import type { ConsoleResource } from './shared/resource.ts';
import { roundAtProvider } from './ssoRound.ts';

const trustedForMs = 10_000;
let checkedAt = 0;

/** Reads the permissions of the server's `me`; the server checks every one again. */
export const makeAuthProvider = (resources: ConsoleResource[]): AuthProvider => ({
  login: async (way: WayIn) => {
    if ('username' in way) return signInAs(way.username, way.password, way.proof);
    return openBy(way.path, way.body);
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

/** A password, or a step of single sign-on. */
export type WayIn =
  | { username: string; password: string; proof?: OwnProof }
  | { path: '/sso/return'; body: { query: string } }
  | { path: '/sso/finish'; body: OwnProof };

/** Throws what the server answered when username, password and second factor do not go together. */
export const signInAs = (username: string, password: string, proof: OwnProof = {}): Promise<void> =>
  openBy('/session', { username, password, ...proof });

/** Reads anew what the session may do, after something of one's own was changed. */
export const refreshMe = async (): Promise<void> => {
  signedIn((await requestSession('GET', '/me')).json as Me);
  checkedAt = Date.now();
};

/** What the server says of itself before anybody has signed in. */
export const readWelcome = async (): Promise<Welcome> =>
  (await requestSession('GET', '/welcome')).json as Welcome;

/** Goes to the identity provider; this page is left. */
export const leaveForSso = async (): Promise<void> => {
  window.location.assign((await start('/sso/start', {})).url);
};

/** The same person opens their session again, by signing in anew at the identity provider in another window. */
export const renewBySso = async (agentId: string): Promise<void> => {
  const query = await roundAtProvider(() => start('/sso/start', { again: agentId }));
  await openBy('/sso/return', { query });
};

/** The second factor that `renewBySso` was refused for. */
export const finishBySso = (proof: OwnProof): Promise<void> => openBy('/sso/finish', proof);

/** The identity provider's new word on who sits here, for one act. */
export const proveBySso = async (): Promise<string> => {
  const query = await roundAtProvider(() => sendJson<{ url: string }>('POST', '/sso/proof', {}));
  return (await sendJson<{ proof: string }>('POST', '/sso/proof/return', { query })).proof;
};

const start = async (path: string, body: unknown): Promise<{ url: string }> =>
  (await requestSession('POST', path, body)).json as { url: string };

const openBy = async (path: string, body: unknown): Promise<void> => {
  signedIn((await requestSession('POST', path, body)).json as Me);
  checkedAt = Date.now();
};

// A server out of reach is no reason to leave the screen: only its 401 is.
const keepOn = (error: unknown): void => {
  if (!sessionNow().me) throw error;
};
