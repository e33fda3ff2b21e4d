import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { readNumber, readText, type Header } from '../../core/header'
import { detectorOf, type ReducedRecord } from '../../core/reduced'
import type { CardToFormat } from '../../science/fits'
import { describeRecipe } from '../calibration/list-recipe'
import { listTimeCards } from './time-cards'

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.max(Math.abs(a), Math.abs(b))

/** Electrons per unit of the pixels. Where the original's GAIN is the camera's setting, it stays, and EGAIN says what is meant. */
const listGain = (header: Header, gain: number | null): CardToFormat[] => {
  if (gain === null) return []
  const written = readNumber(header, 'GAIN')
  const card = { value: gain, floating: true, comment: 'electrons per unit of the pixels' }
  if (readText(header, 'GAIN') === null) return [{ keyword: 'GAIN', ...card }]
  if (written !== null && isNear(written, gain)) return []
  return readText(header, 'EGAIN') === null ? [{ keyword: 'EGAIN', ...card }] : []
}

export interface ReducedFacts {
  readonly reduced: ReducedRecord
  readonly exposure: ExposureRecord
  /** The original's. */
  readonly header: Header
  /** Level of the calibrated pixels from which the raw ones were saturated; null when it is not known. */
  readonly saturation: number | null
}

/**
 * What is added to the cards of an original when its calibrated pixels go out. A card that the original has stays as it is; only BUNIT is
 * set anew where it says something else, since the pixels are others now.
 */
export const listReducedCards = ({ reduced, exposure, header, saturation }: ReducedFacts): CardToFormat[] => {
  const facts = effectiveFacts(exposure)
  const cards: CardToFormat[] = []
  const add = (keyword: string, value: string | number | null, comment: string): void => {
    if (value === null || value === '' || readText(header, keyword) !== null) return
    cards.push({ keyword, value, comment, floating: typeof value === 'number' })
  }
  if (readText(header, 'BUNIT')?.toLowerCase() !== reduced.unit)
    cards.push({ keyword: 'BUNIT', value: reduced.unit, comment: 'unit of the pixels' })
  add('IMAGETYP', facts.kind, 'kind of frame')
  add('OBJECT', facts.object, '')
  add('TELESCOP', facts.telescope, '')
  add('INSTRUME', facts.instrument, '')
  add('FILTER', facts.filter, '')
  add('EXPTIME', facts.exposure, 'seconds')
  add('AIRMASS', facts.airmass, '')
  const detector = detectorOf(reduced.calibration, facts)
  cards.push(...listTimeCards(header, facts), ...listGain(header, detector.gain))
  add('RDNOISE', detector.readNoise, 'read noise, electrons')
  add('SATURATE', saturation, 'level from which a pixel cannot be trusted')
  add('L1IDBIAS', reduced.calibration.bias, 'master bias')
  add('L1IDDARK', reduced.calibration.dark, 'master dark')
  add('L1IDFLAT', reduced.calibration.flat, 'master flat')
  for (const comment of describeRecipe(reduced.calibration))
    cards.push({ keyword: 'HISTORY', value: null, comment })
  const corrected = Object.entries(exposure.corrections)
  for (const [name, value] of corrected)
    cards.push({
      keyword: 'HISTORY',
      value: null,
      comment: `a person set ${name} to ${typeof value === 'object' ? JSON.stringify(value) : value}`,
    })
  return cards
}
