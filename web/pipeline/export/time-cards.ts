import type { FrameFacts } from '../../core/frame'
import { readText, type Header } from '../../core/header'
import type { CardToFormat } from '../../science/fits'

const DAY = 86_400_000
/** Modified Julian date of 1970-01-01. */
const EPOCH_MJD = 40_587
/** Two writings of one moment: the clock of a header has milliseconds at best. */
const SAME = 1

const toMjd = (time: number): number => time / DAY + EPOCH_MJD
const toIso = (time: number): string => new Date(time).toISOString().slice(0, 23)

/** The middle of several frames, from a Julian date. */
export const listMiddle = (jdUtcMid: number): CardToFormat[] => {
  const mjd = jdUtcMid - 2_400_000.5
  const comment = 'middle of its frames, UTC'
  return [
    { keyword: 'TIMESYS', value: 'UTC', comment: 'scale of the times' },
    { keyword: 'DATE-AVG', value: toIso((mjd - EPOCH_MJD) * DAY), comment },
    { keyword: 'MJD-AVG', value: mjd, floating: true, comment },
  ]
}

const parseUtc = (text: string): number =>
  Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}${text.includes('T') ? '' : 'T00:00:00'}Z`)

/** A moment in UTC as the standard writes it: no offset from a zone behind it. */
const isStandardDate = (text: string): boolean => /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\d(?:\.\d*)?)?$/.test(text)

/**
 * Start, middle and end of the exposure in UTC, as cards beside those of the original. Nothing that the original says is taken away: where
 * its DATE-OBS is another moment, or local time, the start is told by DATE-BEG.
 */
export const listTimeCards = (
  header: Header,
  { dateObs, exposure }: Pick<FrameFacts, 'dateObs' | 'exposure'>,
): CardToFormat[] => {
  const start = dateObs === null ? NaN : parseUtc(dateObs)
  if (!Number.isFinite(start)) return []
  const written = readText(header, 'DATE-OBS')
  const agrees = written !== null && isStandardDate(written) && Math.abs(parseUtc(written) - start) <= SAME
  const cards: CardToFormat[] = []
  const add = (keyword: string, value: string | number, comment: string): void => {
    if (readText(header, keyword) !== null) return
    cards.push({ keyword, value, comment, ...(typeof value === 'number' ? { floating: true } : {}) })
  }
  add('TIMESYS', 'UTC', 'scale of the times that have no other')
  /** The date and the day number of one moment, where the original has no date of it. */
  const addMoment = (name: string, time: number, comment: string): void => {
    if (readText(header, `DATE-${name}`) !== null && !(name === 'OBS' && agrees)) return
    add(`DATE-${name}`, toIso(time), comment)
    add(`MJD-${name}`, toMjd(time), comment)
  }
  addMoment(written === null || agrees ? 'OBS' : 'BEG', start, 'start of the exposure, UTC')
  if (exposure === null) return cards
  addMoment('AVG', start + 500 * exposure, 'middle of the exposure, UTC')
  addMoment('END', start + 1000 * exposure, 'end of the exposure, UTC')
  return cards
}
