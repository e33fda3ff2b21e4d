/** A rectangle of stored pixels, counted from 0: the first inside, the second outside, for columns and rows. */
export interface PixelSection {
  readonly x: readonly [number, number]
  readonly y: readonly [number, number]
}

const SECTION = /^\[\s*(\d{1,6})\s*:\s*(\d{1,6})\s*,\s*(\d{1,6})\s*:\s*(\d{1,6})\s*\]$/

/** `[x1:x2,y1:y2]`, counted from 1 with both ends inside, as IRAF does. A section that is written backwards is the same section. */
export const parsePixelSection = (text: string): PixelSection | null => {
  const numbers = SECTION.exec(text.trim())?.slice(1).map(Number)
  if (numbers === undefined || numbers.some((number) => number < 1)) return null
  const [x1, x2, y1, y2] = numbers as [number, number, number, number]
  return {
    x: [Math.min(x1, x2) - 1, Math.max(x1, x2)],
    y: [Math.min(y1, y2) - 1, Math.max(y1, y2)],
  }
}

/** As headers write it. */
export const formatPixelSection = ({ x, y }: PixelSection): string =>
  `[${x[0] + 1}:${x[1]},${y[0] + 1}:${y[1]}]`
