/** A quantity along an axis. */
export interface ScatterAxis {
  readonly label: string
  readonly unit: string | null
  /** Grows to the left or downwards, as magnitudes do. */
  readonly reversed: boolean
  readonly logarithmic: boolean
  /** Milliseconds since 1970 as dates and times, UTC; names where each whole number stands for a text. */
  readonly reads?: 'moments' | readonly string[]
  /** How a value is written in the read-out; the ticks write theirs by themselves. */
  readonly format: (value: number) => string
}

export type ScatterColour =
  | {
      readonly kind: 'number'
      readonly values: Float64Array
      readonly label: string
      readonly reads?: 'moments'
    }
  | {
      readonly kind: 'text'
      /** Place of each point's text in `names`. */
      readonly codes: Uint16Array
      readonly names: readonly string[]
      readonly label: string
    }

/** Columns of the same length; NaN leaves a point out. */
export interface ScatterPoints {
  readonly x: Float64Array
  /** null draws how often each x occurs. */
  readonly y: Float64Array | null
  /** One sigma of x and of y, in their units. */
  readonly errorX?: Float64Array | null
  readonly error?: Float64Array | null
  /** 1 for each point that something was said against: those are drawn open. */
  readonly flagged?: Uint8Array | null
  readonly colour?: ScatterColour | null
}

export interface ScatterAxes {
  readonly x: ScatterAxis
  /** Of a histogram: how the counts are drawn; its words are the plot's own. */
  readonly y: ScatterAxis
}

/** What a selection does to the one before. */
export type SelectMode = 'set' | 'add' | 'remove'

/** What a drag over the plot does. */
export type DragMode = 'pan' | 'box' | 'lasso'

/** Ranges along both axes in scaled values: the value itself, or its decadic logarithm on a logarithmic axis. */
export interface PlotView {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

/** Where the points lie within the plot, in CSS pixels. */
export interface PlotArea {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

export type Along = 'x' | 'y' | 'both'

export interface AxisTick {
  /** Scaled value at which it stands. */
  readonly at: number
  /** Empty on a tick between those that are named. */
  readonly text: string
}

export interface AxisTicks {
  readonly ticks: readonly AxisTick[]
  /** Taken off every number at a tick: Julian dates have too many digits to be read. 0 mostly. */
  readonly offset: number
  /** Belongs to the name of the axis, such as the date of its times. */
  readonly note?: string
}
