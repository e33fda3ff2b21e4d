import type { FrameFacts } from '../core/frame'
import { readNumber, readText, type Header } from '../core/header'

type Subtracted = NonNullable<FrameFacts['subtracted']>

const historyOf = (header: Header): string =>
  header
    .filter((card) => card.keyword === 'HISTORY')
    .map((card) => card.comment)
    .join('\n')

const DARK_TAKEN = /auto-?\s?dark|\bdarks?\b.{0,10}\bsubtract|\bsubtract\w*\s.{0,20}\bdark\b/i
const BIAS_TAKEN = /\b(?:bias|zero)\b.{0,10}\bsubtract|\bsubtract\w*\s.{0,20}\b(?:bias|zero)\b/i
/** 'not dark subtracted', 'Auto-Dark Subtraction: off' */
const DENIED = /\b(?:not?|without|off|none|false)\b/i

const isSaid = (history: string, what: RegExp): boolean =>
  history.split('\n').some((line) => what.test(line) && !DENIED.test(line))

/** A card that is there and does not say no: IRAF writes date and name of what it took off, ccdproc how, others T or F. */
const isDone = (header: Header, keywords: readonly string[]): boolean =>
  keywords.some((keyword) => {
    const card = header.find((each) => each.keyword === keyword)
    if (card === undefined || card.value === null || card.value === false) return false
    return !/^(?:|f|0|no|none|omit|skipped|perform)$/i.test(String(card.value).trim())
  })

/**
 * What is off the pixels already, as far as the header says. CALSTAT is MaxIm's (B, D, F), HISTORY what SBIG's, Software Bisque's and
 * other programs write, ZEROCOR and DARKCOR are IRAF's, SUBBIAS and SUBDARK ccdproc's, L1STATBI and L1STATDA Las Cumbres'.
 */
export const readSubtracted = (header: Header): Subtracted | null => {
  const status = readText(header, 'CALSTAT')?.toUpperCase() ?? ''
  const history = historyOf(header)
  if (
    status.includes('D') ||
    isSaid(history, DARK_TAKEN) ||
    isDone(header, ['DARKCOR', 'SUBDARK', 'DARKSUB']) ||
    readNumber(header, 'L1STATDA') === 1
  )
    return 'dark'
  const bias =
    status.includes('B') ||
    isSaid(history, BIAS_TAKEN) ||
    isDone(header, ['ZEROCOR', 'SUBBIAS', 'BIASSUB']) ||
    readNumber(header, 'L1STATBI') === 1
  return bias ? 'bias' : null
}

/** Software Bisque's programs write the pedestal of SBIG cameras as BIAS, a keyword that others use for other things. */
export const readCameraPedestal = (header: Header): number | null => {
  if (!/ccdsoft|theskyx|software bisque/i.test(`${readText(header, 'SWCREATE')} ${simpleComment(header)}`))
    return null
  const pedestal = readNumber(header, 'BIAS')
  return pedestal !== null && pedestal > 0 && pedestal <= 65_535 ? pedestal : null
}

const simpleComment = (header: Header): string =>
  header.find((card) => card.keyword === 'SIMPLE')?.comment ?? ''

/** Steps that the camera's own program says it has done already, in words. */
export const warnOfCalibration = (header: Header): string[] => {
  const status = readText(header, 'CALSTAT')?.toUpperCase() ?? ''
  const subtracted = readSubtracted(header)
  const warnings: string[] = []
  if (subtracted === 'dark')
    warnings.push(
      'A dark was already subtracted from this frame by the camera or its program: no dark and no bias is taken off again.',
    )
  else if (subtracted === 'bias')
    warnings.push('A bias was already subtracted from this frame: no other is taken off.')
  if (status.includes('F') || isDone(header, ['FLATCOR']) || readNumber(header, 'L1STATFL') === 1)
    warnings.push('This frame was already divided by a flat; divide by no other.')
  if (/\bmaster/i.test(readText(header, 'IMAGETYP') ?? '')) {
    warnings.push('This looks like a master frame of another program; it is treated as one single frame.')
  }
  const pedestal = readNumber(header, 'PEDESTAL') ?? 0
  if (pedestal !== 0)
    warnings.push(
      `The header gives a pedestal of ${Math.abs(pedestal)} ADU: it is taken off where no bias frame does that.`,
    )
  return warnings
}
