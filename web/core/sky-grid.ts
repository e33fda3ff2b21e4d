/** How the pixels of a stack were laid out: as those of one of its frames, with north up, or as somebody asked for. */
export const GRID_KINDS = ['reference', 'north-up', 'chosen'] as const

export interface WorldCard {
  readonly keyword: string
  readonly value: string | number | boolean
  readonly comment?: string
  /** Writes a whole number with a decimal point. */
  readonly floating?: boolean
}

/** Pixels on the sky, as plain data. */
export interface SkyGrid {
  readonly kind: (typeof GRID_KINDS)[number]
  readonly width: number
  readonly height: number
  /** Its world coordinates as the cards of a FITS header. */
  readonly cards: readonly WorldCard[]
  /** ICRS degrees of the middle of the grid. */
  readonly center: { readonly ra: number; readonly dec: number }
  /** Arc seconds a pixel, in the middle. */
  readonly scale: number
  /** Degrees from north to the y axis, counted towards east. */
  readonly rotation: number
  /** True where east lies to the right when north is up. */
  readonly flipped: boolean
}
