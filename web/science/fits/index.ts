export { decodePixels, type PixelScaling } from './decode-pixels'
export { type LineRange } from './decode-tiles'
export { formatCard, type CardToFormat } from './format-card'
export { hasPixels, listHdus, type Bitpix, type Hdu, type HduKind } from './list-hdus'
export { parseHeader } from './parse-header'
export { checkReadable, decodeFrame, decodeHdu, readScaling, type FramePlane } from './read-image'
export { restoreImageHeader } from './restore-header'
export {
  isLayoutCard,
  writeFitsImage,
  type ExtensionToWrite,
  type FitsToWrite,
  type PlaneToWrite,
} from './write-image'
