import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import type { Image } from '../../web/core/image'

/** The raw frames of the transit of HAT-P-32 b in time order, as paths. */
export const listHatp32Frames = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.FITS.gz'))
    .sort()
    .map((name) => join(folder, name))

const readCard = (header: string, keyword: string): number | null => {
  for (let at = 0; at < header.length; at += 80) {
    const card = header.slice(at, at + 80)
    if (card.startsWith(keyword.padEnd(8) + '=')) return Number(card.slice(10).split('/')[0])
  }
  return null
}

/** Reads the primary image of one gzipped frame: signed 16-bit, as this camera writes. */
export const readHatp32Frame = (path: string): Image => {
  const bytes = gunzipSync(readFileSync(path))
  let size = 2880
  while (!/^END {77}/m.test(bytes.toString('latin1', size - 2880, size).replace(/(.{80})/g, '$1\n'))) size += 2880
  const header = bytes.toString('latin1', 0, size)
  if (readCard(header, 'BITPIX') !== 16) throw new Error(`${path} is not a 16-bit image`)
  const width = readCard(header, 'NAXIS1') ?? 0
  const height = readCard(header, 'NAXIS2') ?? 0
  const zero = readCard(header, 'BZERO') ?? 0
  const scale = readCard(header, 'BSCALE') ?? 1
  const data = Float32Array.from({ length: width * height }, (_, i) => bytes.readInt16BE(size + 2 * i) * scale + zero)
  return { width, height, data }
}
