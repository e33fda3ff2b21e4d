import { interpolateCividis, interpolateInferno, interpolateMagma, interpolateViridis, rgb } from 'd3'

/** 'night' is red only, for a dome in which eyes are adapted to the dark. */
export const COLORMAPS = ['grey', 'inverted-grey', 'viridis', 'magma', 'inferno', 'cividis', 'night'] as const

export type Colormap = (typeof COLORMAPS)[number]

/** Steps in a table: the steepest map, inferno, changes by 0.15 of a level of 255 from one to the next. */
export const COLORMAP_STEPS = 4096

type Colour = readonly [number, number, number]

/** d3 keeps these maps as 256 colours without anything between; here they are joined by straight lines. */
const ENTRIES = 256

const readRamp = (interpolate: (t: number) => string): Colour[] =>
  Array.from({ length: ENTRIES }, (_, i) => {
    const { r, g, b } = rgb(interpolate((i + 0.5) / ENTRIES))
    return [r, g, b] as const
  })

const BLACK: Colour = [0, 0, 0]

const joinColours = (ramp: readonly Colour[]): ((t: number) => Colour) => {
  return (t) => {
    const place = t * (ramp.length - 1)
    const below = Math.min(ramp.length - 2, Math.floor(place))
    const part = place - below
    const [low, high] = [ramp[below] ?? BLACK, ramp[below + 1] ?? BLACK]
    const mix = (a: number, b: number): number => a + part * (b - a)
    return [mix(low[0], high[0]), mix(low[1], high[1]), mix(low[2], high[2])]
  }
}

/** The colour of a map at brightness 0..1, channels 0..255; made when first wanted. */
const COLOUR_FUNCTIONS: Readonly<Record<Colormap, () => (t: number) => Colour>> = {
  grey: () => (t) => [255 * t, 255 * t, 255 * t],
  'inverted-grey': () => (t) => [255 * (1 - t), 255 * (1 - t), 255 * (1 - t)],
  night: () => (t) => [255 * t, 0, 0],
  viridis: () => joinColours(readRamp(interpolateViridis)),
  magma: () => joinColours(readRamp(interpolateMagma)),
  inferno: () => joinColours(readRamp(interpolateInferno)),
  cividis: () => joinColours(readRamp(interpolateCividis)),
}

const tables = new Map<string, Uint8ClampedArray>()

/** The colours of a map from dark (first) to bright (last): COLORMAP_STEPS times red, green, blue, alpha. Shared: read only. */
export const colormapTable = (colormap: Colormap, invert: boolean): Uint8ClampedArray => {
  const key = `${colormap} ${invert ? 'backwards' : 'forwards'}`
  const known = tables.get(key)
  if (known !== undefined) return known
  const table = new Uint8ClampedArray(COLORMAP_STEPS * 4)
  const colourAt = COLOUR_FUNCTIONS[colormap]()
  for (let i = 0; i < COLORMAP_STEPS; i++) {
    const t = i / (COLORMAP_STEPS - 1)
    table.set([...colourAt(invert ? 1 - t : t), 255], 4 * i)
  }
  tables.set(key, table)
  return table
}
