import { useEffect, useRef, useState } from 'react';
import { challenge } from './api.ts';
import { usePortal } from './words.ts';

export type RobotCheck = {
  state: 'none' | 'working' | 'done' | 'failed';
  /** The proof, once found; undefined where the organisation asks for none. Each serves once. */
  take: () => Promise<string | undefined>;
};

/**
 * The anti-robot step: the machine works while the page is read, and nobody has anything to see, click or solve.
 */
export const useRobotCheck = (): RobotCheck => {
  const { antiRobot } = usePortal().description;
  const [state, setState] = useState<RobotCheck['state']>(antiRobot ? 'working' : 'none');
  const proof = useRef<Promise<string | undefined> | null>(null);

  const begin = (): Promise<string | undefined> => {
    setState('working');
    const begun = findProof();
    begun.then(
      () => setState('done'),
      () => setState('failed'),
    );
    proof.current = begun;
    return begun;
  };
  useEffect(() => {
    if (antiRobot && !proof.current) void begin().catch(() => undefined);
  }, [antiRobot]);

  const take = async (): Promise<string | undefined> => {
    if (!antiRobot) return undefined;
    const found = await (proof.current ?? begin()).catch(() => begin());
    // The next try needs one of its own: it is sought while this one is judged.
    void begin().catch(() => undefined);
    return found;
  };
  return { state, take };
};

const findProof = async (): Promise<string | undefined> => {
  const { challenge: given } = await challenge();
  return given ? solve(given) : undefined;
};

const solve = (given: Record<string, unknown>): Promise<string> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./proof-of-work.worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<string | null>) => {
      worker.terminate();
      if (data === null) reject(new Error('No proof was found.'));
      else resolve(data);
    });
    worker.addEventListener('error', () => {
      worker.terminate();
      reject(new Error('The work was interrupted.'));
    });
    worker.postMessage(given);
  });
