import { hash, verify } from '@node-rs/argon2';
import { AppError } from './errors.ts';
import type { Keys } from './crypto.ts';
import type { Secret } from './secret.ts';

/** What argon2id takes to make a hash; `memoryCost` in KiB. */
export type HashCost = { memoryCost: number; timeCost: number; parallelism: number };

/** OWASP's first choice: 19 MiB, t = 2, p = 1 (Password Storage Cheat Sheet). */
export const usualCost: HashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export type Hashing = {
  /** A place in the queue before argon2id. @throws AppError `busy` when it is full: nothing was counted. */
  enter: <T>(work: () => Promise<T>) => Promise<T>;
  /** A PHC string under a server-side pepper (ASVS 11.4.2, CNIL 2022-100). */
  hash: (password: Secret) => Promise<string>;
  /** Whether `password` made `phc`. Without a `phc`, does the same work on a decoy and answers false. */
  check: (password: Secret, phc: string | null) => Promise<boolean>;
};

/**
 * Passwords as argon2id hashes. At most `running` are worked out at a time, at most `waiting` wait, the next is
 * refused: sqlite3 and argon2 share libuv's four threads; without it fifty sign-ins starve every search (PERFORMANCE).
 */
export const makeHashing = (keys: Keys, { cost = usualCost, running = 2, waiting = 64 } = {}): Hashing => {
  const enter = makeQueue({ running, waiting });
  const decoy = decoyOf(cost);
  return {
    enter,
    hash: (password) => hash(password.expose(), { ...cost, secret: pepper(keys) }),
    check: async (password, phc) => {
      const matches = await verify(phc ?? decoy, password.expose(), { secret: pepper(keys) });
      return phc !== null && matches;
    },
  };
};

const makeQueue = ({ running, waiting }: { running: number; waiting: number }): Hashing['enter'] => {
  const line: (() => void)[] = [];
  let active = 0;

  const leave = () => {
    const next = line.shift();
    if (next) return next();
    active -= 1;
  };

  return async (work) => {
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
  };
};

const pepper = (keys: Keys): Buffer => keys.derive('password-pepper');

// Same parameters as a real hash, so that it costs the same; no password under our pepper makes it.
const decoyOf = ({ memoryCost, timeCost, parallelism }: HashCost): string =>
  `$argon2id$v=19$m=${memoryCost},t=${timeCost},p=${parallelism}$Z3VpY2hldC1kZWNveS1zYWx0$xJ0mWv0m5pU2Yw4yq3mG6mC5Vj0mQm1oYk0yQm5oYk0`;
