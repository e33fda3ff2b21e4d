export { countPlanes, locatePlane, planeCards } from './cube-planes'
export { decodePixels, type PixelScaling } from './decode-pixels'
export { formatCard, type CardToFormat } from './format-card'
export { hasPixels, listHdus, type Bitpix, type Hdu, type HduKind } from './list-hdus'
export { parseHeader } from './parse-header'
export { type LineRange } from './place-tiles'
export {
  checkReadable,
  decodeFrameWith,
  decodeHdu,
  readScaling,
  type FramePlane,
  type FrameWanted,
} from './read-image'
export { hasTable, readTable } from './read-table'
export { readTableFields, type TableField } from './table-fields'
export { type FitsTable } from './read-binary-table'
export { restoreImageHeader } from './restore-header'
export { unpackBatch, type TileBatch, type TileDecoder } from './tile-batch'
export { type UnpackedTiles } from './unpack-tiles'
export { isLayoutCard } from './assemble-hdu'
export { compressFits, compressImage } from './compress-file'
export { encodePixels } from './encode-pixels'
export { writeFits, writeFitsImage, type FitsToWrite, type HduToWrite } from './write-fits'
export { type ImageHdu } from './write-image'
export { readPixelValues, type PixelValues } from './read-values'
export { verifyChecksums } from './verify-checksums'
