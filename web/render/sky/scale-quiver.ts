import { chooseScaleBar } from './choose-bar'

/** How residuals become arrows: so many units of the pen for an arcsecond, and an arrow of a round length to compare with. */
export interface QuiverScale {
  readonly unitsPerArcsecond: number
  readonly legend: { readonly arcseconds: number; readonly label: string; readonly length: number }
}

/** Units of the pen that an arrow of the root mean square should have, about. */
const USUAL = 26
/** An arrow in the legend is no longer than this many times the usual one. */
const LEGEND = 2

/** 1, 2 or 5 times a power of ten, the nearest below. */
const roundDown = (value: number): number => {
  const power = 10 ** Math.floor(Math.log10(value))
  const lead = value / power
  return power * (lead >= 5 ? 5 : lead >= 2 ? 2 : 1)
}

/** Null where all residuals are zero or not known: then there is nothing to exaggerate. */
export const scaleQuiver = (rmsArcseconds: number): QuiverScale | null => {
  if (!(rmsArcseconds > 0 && Number.isFinite(rmsArcseconds))) return null
  const unitsPerArcsecond = roundDown((1.5 * USUAL) / rmsArcseconds)
  const bar = chooseScaleBar((LEGEND * USUAL) / unitsPerArcsecond / 3600)
  const arcseconds = bar === null ? rmsArcseconds : bar.degrees * 3600
  return {
    unitsPerArcsecond,
    legend: {
      arcseconds,
      label: bar?.label ?? `${rmsArcseconds.toPrecision(1)}″`,
      length: arcseconds * unitsPerArcsecond,
    },
  }
}
