import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { keysFrom } from '../../server/core/crypto.ts';
import { makeHashing } from '../../server/core/hashing.ts';
import { Secret } from '../../server/core/secret.ts';

const someKeys = () => keysFrom({ current: 'k1', keys: { k1: randomBytes(32).toString('base64') } });
const password = new Secret('quatre mots de notre choix');

describe('a password’s hash', () => {
  test('costs what OWASP asks first, and is known again', async () => {
    const hashing = makeHashing(someKeys());

    const phc = await hashing.hash(password);

    expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await hashing.check(password, phc)).toBe(true);
    expect(await hashing.check(new Secret('quatre mots d’un autre choix'), phc)).toBe(false);
  });

  test('is known under its own pepper only', async () => {
    const phc = await makeHashing(someKeys()).hash(password);

    expect(await makeHashing(someKeys()).check(password, phc)).toBe(false);
  });

  test('made at another cost is still known', async () => {
    const keys = someKeys();
    const cheap = makeHashing(keys, { cost: { memoryCost: 64, timeCost: 1, parallelism: 1 } });

    expect(await makeHashing(keys).check(password, await cheap.hash(password))).toBe(true);
  });

  test('that is not there takes a decoy’s work and is never right', async () => {
    expect(await makeHashing(someKeys()).check(password, null)).toBe(false);
  });
});

describe('the queue before it', () => {
  test('lets two in at a time, has others wait in turn, and refuses who comes when it is full', async () => {
    const { enter } = makeHashing(someKeys(), { waiting: 1 });
    const done: string[] = [];
    const leave = new Map<string, () => void>();
    const come = (name: string) =>
      enter(() => new Promise<void>((resolve) => leave.set(name, resolve))).then(() => done.push(name));
    const all = [come('one'), come('two'), come('three')];

    await expect(come('four')).rejects.toMatchObject({ code: 'busy' });
    expect([...leave.keys()]).toEqual(['one', 'two']);
    leave.get('two')?.();
    await all[1];
    expect([...leave.keys()]).toEqual(['one', 'two', 'three']);
    leave.get('one')?.();
    leave.get('three')?.();
    await Promise.all(all);
    expect(done).toEqual(['two', 'one', 'three']);
  });
});
