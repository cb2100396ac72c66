import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const vendor = [
  { name: 'react', test: /node_modules[\\/](react|react-dom|react-router|react-router-dom|scheduler)[\\/]/ },
  { name: 'mui', test: /node_modules[\\/](@mui|@emotion)[\\/]/ },
  // The reader of codes comes with the first photo only, the charts with the first look at figures.
  {
    name: 'admin',
    test: /node_modules[\\/](?!zxing-wasm|recharts|victory-vendor|d3-|@reduxjs|redux|react-redux|reselect|immer|es-toolkit|decimal\.js-light|internmap)/,
  },
];

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react()],
  server: { proxy: { '/api': 'http://localhost:3000', '/portal/api': 'http://localhost:3000' } },
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    // Content-Security-Policy: nothing inline, no data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 900,
    rolldownOptions: { output: { codeSplitting: { groups: vendor } } },
  },
});
