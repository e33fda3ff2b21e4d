import { AsterismError } from '../../../core/errors'

/** World coordinates are there and cannot be used; `what` ends the first sentence. */
export const notReadable = (what: string, keyword: string): AsterismError =>
  new AsterismError(
    'bad-header',
    `The header's world coordinates cannot be read: ${what}. Correct ${keyword}, or have the plate solved anew.`,
    { keyword },
  )
