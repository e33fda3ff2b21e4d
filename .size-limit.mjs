import { readFileSync } from 'node:fs'

/** @typedef {{ file: string, css?: string[], imports?: string[], isEntry?: boolean }} Chunk */

/** @type {Record<string, Chunk>} */
const manifest = JSON.parse(readFileSync(new URL('./dist/.vite/manifest.json', import.meta.url), 'utf8'))

/**
 * The files of a chunk and of all that it imports before it runs.
 * @param {string} name
 * @param {Set<string>} seen
 * @returns {Set<string>}
 */
const collect = (name, seen = new Set()) => {
  const chunk = manifest[name]
  if (chunk === undefined) throw new Error(`The manifest has no ${name}.`)
  if (seen.has(chunk.file)) return seen
  seen.add(chunk.file)
  for (const imported of chunk.imports ?? []) collect(imported, seen)
  return seen
}

const entries = Object.keys(manifest).filter((name) => manifest[name]?.isEntry === true)
const first = new Set(entries.flatMap((name) => [...collect(name)]))
if (first.size === 0) throw new Error('The build has no entry.')

export default [
  {
    name: 'First load: the entry and what it imports',
    path: [...first].map((file) => `dist/${file}`),
    limit: '350 kB',
    gzip: true,
  },
  { name: 'All scripts, workers included', path: 'dist/**/*.js', gzip: true },
  { name: 'Everything that is published', path: ['dist/**/*', '!dist/**/*.map'], gzip: true },
]
