import { AsterismError } from '../../../../core/errors'

/** A parameter with which a projection is none. */
export const badParameter = (code: string, why: string): AsterismError =>
  new AsterismError(
    'bad-header',
    `The header's world coordinates cannot be read: in its projection ${code} ${why}. Correct the PV keywords, or have the plate solved anew.`,
    { projection: code },
  )
