export const DEBAYER_METHODS = ['bilinear', 'vng'] as const

/** How the two colours that a pixel lacks are found. */
export type DebayerMethod = (typeof DEBAYER_METHODS)[number]

/** Red, green and blue. */
export type PerChannel<Value> = readonly [Value, Value, Value]

/**
 * The colours of a frame that was taken through a mosaic of filters, for looking at. Pixel (i, j) of a plane is the mean of 2^level by
 * 2^level pixels of the frame from (2^level i, 2^level j) on; NaN where none of them has a value.
 */
export interface ColourPlanes {
  /** Of the frame; a plane has ceil(width / 2^level) columns and ceil(height / 2^level) rows. */
  readonly width: number
  readonly height: number
  readonly level: number
  readonly planes: PerChannel<Float32Array<ArrayBuffer>>
  /** Level of the sky in each of them, in the unit of the pixels: the median. */
  readonly sky: PerChannel<number>
  /** Value of a pixel that no light fell on; null where bias and dark are still in the pixels and it is not known. */
  readonly zero: number | null
  readonly unit: string
}
