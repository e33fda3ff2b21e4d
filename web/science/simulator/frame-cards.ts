import type { Conditions } from './conditions'
import type { PlannedFrame, SimulatedKind } from './frame-plan'
import type { SimulationRecipe } from './recipe'
import { isoFromJulian } from './sky-geometry'

/** A header card to be written; the cards that say how the bytes lie (SIMPLE, BITPIX, NAXIS, BZERO) are the writer's. */
export interface SimulatedCard {
  readonly keyword: string
  readonly value: string | number | boolean
  readonly comment: string
  /** A number that is written with a decimal point even when it is whole. */
  readonly floating?: boolean
}

const IMAGE_TYPES: Record<SimulatedKind, string> = {
  bias: 'Bias Frame',
  dark: 'Dark Frame',
  flat: 'Flat Field',
  light: 'Light Frame',
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits))

/** The header that a student's camera would write, and one line that says that no camera did. */
export const frameCards = (
  recipe: SimulationRecipe,
  frame: PlannedFrame,
  conditions: Conditions | null,
  temperature: number,
): SimulatedCard[] => {
  const { camera, site } = recipe
  const cards: SimulatedCard[] = [
    { keyword: 'IMAGETYP', value: IMAGE_TYPES[frame.kind], comment: 'kind of frame' },
    { keyword: 'DATE-OBS', value: isoFromJulian(frame.jdUtcStart), comment: 'UTC, start of exposure' },
    { keyword: 'TIMESYS', value: 'UTC', comment: 'time scale of DATE-OBS' },
    { keyword: 'EXPTIME', value: frame.exposure, comment: '[s] exposure', floating: true },
    { keyword: 'TELESCOP', value: camera.telescope, comment: '' },
    { keyword: 'INSTRUME', value: camera.name, comment: '' },
    { keyword: 'CCD-TEMP', value: round(temperature, 2), comment: '[deg C]', floating: true },
    { keyword: 'XBINNING', value: camera.binning, comment: '' },
    { keyword: 'YBINNING', value: camera.binning, comment: '' },
    { keyword: 'XPIXSZ', value: camera.pixelSize, comment: '[um] as binned', floating: true },
    { keyword: 'YPIXSZ', value: camera.pixelSize, comment: '[um] as binned', floating: true },
    { keyword: 'FOCALLEN', value: camera.focalLength, comment: '[mm]', floating: true },
    { keyword: 'APTDIA', value: camera.aperture * 10, comment: '[mm] aperture', floating: true },
    { keyword: 'EGAIN', value: camera.gain, comment: '[electron/adu]', floating: true },
    { keyword: 'RDNOISE', value: camera.readNoise, comment: '[electron] one sigma', floating: true },
    { keyword: 'SATURATE', value: saturationLevel(recipe), comment: '[adu] not to be trusted from here on' },
    { keyword: 'SITELAT', value: site.latitude, comment: '[deg] north positive', floating: true },
    { keyword: 'SITELONG', value: site.longitude, comment: '[deg] east positive', floating: true },
    { keyword: 'SITEELEV', value: site.elevation, comment: '[m]', floating: true },
  ]
  if (frame.kind === 'flat' || frame.kind === 'light')
    cards.push({ keyword: 'FILTER', value: recipe.filter, comment: '' })
  if (conditions !== null) {
    cards.push(
      { keyword: 'OBJECT', value: recipe.object, comment: '' },
      { keyword: 'RA', value: round(recipe.centre.ra, 6), comment: '[deg] of the pointing', floating: true },
      {
        keyword: 'DEC',
        value: round(recipe.centre.dec, 6),
        comment: '[deg] of the pointing',
        floating: true,
      },
      { keyword: 'EQUINOX', value: 2000, comment: '', floating: true },
      { keyword: 'AIRMASS', value: round(conditions.airmass, 4), comment: 'at mid-exposure', floating: true },
    )
  }
  cards.push({ keyword: 'SWCREATE', value: 'Asterism simulator', comment: 'not an observation' })
  return cards
}

/** ADU; a little below where the wells fill, bias included. */
export const saturationLevel = ({ camera }: SimulationRecipe): number =>
  Math.min(65_000, Math.floor((0.97 * camera.fullWell) / camera.gain / 100) * 100)
