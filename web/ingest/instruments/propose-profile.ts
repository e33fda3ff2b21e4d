import { findCard, readText, type Header } from '../../core/header'
import type { Condition } from './condition'
import { findProfile } from './find-profile'
import type { InstrumentProfile } from './profile-schema'

/** Cards that tell one camera from another; the first of each line that is there is proposed. */
const TELLING = [
  ['INSTRUME', 'CAMERA', 'DETECTOR', 'DEVICE', 'HEAD'],
  ['TELESCOP', 'OBSERVAT', 'SITENAME', 'SITE'],
  ['SWCREATE', 'CREATOR', 'PROGRAM', 'SOFTWARE'],
] as const

/** Programs write their version behind the name, and it changes: the words before the first number stay. */
const cutVersion = (text: string): string =>
  /^[^\d]*?(?=\s*(?:[Vv](?:ersion)?\.?\s*)?\d)/.exec(text)?.[0].trim() ?? text

const LONGEST = 120

const propose = (header: Header): Condition[] =>
  TELLING.flatMap((keywords, line): Condition[] => {
    const keyword = keywords.find((name) => readText(header, name) !== null)
    const text = keyword === undefined ? null : readText(header, keyword)
    if (keyword === undefined || text === null) return []
    const start = line === 2 ? cutVersion(text) : ''
    if (start.length > 2 && start !== text) return [{ keyword, starts: start.slice(0, LONGEST) }]
    return [{ keyword, is: text.slice(0, LONGEST) }]
  })

const toName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 50)
    .replace(/-+$/, '')

/** A first draft for a frame: how to know its camera, and what the profile that reads it now says. */
export const proposeProfile = (header: Header, own: readonly InstrumentProfile[] = []): InstrumentProfile => {
  const base = findProfile(header, own)
  const camera = readText(header, 'INSTRUME') ?? readText(header, 'CAMERA') ?? 'My camera'
  const telescope = readText(header, 'TELESCOP')
  const title = (telescope === null ? camera : `${camera}, ${telescope}`).slice(0, LONGEST)
  const conditions = propose(header)
  const fallback: Condition = { keyword: findCard(header, 'NAXIS1') ? 'NAXIS1' : 'SIMPLE', present: true }
  const { specificity: _specificity, ...kept } = base
  return {
    ...kept,
    name: `my-${toName(title) || 'camera'}`,
    title,
    recognise: { all: conditions.length === 0 ? [fallback] : conditions },
  }
}
