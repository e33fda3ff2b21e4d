import { chooseScaleBar } from './choose-bar'
import type { Compass } from './find-compass'
import { paintArrow } from './paint-arrow'
import type { Pen } from './pen'
import type { SkyColours } from './sky-colours'

const LETTERS = 12.5
const ARM = 38
const BEYOND = 11

/** North and east as arrows from a place; what they are called is the caller's language. */
export const paintCompass = (
  pen: Pen,
  compass: Compass,
  at: { readonly x: number; readonly y: number },
  names: { readonly north: string; readonly east: string },
  colours: SkyColours,
): void => {
  const stroke = { colour: colours.text, width: 1.8, halo: colours.halo }
  for (const [direction, name] of [
    [compass.north, names.north],
    [compass.east, names.east],
  ] as const) {
    paintArrow(pen, [at.x, at.y], [at.x + ARM * direction.x, at.y + ARM * direction.y], stroke)
    pen.write(name, at.x + (ARM + BEYOND) * direction.x, at.y + (ARM + BEYOND) * direction.y, {
      colour: colours.text,
      size: LETTERS,
      bold: true,
      anchor: 'middle',
      halo: colours.halo,
    })
  }
}

/** How far the tips of the arrows and their letters reach. */
export const COMPASS_REACH = ARM + BEYOND + 8

/** A bar of a round length on the sky, its left end at `x`; no wider than `room`. */
export const paintScaleBar = (
  pen: Pen,
  unitsPerDegree: number,
  place: { readonly x: number; readonly y: number; readonly room: number },
  colours: SkyColours,
): void => {
  const bar = chooseScaleBar(place.room / unitsPerDegree)
  if (bar === null) return
  const width = bar.degrees * unitsPerDegree
  const { x, y } = place
  pen.line([x, y - 4, x, y + 4, x, y, x + width, y, x + width, y - 4, x + width, y + 4], {
    colour: colours.text,
    width: 1.8,
    halo: colours.halo,
  })
  pen.write(bar.label, x + width / 2, y - 13, {
    colour: colours.text,
    size: LETTERS,
    bold: true,
    anchor: 'middle',
    halo: colours.halo,
  })
}
