import { useEffect, useState } from 'react';
import type { NextStep, PortalSession } from '../../server/portal/portal.schema.ts';
import { session } from './api.ts';
import { goNext, leaveMessage } from './memory.ts';
import { isSignedOut } from './request.ts';
import { replace } from './router.ts';
import { failureOf } from './shared/useForm.ts';
import { useSay } from './words.ts';

/**
 * The session that a page needs; without one the member signs in again, and is told so. A session that leads
 * elsewhere first goes there.
 */
export const useSession = (...fit: NextStep[]): PortalSession | undefined => {
  const say = useSay();
  const [found, setFound] = useState<PortalSession>();
  const ended = say('session.ended');
  const offline = say('page.offline');
  const steps = fit.join(' ');
  useEffect(() => {
    session().then(
      (open) => (steps.split(' ').includes(open.next) ? setFound(open) : goNext(open.next)),
      (thrown: unknown) => signedOut(isSignedOut(thrown) ? ended : failureOf(thrown, offline).message),
    );
  }, [ended, offline, steps]);
  return found;
};

export const signedOut = (message: string): void => {
  leaveMessage(message, 'note');
  replace('');
};

/** What a form of a session does with a refusal: an ended session is not an error of the form. */
export const useSignedOut = (): ((refused: { status: number }) => boolean) => {
  const say = useSay();
  return ({ status }) => {
    if (status !== 401) return false;
    signedOut(say('session.ended'));
    return true;
  };
};
