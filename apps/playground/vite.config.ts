import { svelte } from '@sveltejs/vite-plugin-svelte'
import { defaultClientConditions, defineConfig } from 'vite'

const playground = 'http://127.0.0.1:4173'

export default defineConfig({
  root: import.meta.dirname,
  plugins: [svelte({ configFile: false })],
  resolve: { conditions: ['@x/source', ...defaultClientConditions] },
  // While the page is worked on, `npm start` in another terminal answers its calls.
  server: {
    proxy: {
      '/api': {
        target: playground,
        changeOrigin: true,
        // The page's own origin becomes the playground's; another one stays as it is, and is refused there.
        configure: (proxy) =>
          proxy.on('proxyReq', (forwarded, { headers }) => {
            if (headers.origin === `http://${headers.host}`) forwarded.setHeader('origin', playground)
          }),
      },
    },
  },
  // The worker loads the slower of its two projections when it is asked for, which takes modules.
  worker: { format: 'es' },
  build: {
    outDir: 'dist/page',
    emptyOutDir: true,
    // The content security policy refuses inline scripts and data URLs for anything but images.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
})
