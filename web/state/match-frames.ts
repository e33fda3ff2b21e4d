import { effectiveFacts, type ExposureRecord } from '../core/frame'
import { matchGlob } from '../ingest/instruments/match-glob'

type Test = (exposure: ExposureRecord, text: string) => boolean

const toTest = (typed: string): Test => {
  const word = typed.replace(/^-+(?=.)/, '')
  // Each minus turns it round.
  if ((typed.length - word.length) % 2 === 1) {
    const inner = toTest(word)
    return (exposure, text) => !inner(exposure, text)
  }
  if (!/[*?]/.test(word)) return (_exposure, text) => text.includes(word)
  // No regular expression: many stars and a name of one letter over and over would hold the page.
  return ({ path, name }) => matchGlob(word, name) || path.split('/').some((part) => matchGlob(word, part))
}

/**
 * Whether a frame is meant by what a person typed: every word must be in its path or its facts; a word with * or ? is a pattern of the
 * name of the file or of a folder; a word after a minus must not fit. No word means every frame.
 */
export const matchFrames = (typed: string): ((exposure: ExposureRecord) => boolean) => {
  const tests = typed.toLowerCase().split(/\s+/).filter(Boolean).map(toTest)
  return (exposure) => {
    const facts = effectiveFacts(exposure)
    const text = [
      exposure.path,
      exposure.name,
      facts.kind,
      facts.filter,
      facts.object,
      facts.exposure,
      facts.instrument,
      facts.night,
    ]
      .join(' ')
      .toLowerCase()
    return tests.every((test) => test(exposure, text))
  }
}
