/** A quantity along an axis, with the words and the format of its ticks. */
export interface PlotAxis {
  readonly label: string
  /** How a value is written in the read-out and the table. */
  readonly format: (value: number) => string
  /** Magnitudes grow downwards. */
  readonly reversed?: boolean
}

/** Points of one kind, a value for each index; NaN leaves a point out. */
export interface PlotSeries {
  readonly id: string
  readonly name: string
  readonly x: Float64Array
  readonly y: Float64Array
  readonly error?: Float64Array
  /** Marked points are drawn open, whatever their colour. */
  readonly marked?: (index: number) => boolean
  readonly role: 'target' | 'comparison' | 'check' | 'plain'
  /** 'line' joins the points, as a trend; 'points' is the default. */
  readonly draw?: 'points' | 'line'
}

export interface PlotRange {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}
