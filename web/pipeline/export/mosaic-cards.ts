import { shiftPattern } from '../../core/colour-channel'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import { readNumber, readText, type Header, type HeaderCard } from '../../core/header'
import { placeOnOriginal, type CalibrationRecipe } from '../../core/reduced'
import type { CardToFormat } from '../../science/fits'

const PATTERN = ['BAYERPAT', 'COLORTYP', 'BAYER', 'CFAPAT']
const OFFSETS = ['XBAYROFF', 'YBAYROFF']
const PER_PIXEL = [
  'XPIXSZ',
  'YPIXSZ',
  'XPIXELSZ',
  'YPIXELSZ',
  'SECPIX',
  'SECPIX1',
  'SECPIX2',
  'PIXSCALE',
  'PIXSCAL',
  'PIXSCAL1',
  'PIXSCAL2',
]

interface MosaicCards {
  /** The original's cards without those that are no longer true. */
  readonly header: readonly HeaderCard[]
  /** Cards that now say something else. */
  readonly changed: readonly CardToFormat[]
}

/**
 * What a header says of the mask of colours, for pixels that were made of the original's. A frame of one colour, or one that was resampled,
 * is no mosaic any more, and another program must not take it for one; a pixel of one colour stands for two by two of the camera's. A
 * mosaic that was trimmed begins with another colour of its pattern.
 */
export const settleMosaicCards = (
  header: Header,
  exposure: ExposureRecord,
  calibration: Pick<CalibrationRecipe, 'raw' | 'channel'>,
  resampled = false,
): MosaicCards => {
  const pattern = effectiveFacts(exposure).bayerPattern ?? null
  if (pattern === null) return { header, changed: [] }
  const { step, left, top } = placeOnOriginal(calibration)
  if (calibration.channel != null || resampled) {
    const kept = header.filter(({ keyword }) => !PATTERN.includes(keyword) && !OFFSETS.includes(keyword))
    const changed = PER_PIXEL.flatMap((keyword): CardToFormat[] => {
      const value = step === 1 ? null : readNumber(kept, keyword)
      return value === null
        ? []
        : [{ keyword, value: value * step, floating: true, comment: 'of pixels that are two by two' }]
    })
    return { header: kept, changed }
  }
  const written = PATTERN.find((keyword) => readText(header, keyword) !== null)
  const shifted = shiftPattern(pattern, { left, top })
  if (written === undefined || shifted === pattern) return { header, changed: [] }
  return {
    header: header.filter(({ keyword }) => !OFFSETS.includes(keyword)),
    changed: [{ keyword: written, value: shifted, comment: 'moved with the pixels' }],
  }
}
