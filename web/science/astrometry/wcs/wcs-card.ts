/** A header card as it is to be written; numbers with `floating` get a decimal point. */
export interface WcsCard {
  readonly keyword: string
  readonly value: string | number
  readonly floating?: boolean
  readonly comment?: string
}

/** An image extension that must be written with the cards: the array of a table of corrections. */
export interface WcsExtension {
  readonly cards: readonly WcsCard[]
  readonly width: number
  readonly height: number
  readonly values: Float32Array | Float64Array
}

/** A card with a number that keeps its decimal point. */
export const number = (keyword: string, value: number, comment?: string): WcsCard => ({
  keyword,
  value,
  floating: true,
  ...(comment === undefined ? {} : { comment }),
})
