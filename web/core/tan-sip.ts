/** Sum of coefficient * u^p * v^q over the terms, in pixels, with u and v pixels from the reference pixel (SIP: Shupe et al. 2005). */
export interface SipTerm {
  readonly p: number
  readonly q: number
  readonly coefficient: number
}

/** A gnomonic solution as its keywords state it, except that the reference pixel counts from 0. */
export interface TanSip {
  /** Reference pixel, 0-based: CRPIX - 1. */
  readonly crpix: readonly [number, number]
  /** Degrees, ICRS. */
  readonly crval: readonly [number, number]
  /** Degrees a pixel: CD1_1, CD1_2, CD2_1, CD2_2. */
  readonly cd: readonly [number, number, number, number]
  /** 1 is TAN alone; from 2 on A and B have terms of 2 <= p + q <= order. */
  readonly order: number
  readonly a: readonly SipTerm[]
  readonly b: readonly SipTerm[]
}
