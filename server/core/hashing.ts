import { hash, verify } from '@node-rs/argon2';
import { AppError } from './errors.ts';
import type { Keys } from './crypto.ts';
import type { Secret } from './secret.ts';

/**
 * The queue before argon2id: at most 2 run, at most 64 wait, the next is refused with nothing counted.
 * sqlite3 and argon2 share libuv's four threads; without it fifty sign-ins starve every search (PERFORMANCE).
 */
export type HashQueue = {
  /** A place in the queue. @throws AppError `busy` when it is full. */
  enter: <T>(work: () => Promise<T>) => Promise<T>;
};

export const makeHashQueue = ({ running = 2, waiting = 64 } = {}): HashQueue => {
  const line: (() => void)[] = [];
  let active = 0;

  const leave = () => {
    const next = line.shift();
    if (next) return next();
    active -= 1;
  };

  return {
    enter: async (work) => {
      if (active >= running) {
        if (line.length >= waiting) throw new AppError('busy', 'common.busy', { retryAfterSeconds: 5 });
        await new Promise<void>((resolve) => line.push(resolve));
      } else {
        active += 1;
      }
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
};

/** argon2id at OWASP's first choice: 19 MiB, t = 2, p = 1 (Password Storage Cheat Sheet). */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** A PHC string under a server-side pepper (ASVS 11.4.2, CNIL 2022-100). */
export const hashPassword = (keys: Keys, password: Secret): Promise<string> =>
  hash(password.expose(), { ...cost, secret: keys.derive('password-pepper') });

/** Whether `password` made `phc`. Without a `phc`, does the same work on a decoy and answers false. */
export const checkPassword = async (keys: Keys, password: Secret, phc: string | null): Promise<boolean> => {
  const pepper = keys.derive('password-pepper');
  const matches = await verify(phc ?? decoy, password.expose(), { secret: pepper });
  return phc !== null && matches;
};

/** Same parameters as a real hash, so that it costs the same; no password under our pepper makes it. */
const decoy =
  '$argon2id$v=19$m=19456,t=2,p=1$Z3VpY2hldC1kZWNveS1zYWx0$xJ0mWv0m5pU2Yw4yq3mG6mC5Vj0mQm1oYk0yQm5oYk0';
