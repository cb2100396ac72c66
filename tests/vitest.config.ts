import { defineConfig } from 'vitest/config';

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    alias: [{ find: /^yaml$/, replacement: new URL('support/remembered-yaml.ts', import.meta.url).pathname }],
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 240_000,
    maxWorkers: 2,
    // The files of a worker share its modules and its prepared databases: reading them again for each takes minutes.
    isolate: false,
    reporters: ['default'],
  },
});
