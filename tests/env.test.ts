import { describe, expect, test } from 'vitest';
import { readEnv } from '../server/env.ts';

describe('the environment', () => {
  test('an empty one works outside production', () => {
    expect(readEnv({})).toMatchObject({ port: 3000, production: false, publicUrl: 'http://localhost:3000' });
  });

  test.each([
    [{ PORT: 'abc' }, 'PORT', 'PORT=3000'],
    [{ PORT: '70000' }, 'PORT', 'a port number'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL', 'sqlite:<file> or postgres://'],
    [{ PUBLIC_URL: 'guichet.example' }, 'PUBLIC_URL', 'https://'],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, 'PUBLIC_URL', 'https://'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL', 'debug'],
    [{ DEMO_PASSWORD: 'short' }, 'DEMO_PASSWORD', 'at least 8'],
    [{ NODE_ENV: 'staging' }, 'NODE_ENV', 'production, development or test'],
  ])('%o stops the server with the variable, what is wrong and an example', (source, name, expected) => {
    expect(() => readEnv(source)).toThrow(new RegExp(`${name} is wrong: expected .*Example: ${name}=`));
    expect(() => readEnv(source)).toThrow(expected);
  });

  test('production names what is missing, all at once', () => {
    const start = () => readEnv({ NODE_ENV: 'production' });

    expect(start).toThrow('PUBLIC_URL is missing');
    expect(start).toThrow('KEYS_FILE is missing');
  });

  test('a wrong value is not repeated: it could be a secret', () => {
    expect(() => readEnv({ DATABASE_URL: 'mysql://user:hunter2@db' })).not.toThrow('hunter2');
  });
});
