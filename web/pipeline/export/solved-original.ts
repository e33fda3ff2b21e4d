import type { PixelLocation } from '../../core/frame'
import { formatCard } from '../../science/fits'
import { isReplacedCard, type SolvedWorld } from './solved-world'

const CARD = 80
const BLOCK = 2880

/** A card that goes on in the next one belongs together with it. */
const isContinued = (keyword: string): boolean => keyword === 'CONTINUE'

const listKept = (header: string): string[] => {
  const kept: string[] = []
  let dropped = false
  for (let at = 0; at < header.length; at += CARD) {
    const card = header.slice(at, at + CARD).padEnd(CARD)
    const keyword = card.slice(0, 8).trimEnd()
    if (keyword === 'END') break
    if (isContinued(keyword) && dropped) continue
    // The checksum was that of the old header; that of the data still holds.
    dropped = isReplacedCard({ keyword }) || keyword === 'CHECKSUM'
    if (!dropped) kept.push(card)
  }
  return kept
}

/**
 * A file as it came in, but for the header of one image: its world coordinates are those that were found here. All its other cards and every
 * byte of its data and of the other HDUs are as they were.
 */
export const writeSolvedOriginal = (
  bytes: Uint8Array,
  { headerOffset, dataOffset }: Pick<PixelLocation, 'headerOffset' | 'dataOffset'>,
  { cards, line }: SolvedWorld,
): Uint8Array<ArrayBuffer> => {
  const header = Array.from(bytes.subarray(headerOffset, dataOffset), (byte) =>
    String.fromCharCode(byte),
  ).join('')
  const written = [
    ...listKept(header),
    ...cards.map(formatCard),
    formatCard({ keyword: 'HISTORY', value: null, comment: line }),
    'END'.padEnd(CARD),
  ].join('')
  const padded = written.padEnd(Math.ceil(written.length / BLOCK) * BLOCK)
  const out = new Uint8Array(headerOffset + padded.length + bytes.length - dataOffset)
  out.set(bytes.subarray(0, headerOffset))
  for (let at = 0; at < padded.length; at++) out[headerOffset + at] = padded.charCodeAt(at)
  out.set(bytes.subarray(dataOffset), headerOffset + padded.length)
  return out
}
