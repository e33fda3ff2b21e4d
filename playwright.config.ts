import { defineConfig } from '@playwright/test'
import { CHROMIUM_FLAGS, findChromium } from './scripts/find-chromium.mjs'

const long = process.env['ASTERISM_LONG'] === '1'
const chromium = await findChromium()

export default defineConfig({
  testDir: 'tests/e2e',
  testMatch: long ? '**/*.long.e2e.ts' : '**/*.e2e.ts',
  testIgnore: long ? [] : '**/*.long.e2e.ts',
  outputDir: 'tests/e2e/output',
  // One browser at a time: tests share the machine's processors with the workers of the app.
  workers: 1,
  fullyParallel: false,
  forbidOnly: process.env['CI'] === 'true',
  retries: 0,
  timeout: long ? 900_000 : 120_000,
  expect: { timeout: 15_000 },
  reporter: 'list',
  use: {
    browserName: 'chromium',
    viewport: { width: 1440, height: 900 },
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: { args: CHROMIUM_FLAGS, ...(chromium === null ? {} : { executablePath: chromium }) },
  },
})
