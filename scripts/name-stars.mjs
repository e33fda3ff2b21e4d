/**
 * Makes the list of stars with names of public/names, which is committed, from d3-celestial (its licence lies beside the list):
 *
 *     node scripts/name-stars.mjs ../shared/data/catalogues/d3celestial [public/names/stars.json]
 */
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { gunzipSync } from 'node:zlib'

const folder = process.argv[2]
if (folder === undefined) throw new Error('say where d3-celestial lies: node scripts/name-stars.mjs <folder>')
const output = process.argv[3] ?? 'public/names/stars.json'

/**
 * @param {string} name
 * @returns {any}
 */
const readJson = (name) => JSON.parse(gunzipSync(readFileSync(join(folder, name))).toString('utf8'))

/** @type {Record<string, Record<string, string>>} */
const names = readJson('starnames.json.gz')
/** @type {{ features: { id: number, properties: { mag: number, bv: string }, geometry: { coordinates: [number, number] } }[] }} */
const stars = readJson('stars.8.json.gz')

/** @param {string | undefined} text */
const tidy = (text) => (text ?? '').replaceAll(/\s+/g, ' ').trim()

const rows = stars.features.flatMap(({ id, properties, geometry }) => {
  const star = names[String(id)]
  if (star === undefined) return []
  const constellation = tidy(star['c'])
  const letters = [star['bayer'], star['flam'], star['var']]
    .map(tidy)
    .filter((letter) => letter !== '' && constellation !== '')
    .map((letter) => `${letter} ${constellation}`)
  const all = [tidy(star['name']), ...letters, tidy(star['hd']), `HIP ${id}`].filter((name) => name !== '')
  const [name, ...aliases] = [...new Set(all)]
  const [longitude, latitude] = geometry.coordinates
  const colour = Number.parseFloat(properties.bv)
  return [
    [
      name,
      aliases,
      Number(((longitude + 360) % 360).toFixed(4)),
      latitude,
      properties.mag,
      Number.isNaN(colour) ? null : colour,
    ],
  ]
})

const head = {
  format: 'asterism-names',
  version: 1,
  list: 'stars',
  note: 'Stars with names, letters or numbers in their constellation, brighter than V 8, from d3-celestial (BSD-3, LICENSE.d3-celestial.txt): place (J2000), V, B-V.',
}
const lines = Object.entries(head).map(
  ([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`,
)
const text = rows.map((row) => `    ${JSON.stringify(row)}`).join(',\n')
writeFileSync(output, `{\n${lines.join('\n')}\n  "rows": [\n${text}\n  ]\n}\n`)
copyFileSync(join(folder, 'LICENSE'), join(dirname(output), 'LICENSE.d3-celestial.txt'))
console.log(`${rows.length} stars`)
