import { effectiveFacts, type ExposureRecord } from '../core/frame'

/** A pattern of files, where * is anything and ? one character, from the beginning to the end of a name. */
const toPattern = (word: string): RegExp =>
  new RegExp(
    `^${word
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replaceAll('*', '.*')
      .replaceAll('?', '.')}$`,
    'i',
  )

type Test = (exposure: ExposureRecord, text: string) => boolean

const toTest = (word: string): Test => {
  if (word.length > 1 && word.startsWith('-')) {
    const inner = toTest(word.slice(1))
    return (exposure, text) => !inner(exposure, text)
  }
  if (!/[*?]/.test(word)) return (_exposure, text) => text.includes(word)
  const pattern = toPattern(word)
  return ({ path, name }) => pattern.test(name) || path.split('/').some((part) => pattern.test(part))
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
