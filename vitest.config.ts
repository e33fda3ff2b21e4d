import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'
import { CHROMIUM_FLAGS, findChromium } from './scripts/find-chromium.mjs'

const { dependencies } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as {
  dependencies: Record<string, string>
}
/** Fonts are style sheets: nothing to prepare. */
const packages = Object.keys(dependencies).filter((name) => !name.startsWith('@fontsource'))

/** `npm run test:long` runs the long tests and only these; everything else leaves them out. */
const long = process.env['ASTERISM_LONG'] === '1'
const chromium = await findChromium()
const nodeTests = long ? ['tests/**/*.long.test.ts'] : ['tests/**/*.test.{ts,tsx}']
const browserTests = long ? ['tests/**/*.long.browser.test.ts'] : ['tests/**/*.browser.test.{ts,tsx}']
const leftOut = ['node_modules/**', 'tests/e2e/**', ...(long ? [] : ['tests/**/*.long.*'])]
const define = { __APP_VERSION__: JSON.stringify('0.0.0-test') }

export default defineConfig({
  // The dependency optimiser of the browser project must not reload the page in mid-run.
  cacheDir: '.cache/vite',
  test: {
    globalSetup: ['tests/support/build-kernels.ts'],
    // A file that hangs is a failure, not a wait.
    testTimeout: long ? 600_000 : 30_000,
    projects: [
      {
        define,
        test: {
          name: 'node',
          environment: 'node',
          include: nodeTests,
          exclude: [...leftOut, 'tests/architecture/**', 'tests/**/*.browser.test.*'],
        },
      },
      { test: { name: 'architecture', environment: 'node', include: ['tests/architecture/*.test.ts'] } },
      {
        define,
        plugins: [react()],
        // All of them before the first test: one that is found in mid-run reloads the page under the tests.
        optimizeDeps: { include: [...packages, 'react-dom/client', 'react/jsx-dev-runtime'] },
        test: {
          name: 'browser',
          include: browserTests,
          exclude: leftOut,
          provide: { requireAll: process.env['REQUIRE_ALL'] === '1' },
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                args: CHROMIUM_FLAGS,
                ...(chromium === null ? {} : { executablePath: chromium }),
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
})
