import type { PerChannel } from '../core/colour-picture'
import { colourValues } from '../science/image/colour-values'
import { COLORMAP_STEPS, colormapTable } from './colormaps'
import type { Colormap } from './colormaps'
import { BLANK_COLOUR, NIGHT_BLANK_COLOUR } from './image-renderer'
import type { Cuts } from './cuts'
import type { DisplaySettings } from './image-renderer'
import { applyStretch } from './stretch'
import type { Stretch } from './stretch'

/**
 * Steps from cut to cut. The steepest stretch, log, climbs 145 brightnesses per unit at 0: half a step is then 0.14 of a
 * level of 255.
 */
const STEPS = 131_072

const LITTLE_ENDIAN = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1

const packColour = (red: number, green: number, blue: number): number =>
  LITTLE_ENDIAN
    ? ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0
    : ((red << 24) | (green << 16) | (blue << 8) | 255) >>> 0

/** Place in a colour map, 0..COLORMAP_STEPS - 1, of a brightness 0..1. */
const colourStep = (brightness: number): number => Math.floor(brightness * (COLORMAP_STEPS - 1) + 0.5)

const buildTable = (stretch: Stretch, colormap: Colormap, invert: boolean): Uint32Array => {
  const colours = colormapTable(colormap, invert)
  const table = new Uint32Array(STEPS + 1)
  for (let i = 0; i <= STEPS; i++) {
    const at = 4 * colourStep(applyStretch(stretch, i / STEPS))
    table[i] = packColour(colours[at]!, colours[at + 1]!, colours[at + 2]!)
  }
  return table
}

let kept: { readonly key: string; readonly table: Uint32Array } | null = null

/** The last table is kept: moving the cuts, which people do all the time, needs no new one. */
const tableFor = ({ stretch, colormap, invert }: DisplaySettings): Uint32Array => {
  // The square root is too steep at 0 for a table, and cheap: it is taken pixel by pixel.
  const tabled = stretch === 'sqrt' ? 'linear' : stretch
  const key = `${tabled} ${colormap} ${invert}`
  if (kept?.key !== key) kept = { key, table: buildTable(tabled, colormap, invert) }
  return kept.table
}

const blankOf = ({ colormap }: DisplaySettings): number =>
  packColour(...(colormap === 'night' ? NIGHT_BLANK_COLOUR : BLANK_COLOUR))

/** Colours pixel values into RGBA bytes (as 32-bit words in the machine's byte order), one word a value. */
export const colourPixels = (values: Float32Array, display: DisplaySettings, into: Uint32Array): void => {
  const { low, high, stretch } = display
  const rule = { low, high, root: stretch === 'sqrt', blank: blankOf(display) }
  colourValues(values, rule, tableFor(display), into)
}

const RED = packColour(255, 0, 0)
const GREEN = packColour(0, 255, 0)
const BLUE = packColour(0, 0, 255)

/** Words of each plane of a tile, kept: a tile comes every few milliseconds while a picture is moved. */
const scratch: Uint32Array[] = []

const borrowWords = (index: number, length: number): Uint32Array => {
  const kept = scratch[index]
  if (kept !== undefined && kept.length >= length) return kept.subarray(0, length)
  const made = new Uint32Array(length)
  scratch[index] = made
  return made
}

/**
 * The same of three planes at once: each gives the strength of one colour, by its own cuts and the one stretch of all. A pixel that lacks one of them
 * is blank. By night the mean of the three is drawn in red.
 */
export const colourChannels = (
  planes: PerChannel<Float32Array>,
  cuts: PerChannel<Cuts>,
  display: DisplaySettings,
  into: Uint32Array,
): void => {
  const table = tableFor({ ...display, colormap: 'grey' })
  // No colour of the table is 0: all are opaque.
  const layer = (index: 0 | 1 | 2): Uint32Array => {
    const { low, high } = cuts[index]
    const words = borrowWords(index, into.length)
    colourValues(planes[index], { low, high, root: display.stretch === 'sqrt', blank: 0 }, table, words)
    return words
  }
  const [red, green, blue] = [layer(0), layer(1), layer(2)]
  const blank = blankOf(display)
  const night = display.colormap === 'night'
  if (night) {
    for (let i = 0; i < into.length; i++) {
      const r = red[i]!
      const g = green[i]!
      const b = blue[i]!
      // The middle bytes of a word stand in the same place in either order.
      const sum = ((r >>> 8) & 255) + ((g >>> 8) & 255) + ((b >>> 8) & 255)
      into[i] = r === 0 || g === 0 || b === 0 ? blank : packColour(Math.round(sum / 3), 0, 0)
    }
    return
  }
  for (let i = 0; i < into.length; i++) {
    const r = red[i]!
    const g = green[i]!
    const b = blue[i]!
    into[i] = r === 0 || g === 0 || b === 0 ? blank : (r & RED) | (g & GREEN) | (b & BLUE)
  }
}
