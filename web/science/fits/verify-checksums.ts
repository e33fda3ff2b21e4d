import { readText } from '../../core/header'
import { sumWords } from './checksum'
import type { Hdu } from './list-hdus'
import { BLOCK_LENGTH } from './parse-header'

/** What the sums of an HDU say: whether each fits, or null where the header has none (or an empty one, which means "not computed"). */
export interface ChecksumVerdict {
  /** CHECKSUM, over header and data. */
  readonly whole: boolean | null
  /** DATASUM, over the data alone. */
  readonly data: boolean | null
}

/** All words set are minus zero, which is zero (FITS standard 4.0, section 4.4.2.7 and appendix J). */
const isZero = (sum: number): boolean => sum === 0 || sum === 0xffff_ffff

/** The data unit to the end of its last block; what is missing of the padding is zero and adds nothing. */
const sumData = (bytes: Uint8Array, hdu: Hdu): number => {
  const length = Math.ceil(hdu.dataLength / BLOCK_LENGTH) * BLOCK_LENGTH
  const data = bytes.subarray(hdu.dataOffset, Math.min(hdu.dataOffset + length, bytes.length))
  const rest = data.length % 4
  if (rest === 0) return sumWords(data)
  const padded = new Uint8Array(4)
  padded.set(data.subarray(data.length - rest))
  return sumWords(padded, sumWords(data.subarray(0, data.length - rest)))
}

/**
 * Checks DATASUM and CHECKSUM of an HDU of `listHdus(bytes)`. A header that was changed by a program that knows nothing of sums does not
 * fit either: a sum that is wrong is a reason to look, not to refuse.
 */
export const verifyChecksums = (bytes: Uint8Array, hdu: Hdu): ChecksumVerdict => {
  const [checksum, datasum] = [readText(hdu.header, 'CHECKSUM'), readText(hdu.header, 'DATASUM')]
  if (checksum === null && datasum === null) return { whole: null, data: null }
  const sum = sumData(bytes, hdu)
  const stated = datasum === null || !/^\d{1,10}$/.test(datasum) ? null : Number(datasum)
  const header = bytes.subarray(hdu.headerOffset, hdu.dataOffset)
  return {
    whole: checksum === null || header.length % 4 !== 0 ? null : isZero(sumWords(header, sum)),
    data: stated === null ? null : stated === sum || (isZero(stated) && isZero(sum)),
  }
}
