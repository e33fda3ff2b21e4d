import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = 'web/ui/i18n'
const rooms = readdirSync(join(ROOT, 'en')).filter((name) => name.endsWith('.json'))

const flatten = (words: object, before = ''): string[] =>
  Object.entries(words).flatMap(([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null ? flatten(value, `${before}${key}.`) : [`${before}${key}`],
  )

const read = (language: string, room: string): object =>
  JSON.parse(readFileSync(join(ROOT, language, room), 'utf8')) as object

const wordsOf = (words: object): string[] =>
  Object.values(words).flatMap((value: unknown) =>
    typeof value === 'object' && value !== null ? wordsOf(value) : [String(value)],
  )

const valuesIn = (words: object): string[] =>
  flatten(words).map((key) => {
    const text = String(
      key.split('.').reduce<unknown>((inner, part) => (inner as Record<string, unknown>)[part], words),
    )
    return `${key}: ${[...text.matchAll(/\{\{(\w+)\}\}/g)]
      .map(([, name]) => name ?? '')
      .toSorted((a, b) => a.localeCompare(b))
      .join(',')}`
  })

describe.each(rooms)('the words of %s', (room) => {
  it('are there in German, every one, with the same values in them', () => {
    expect(valuesIn(read('de', room)).sort()).toEqual(valuesIn(read('en', room)).sort())
  })
  it('are none of them empty', () => {
    for (const language of ['en', 'de'])
      expect(wordsOf(read(language, room)).filter((text) => text.trim() === '')).toEqual([])
  })
})

const sources = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory()
      ? sources(join(folder, entry.name))
      : entry.name.endsWith('.tsx')
        ? [join(folder, entry.name)]
        : [],
  )

/** Text between tags and in attributes that people read; file formats and symbols are the same in every language. */
const findLiterals = (source: string): string[] => {
  const between = [...source.matchAll(/>\s*([^<>{}()=;&|]*[A-Za-z]{2,}[^<>{}()=;&|]*?)\s*<\//g)].map(
    ([, text]) => text ?? '',
  )
  const attributes = [
    ...source.matchAll(/\s(?:aria-label|title|placeholder|alt)="([^"]*[A-Za-z]{2,}[^"]*)"/g),
  ].map(([, text]) => text ?? '')
  return [...between, ...attributes].filter((text) => !/^(?:SVG|PNG|CSV|FITS|https:\/\/)$/.test(text.trim()))
}

it('finds a planted literal, so that the scan cannot pass over everything', () => {
  expect(findLiterals('<p>Hello there</p>')).toEqual(['Hello there'])
  expect(findLiterals('<input aria-label="Search frames" />')).toEqual(['Search frames'])
})

it('no words stand in the components themselves', () => {
  const found = sources('web/ui').flatMap((path) =>
    findLiterals(readFileSync(path, 'utf8')).map((text) => `${path}: ${text}`),
  )
  expect(sources('web/ui').length).toBeGreaterThan(20)
  expect(found).toEqual([])
})

it('every key that a component asks for by name is there', () => {
  const known = new Map(
    rooms.map((room) => [
      room.replace('.json', ''),
      new Set(flatten(read('en', room)).map((key) => key.replace(/_(?:one|other)$/, ''))),
    ]),
  )
  const missing = sources('web/ui').flatMap((path) => {
    const source = readFileSync(path, 'utf8')
    const room = /useTranslation\('([\w-]+)'\)/.exec(source)?.[1]
    const keys = [...source.matchAll(/\bt\('([\w.-]+)'/g)].map(([, key]) => key ?? '')
    return room === undefined
      ? []
      : keys.filter((key) => !known.get(room)?.has(key)).map((key) => `${path}: ${room}.${key}`)
  })
  expect(missing).toEqual([])
})
