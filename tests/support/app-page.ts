import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { startServer } from '../../scripts/serve.mjs'

const DIST = fileURLToPath(new URL('../../dist/', import.meta.url))

interface WorkerFixtures {
  /** Where the built app is served, with a slash at the end. */
  appAddress: string
}

interface TestFixtures {
  /** What went wrong on the page so far, in words: console errors, uncaught errors, content security violations. */
  faults: string[]
}

/** Writes down whatever goes wrong on a page from its first moment. */
const watch = async (page: Page, faults: string[]): Promise<void> => {
  page.on('console', (message) => {
    if (message.type() === 'error') faults.push(`console: ${message.text()} (${message.location().url})`)
  })
  page.on('pageerror', (error) => faults.push(`uncaught: ${error.stack ?? error.message}`))
  await page.exposeFunction('reportViolation', (text: string) => faults.push(`content security: ${text}`))
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report = (globalThis as unknown as { reportViolation: (text: string) => void }).reportViolation
      report(`${event.violatedDirective} ${event.blockedURI} at ${event.sourceFile}:${event.lineNumber}`)
    })
  })
}

/**
 * The test of the built app: its own server on a free port, `page` watched for faults, and a test fails when one is left.
 * A test that provokes an error on purpose takes it out of `faults` once it has looked at it.
 */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  appAddress: [
    async ({}, use) => {
      if (!existsSync(`${DIST}index.html`)) throw new Error('There is no build to test: npm run build')
      const server = await startServer({ root: DIST, port: 0 })
      await use(server.address)
      await server.close()
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ appAddress }, use) => use(appAddress),
  faults: async ({}, use) => use([]),
  page: async ({ page, faults }, use) => {
    await watch(page, faults)
    await use(page)
    expect(faults, 'faults on the page').toEqual([])
  },
})

/** Fails with rule, element and help address of everything that hinders people who use the page without eyes or mouse. */
export const expectAccessible = async (page: Page): Promise<void> => {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const found = violations.flatMap(({ id, helpUrl, nodes }) =>
    nodes.map((node) => `${id}: ${node.target.join(' ')} (${helpUrl})`),
  )
  expect(found, 'accessibility').toEqual([])
}

export { expect }
