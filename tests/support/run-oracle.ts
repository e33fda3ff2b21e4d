import { spawnSync } from 'node:child_process'
import type { TestContext } from 'vitest'

/** Runs a program from elsewhere as an oracle. Where it is not installed the test is skipped, and fails under REQUIRE_ALL=1. */
export const runOracle = (context: TestContext, program: string, parameters: readonly string[]): string => {
  const { error, status, stdout, stderr } = spawnSync(program, parameters, {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error !== undefined) {
    if (process.env['REQUIRE_ALL'] === '1') throw error
    context.skip(`${program} is not installed`)
  }
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${stdout}${stderr}`)
  return stdout
}
