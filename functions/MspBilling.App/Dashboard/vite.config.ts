import { defineConfig } from 'vite';

// The host embeds everything that lands in wwwroot and serves it under a policy without 'unsafe-inline',
// so nothing may be inlined: no data: URLs, no module preload shim.
export default defineConfig({
  base: '/',
  build: {
    outDir: '../wwwroot',
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome123', 'edge123', 'firefox121', 'safari17.5'],
    license: { fileName: 'licenses.md' },
    chunkSizeWarningLimit: 900,
    reportCompressedSize: true,
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/api': 'http://127.0.0.1:7071' },
  },
});
