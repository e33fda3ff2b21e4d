import { BAD_PIXEL_KINDS, type BadPixelKind } from '../core/master'

type Rgb = readonly [red: number, green: number, blue: number]

/**
 * Colours that people with any colour vision tell apart (Okabe and Ito 2008, Color Universal Design), none too dark for a black ground. By night they
 * differ in brightness, and are shown one at a time.
 */
const COLOURS: Record<BadPixelKind, { readonly day: Rgb; readonly night: Rgb }> = {
  hot: { day: [230, 97, 0], night: [255, 84, 64] },
  cold: { day: [86, 180, 233], night: [190, 40, 28] },
  bright: { day: [240, 228, 66], night: [255, 138, 118] },
  column: { day: [0, 158, 115], night: [130, 22, 14] },
  person: { day: [204, 121, 167], night: [255, 180, 160] },
}

/** Of a pixel that a person takes for good and that is not saved yet. */
const CLEARED: { readonly day: Rgb; readonly night: Rgb } = { day: [235, 235, 240], night: [90, 60, 56] }

/** Where a pixel is of several kinds, the first of these is seen. */
export const KINDS_SHOWN: readonly BadPixelKind[] = ['person', 'hot', 'cold', 'bright', 'column']

const ALPHA = 235

export const badPixelColour = (kind: BadPixelKind, night: boolean): string =>
  `rgb(${COLOURS[kind][night ? 'night' : 'day'].join(' ')})`

/** For each value of a map of bad pixels its colour as a 32-bit pixel of a canvas (little-endian red, green, blue, alpha); 0 where it is not shown. `cleared` is the value of a pixel that is taken for good. */
export const makeBadPixelTable = (
  hidden: readonly BadPixelKind[],
  cleared: number,
  night: boolean,
): Uint32Array => {
  const time = night ? 'night' : 'day'
  const table = new Uint32Array(256)
  const pack = ([red, green, blue]: Rgb): number => ((ALPHA << 24) | (blue << 16) | (green << 8) | red) >>> 0
  const kinds = KINDS_SHOWN.filter((kind) => !hidden.includes(kind))
  for (let value = 1; value < 256; value++) {
    const kind = kinds.find((each) => (value & BAD_PIXEL_KINDS[each]) !== 0)
    if ((value & cleared) !== 0) table[value] = pack(CLEARED[time])
    else if (kind !== undefined) table[value] = pack(COLOURS[kind][time])
  }
  return table
}
