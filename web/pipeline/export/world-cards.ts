import { readNumber, type Header, type HeaderCard } from '../../core/header'
import type { CardToFormat } from '../../science/fits'

const WORLD_KEYWORD =
  /^(?:WCSAXES|WCSNAME|(?:CTYPE|CRVAL|CRPIX|CDELT|CROTA|CUNIT|CRDER|CSYER)\d|(?:CD|PC)\d_\d|(?:CD|PC)\d{3}\d{3}|PV\d_\d+|PS\d_\d+|(?:A|B|AP|BP)_(?:ORDER|DMAX|\d_\d)|LONPOLE|LATPOLE|LTV\d|LTM\d_\d)[A-Z]?$/
/** What bends a picture: text of IRAF, tables of corrections, and the plate solutions of the Digitized Sky Survey. */
const DISTORTION_KEYWORD =
  /^(?:WAT\d_\d{3}|(?:CPDIS|CQDIS|D2IMDIS|CPERR|CQERR|D2IMERR|DP|DQ|D2IM)\d|D2IMEXT|AXISCORR|AMD[XY]\d{1,2}|CNPIX[12]|PPO[1-6]|PLT(?:RA[HMS]|DEC[DMS]|DECSN|SCALE)|[XY]PIXELSZ)$/

/** True for a card that ties the grid of pixels to the sky: after resampling those of another grid hold. */
export const isWorldCard = ({ keyword }: Pick<HeaderCard, 'keyword'>): boolean =>
  WORLD_KEYWORD.test(keyword) || DISTORTION_KEYWORD.test(keyword)

const REFERENCE = /^CRPIX([12])[A-Z]?$/
const PER_PIXEL = /^(?:CDELT[12]|CD[12]_[12])[A-Z]?$/
/** Of the Digitized Sky Survey: the corner of a picture on its plate, and the size of a pixel. */
const CORNER = /^CNPIX([12])$/
const PIXEL_SIZE = /^[XY]PIXELSZ$/
const DISTORTION = /^(?:A|B|AP|BP)_(\d)_(\d)$/

/**
 * World cards that say something else for a picture whose pixels are at step * position + (left, top) of the original (pixel centres from
 * 0): the reference pixel moves, a longer pixel covers more sky, and a SIP term of order p + q grows by step^(p + q - 1), its argument and its
 * result both being counted in pixels (Shupe et al. 2005).
 */
export const listMovedWorldCards = (
  header: Header,
  { step, left, top }: { readonly step: number; readonly left: number; readonly top: number },
): CardToFormat[] => {
  if (step === 1 && left === 0 && top === 0) return []
  const onPlate = header.some(({ keyword }) => keyword === 'AMDX1')
  return header.flatMap(({ keyword }) => {
    const value = readNumber(header, keyword)
    if (value === null) return []
    const give = (moved: number): CardToFormat[] =>
      moved === value ? [] : [{ keyword, value: moved, floating: true, comment: 'moved with the pixels' }]
    const axis = REFERENCE.exec(keyword)?.[1]
    if (axis !== undefined) return give((value - 1 - (axis === '1' ? left : top)) / step + 1)
    if (PER_PIXEL.test(keyword)) return give(value * step)
    const corner = onPlate ? CORNER.exec(keyword)?.[1] : undefined
    // Pixels of a plate are counted from its corner, half a pixel before the centre of the first.
    if (corner !== undefined) return give((value + 0.5 + (corner === '1' ? left : top)) / step - 0.5)
    if (onPlate && PIXEL_SIZE.test(keyword)) return give(value * step)
    const term = DISTORTION.exec(keyword)
    return term === null ? [] : give(value * step ** (Number(term[1]) + Number(term[2]) - 1))
  })
}
