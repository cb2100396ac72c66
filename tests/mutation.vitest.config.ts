import { defineConfig } from 'vitest/config';

/** The pure tests of what `npm run mutate` changes: the verifier of the audit's chain. */
export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: { include: ['tests/rules/chain-*.test.ts'], testTimeout: 60_000 },
});
