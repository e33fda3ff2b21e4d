import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { buildWasm } from './scripts/build-wasm.mjs'
import { metaPolicy } from './scripts/content-security-policy.mjs'

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Only in the built page: the development server adds inline scripts of its own. */
const contentSecurityPolicy = (): Plugin => ({
  name: 'content-security-policy',
  apply: 'build',
  transformIndexHtml: () => [
    {
      tag: 'meta',
      attrs: { 'http-equiv': 'Content-Security-Policy', content: metaPolicy() },
      injectTo: 'head-prepend',
    },
  ],
})

/** The kernels are compiled before anything asks for them. */
const compiledKernels = (): Plugin => ({ name: 'compiled-kernels', buildStart: buildWasm })

export default defineConfig({
  // Relative addresses: the folder works under any path of any host.
  base: './',
  plugins: [compiledKernels(), react(), contentSecurityPolicy()],
  define: { __APP_VERSION__: JSON.stringify(version) },
  worker: { format: 'es' },
  build: {
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.4'],
    // A data: address for a small asset would need a wider content security policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    sourcemap: true,
  },
  server: {
    host: '127.0.0.1',
    headers: {
      'Cross-Origin-Opener-Policy': 'same-origin',
      'Cross-Origin-Embedder-Policy': 'require-corp',
    },
  },
})
