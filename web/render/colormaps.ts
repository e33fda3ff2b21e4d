import { interpolateCividis, interpolateInferno, interpolateMagma, interpolateViridis, rgb } from 'd3'

/** 'night' is red only, for a dome in which eyes are adapted to the dark. */
export const COLORMAPS = ['grey', 'inverted-grey', 'viridis', 'magma', 'inferno', 'cividis', 'night'] as const

export type Colormap = (typeof COLORMAPS)[number]

/** Steps in a table: the steepest map, inferno, changes by 0.15 of a level of 255 from one to the next. */
export const COLORMAP_STEPS = 4096

const colourAt = (colormap: Colormap, t: number): readonly [number, number, number] => {
  const spread = (css: string): readonly [number, number, number] => {
    const { r, g, b } = rgb(css)
    return [r, g, b]
  }
  switch (colormap) {
    case 'grey':
      return [255 * t, 255 * t, 255 * t]
    case 'inverted-grey':
      return [255 * (1 - t), 255 * (1 - t), 255 * (1 - t)]
    case 'night':
      return [255 * t, 0, 0]
    case 'viridis':
      return spread(interpolateViridis(t))
    case 'magma':
      return spread(interpolateMagma(t))
    case 'inferno':
      return spread(interpolateInferno(t))
    case 'cividis':
      return spread(interpolateCividis(t))
  }
}

const tables = new Map<string, Uint8ClampedArray>()

/** The colours of a map from dark (first) to bright (last): COLORMAP_STEPS times red, green, blue, alpha. Shared: read only. */
export const colormapTable = (colormap: Colormap, invert: boolean): Uint8ClampedArray => {
  const key = `${colormap} ${invert ? 'backwards' : 'forwards'}`
  const known = tables.get(key)
  if (known !== undefined) return known
  const table = new Uint8ClampedArray(COLORMAP_STEPS * 4)
  for (let i = 0; i < COLORMAP_STEPS; i++) {
    const t = i / (COLORMAP_STEPS - 1)
    const colour = colourAt(colormap, invert ? 1 - t : t)
    table.set([...colour, 255], 4 * i)
  }
  tables.set(key, table)
  return table
}
