import { verify } from '@node-rs/argon2';
import { randomBytes } from 'node:crypto';
import { keysFrom } from '../../server/core/crypto.ts';
import { makeHashing } from '../../server/core/hashing.ts';
import { Secret } from '../../server/core/secret.ts';
import { answerJobs } from './child.ts';
import { runFor } from './measure.ts';

/** Nothing but argon2id's verification, with the parameters and the pepper of the server's own hashes. */
const verifyFor = async ({ seconds, loops }: { seconds: number; loops: number }) => {
  const keys = keysFrom({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } });
  const password = 'quatre mots de notre banc';
  const hash = await makeHashing(keys).hash(new Secret(password));
  const secret = keys.derive('password-pepper');
  return runFor(seconds, loops, async () => {
    if (!(await verify(hash, password, { secret }))) throw new Error('A right password was not recognised.');
  });
};

answerJobs({ verifyFor });
