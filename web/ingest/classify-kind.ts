import type { FieldSource, RawFrameKind } from '../core/frame'
import { readText, type Header } from '../core/header'
import { kindOfObject, kindOfPath } from './kind-words'
import type { Alias } from './read-values'
import { readAlias } from './read-alias'

export interface KindDecision {
  readonly kind: RawFrameKind
  readonly source: FieldSource
  readonly warning: string | null
}

export interface KindRules {
  readonly aliases: readonly Alias<RawFrameKind>[]
  /** What a profile's instrument means by whole values of these cards, before their words are looked at. */
  readonly words?: Readonly<Record<string, RawFrameKind>> | undefined
  /** What a profile's instrument takes when nothing says what a frame is. */
  readonly defaultKind: RawFrameKind | null
}

const readOwnWord = (header: Header, { aliases, words = {} }: KindRules): RawFrameKind | null => {
  const known = new Map(Object.entries(words).map(([word, kind]) => [word.trim().toLowerCase(), kind]))
  for (const { keyword } of aliases) {
    const kind = known.get(readText(header, keyword)?.toLowerCase() ?? '')
    if (kind !== undefined) return kind
  }
  return null
}

const describeRule = (from: 'name' | 'folder'): string => (from === 'name' ? 'its file name' : 'its folder')

/**
 * Header first, then OBJECT, then file name and folder, then the profile. A header that says "light" only repeats what many cameras
 * write on every frame, so a name that says bias, dark, flat or arc wins over it, with a warning.
 */
export const classifyKind = (header: Header, path: string, rules: KindRules): KindDecision => {
  const stated = readOwnWord(header, rules) ?? readAlias(header, rules.aliases)
  const named = kindOfPath(path)
  if (stated !== null && stated !== 'light') return { kind: stated, source: 'header', warning: null }
  if (stated === 'light') {
    if (named === null || named.kind === 'light') return { kind: 'light', source: 'header', warning: null }
    return {
      kind: named.kind,
      source: 'path',
      warning: `The header calls this a light frame and ${describeRule(named.from)} says ${named.kind}; it was taken as ${named.kind}. Change the kind if that is wrong.`,
    }
  }
  const object = kindOfObject(readText(header, 'OBJECT') ?? '')
  if (object !== null && object !== 'light') return { kind: object, source: 'header', warning: null }
  if (named !== null) return { kind: named.kind, source: 'path', warning: null }
  if (rules.defaultKind !== null) return { kind: rules.defaultKind, source: 'profile', warning: null }
  return {
    kind: 'unknown',
    source: 'assumed',
    warning:
      'Neither the header nor the name says whether this is a bias, dark, flat or light. Choose the kind.',
  }
}
