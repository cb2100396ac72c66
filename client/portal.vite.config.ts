import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const preact = (entry: string): string => fileURLToPath(import.meta.resolve(entry));

/** The member's pages: a build of their own, with Preact where the console has React. Types stay React's. */
export default defineConfig({
  root: new URL('portal', import.meta.url).pathname,
  // No organisation can be named `_`: its file's id begins with a letter.
  base: '/portal/_/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'react' } },
  resolve: {
    alias: [
      { find: /^react$/, replacement: preact('preact/compat') },
      { find: /^react-dom$/, replacement: preact('preact/compat') },
      { find: /^react-dom\/client$/, replacement: preact('preact/compat/client') },
      { find: /^react\/jsx-runtime$/, replacement: preact('preact/jsx-runtime') },
    ],
  },
  build: {
    outDir: '../../dist/portal',
    emptyOutDir: true,
    // Content-Security-Policy: nothing inline, no data: address.
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2_000,
  },
  worker: { format: 'es' },
});
