import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Image } from '../../../web/core/image'

/** Primary image of 16-bit integers: enough for the oracle's frames, and independent of the app's own reader. */
export const readPlainFits = (path: string): Image => {
  const bytes = gunzipSync(readFileSync(path))
  const cards = new Map<string, string>()
  let offset = 0
  for (let ended = false; !ended; offset += 80) {
    const card = bytes.toString('latin1', offset, offset + 80)
    if (card.startsWith('END ') || card.trim() === 'END') ended = true
    else if (card[8] === '=') cards.set(card.slice(0, 8).trim(), card.slice(10).split('/')[0]!.trim())
  }
  const start = Math.ceil(offset / 2880) * 2880
  const number = (keyword: string, otherwise: number): number => Number(cards.get(keyword) ?? otherwise)
  if (number('BITPIX', 0) !== 16) throw new Error(`${path}: not 16-bit`)
  const width = number('NAXIS1', 0)
  const height = number('NAXIS2', 0)
  const data = Float32Array.from(
    { length: width * height },
    (_, i) => bytes.readInt16BE(start + 2 * i) * number('BSCALE', 1) + number('BZERO', 0),
  )
  return { width, height, data }
}
