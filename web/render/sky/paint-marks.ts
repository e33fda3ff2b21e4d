import type { Pen } from './pen'
import type { SkyColours } from './sky-colours'

/** What a mark says: each has a shape of its own, so that no eye depends on the colours. */
export type MarkKind = 'catalogue' | 'matched' | 'unmatched' | 'missing' | 'target' | 'object'

/** Smallest and largest radius of a star of the catalogue, CSS pixels. */
const FAINT = 3
const BRIGHT = 13

/** Radius that a star's magnitude asks for between the faintest and the brightest that are shown. */
export const sizeByMagnitude = (
  magnitude: number,
  { faintest, brightest }: { readonly faintest: number; readonly brightest: number },
): number => {
  const range = Math.max(0.5, faintest - brightest)
  const share = Math.min(1, Math.max(0, (faintest - magnitude) / range))
  return Number.isFinite(share) ? FAINT + (BRIGHT - FAINT) * share : FAINT
}

const ring = (pen: Pen, x: number, y: number, radius: number, colours: SkyColours): void =>
  pen.circle(x, y, radius, { colour: colours.matched, width: 1.8, halo: colours.halo })

/** One mark about a place: catalogue a thin ring, matched a ring with ticks, unmatched a square, missing a diamond, the target a cross-hair, an object a ring with its name. */
export const paintMark = (
  pen: Pen,
  kind: MarkKind,
  at: { readonly x: number; readonly y: number; readonly radius: number },
  colours: SkyColours,
): void => {
  const { x, y, radius } = at
  switch (kind) {
    case 'catalogue':
      pen.circle(x, y, radius, { colour: colours.catalogue, width: 1.1 })
      return
    case 'matched': {
      const out = radius + 4
      ring(pen, x, y, radius, colours)
      const stroke = { colour: colours.matched, width: 1.8 }
      pen.line([x - out, y, x - radius, y], stroke)
      pen.line([x + radius, y, x + out, y], stroke)
      return
    }
    case 'unmatched':
      pen.line(
        [x - radius, y - radius, x + radius, y - radius, x + radius, y + radius, x - radius, y + radius],
        { colour: colours.unmatched, width: 1.2 },
        true,
      )
      return
    case 'missing': {
      const reach = radius * 1.25
      pen.line(
        [x, y - reach, x + reach, y, x, y + reach, x - reach, y],
        { colour: colours.missing, width: 1.5, halo: colours.halo, dash: [3, 2] },
        true,
      )
      return
    }
    case 'target': {
      const stroke = { colour: colours.target, width: 2, halo: colours.halo }
      const [near, far] = [radius, radius + 16]
      pen.line([x - far, y, x - near, y], stroke)
      pen.line([x + near, y, x + far, y], stroke)
      pen.line([x, y - far, x, y - near], stroke)
      pen.line([x, y + near, x, y + far], stroke)
      return
    }
    case 'object':
      pen.circle(x, y, radius, { colour: colours.object, width: 1.4, dash: [7, 4], halo: colours.halo })
      return
  }
}
