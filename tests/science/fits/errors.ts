import { expect } from 'vitest'
import type { ErrorCode } from '../../../web/core/errors'

/** A matcher for `toThrow`: an error with this code whose message holds these words. */
export const isAsterismError = (code: ErrorCode, words = ''): Error =>
  expect.objectContaining({
    name: 'AsterismError',
    code,
    message: expect.stringContaining(words) as string,
  }) as Error
