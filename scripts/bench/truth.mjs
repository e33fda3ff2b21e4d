import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** @typedef {import('./make-frames.mjs').Truth} Truth */

/**
 * Arrays of float64 in an archive that numpy wrote: a zip whose members are stored as they are, each a .npy of version 1.
 * @param {Buffer} archive
 * @param {readonly string[]} names
 * @returns {Map<string, Float64Array>}
 */
export const readNpz = (archive, names) => {
  /** @type {Map<string, Float64Array>} */
  const found = new Map()
  // From the central directory: the local headers of a stream do not know the sizes.
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0) throw new Error('this is not a zip archive')
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = archive.readUInt16LE(at + 10)
    const nameLength = archive.readUInt16LE(at + 28)
    const name = archive.toString('latin1', at + 46, at + 46 + nameLength).replace(/\.npy$/, '')
    const local = archive.readUInt32LE(at + 42)
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
    if (!names.includes(name)) continue
    if (method !== 0) throw new Error(`${name} is compressed`)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const header = archive.toString('latin1', start + 10, start + 10 + archive.readUInt16LE(start + 8))
    if (!header.includes("'<f8'")) throw new Error(`${name} is not float64`)
    const shape = (/'shape': \(([^)]*)\)/.exec(header)?.[1] ?? '')
      .split(',')
      .filter((part) => part.trim() !== '')
    const length = shape.reduce((product, part) => product * Number(part), 1)
    const data = start + 10 + archive.readUInt16LE(start + 8)
    found.set(name, new Float64Array(new Uint8Array(archive.subarray(data, data + 8 * length)).buffer))
  }
  return found
}

/**
 * What the frames of a folder were made from.
 * @param {string} folder
 * @returns {Truth}
 */
export const readTruth = (folder) => {
  const own = join(folder, 'truth.json')
  if (existsSync(own)) return /** @type {Truth} */ (JSON.parse(readFileSync(own, 'utf8')))
  const arrays = readNpz(readFileSync(join(folder, 'truth.npz')), ['sx', 'sy', 'flux', 'dither'])
  const list = (/** @type {string} */ name) => Array.from(arrays.get(name) ?? [])
  const dither = list('dither')
  return {
    x: list('sx'),
    y: list('sy'),
    flux: list('flux'),
    dither: Array.from({ length: dither.length / 2 }, (_, index) => [
      dither[2 * index] ?? 0,
      dither[2 * index + 1] ?? 0,
    ]),
  }
}
