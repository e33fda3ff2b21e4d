import type { FrameReading } from '../core/frame'
import type { HeaderCard } from '../core/header'
import { findProfile, type InstrumentProfile } from './instruments'
import { readFacts } from './read-facts'

const warnOfShape = (axes: readonly number[]): string[] => {
  const planes = axes.slice(2).reduce((product, axis) => product * axis, 1)
  if (axes.length === 1) return ['This is a row of numbers (a spectrum), not a picture.']
  return planes > 1
    ? [
        `This is a cube of ${planes} planes; the first one is shown. Others can be opened as frames of their own.`,
      ]
    : []
}

const warnOfFlaws = (cards: readonly HeaderCard[]): string[] => {
  const flawed = cards.filter((card) => card.flaw !== undefined)
  if (flawed.length === 0) return []
  const names = [...new Set(flawed.map((card) => card.keyword || 'a blank card'))].slice(0, 3).join(', ')
  return [
    `${flawed.length === 1 ? 'One header card is' : `${flawed.length} header cards are`} not by the standard (${names}); what could be read was read.`,
  ]
}

/** What the cards of an image say, by the profile that knows them best. */
export const readFrame = (
  cards: readonly HeaderCard[],
  path: string,
  { axes, profiles }: { readonly axes: readonly number[]; readonly profiles: readonly InstrumentProfile[] },
): FrameReading => {
  const profile = findProfile(cards, profiles)
  const { facts, sources, warnings } = readFacts(cards, path, profile)
  return {
    facts,
    sources,
    profile: profile.name,
    warnings: [...warnings, ...warnOfShape(axes), ...warnOfFlaws(cards)],
    factWarnings: warnings.length,
  }
}
