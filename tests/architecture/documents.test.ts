import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { ROOMS } from './ranks.mjs'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const DOCUMENTS = [
  'README.md',
  'ARCHITECTURE.md',
  'CONTRIBUTING.md',
  'docs/hosting.md',
  'docs/scripting.md',
  'docs/instruments.md',
]

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8')

/** Rows of the table of ranks: rank, room, path and the words about it. */
const rows = read('ARCHITECTURE.md')
  .split('\n')
  .map((line) => /^\| (\d) +\| `(\w+)` +\| `([\w/]+)` +\| (.+?) *\|$/.exec(line))
  .filter((match) => match !== null)
  .map(([, rank, room, path, text]) => ({
    rank: Number(rank),
    room: room ?? '',
    path: path ?? '',
    text: text ?? '',
  }))

describe('ARCHITECTURE.md', () => {
  it('has the table of ranks that the layer check uses', () => {
    expect(rows.map(({ rank, room, path }) => ({ room, path, rank }))).toEqual(ROOMS)
  })

  it('says of a room that it is to come exactly while it is not there', () => {
    const marked = rows.filter(({ text }) => text.startsWith('_to come_')).map(({ room }) => room)
    const absent = ROOMS.filter(({ path }) => !existsSync(join(ROOT, path))).map(({ room }) => room)
    expect(marked).toEqual(absent)
  })
})

describe.each(DOCUMENTS)('%s', (document) => {
  const text = read(document)

  it('links only to what is there', () => {
    const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] ?? '')
    expect(targets.filter((target) => !existsSync(join(ROOT, dirname(document), target)))).toEqual([])
  })

  it('names only commands that exist', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
    const commands = [...text.matchAll(/(?:`|^)npm (?:run )?([\w:-]+)/gm)].map((match) => match[1] ?? '')
    const known = [...Object.keys(scripts), 'ci', 'install']
    expect(commands.filter((command) => !known.includes(command))).toEqual([])
  })
})
