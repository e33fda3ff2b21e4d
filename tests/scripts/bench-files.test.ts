import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readHeader, readValues, writeFloat32, writeUint16 } from '../../scripts/bench/fits-file.mjs'
import { makeFrames } from '../../scripts/bench/make-frames.mjs'
import { Random } from '../../scripts/bench/random.mjs'
import { writeRice } from '../../scripts/bench/rice.mjs'
import { readNpz, readTruth } from '../../scripts/bench/truth.mjs'
import { brightStars } from '../../scripts/bench/true-stars.mjs'
import { openDataSet } from '../../scripts/bench/data-set.mjs'
import { decodeHdu, listHdus } from '../../web/science/fits'

const folder = mkdtempSync(join(tmpdir(), 'asterism bench ü '))
afterAll(() => rmSync(folder, { recursive: true }))
const pathOf = (name: string): string => join(folder, name)

/** The picture of a file as the app itself reads it. */
const decode = (path: string): Float32Array => {
  const bytes = new Uint8Array(readFileSync(path))
  const hdu = listHdus(bytes).at(-1)
  if (hdu === undefined) throw new Error('no picture')
  return decodeHdu(bytes, hdu)
}

const noise = (seed: number, length: number, spread: number): Uint16Array => {
  const random = new Random(seed)
  return Uint16Array.from({ length }, () =>
    Math.min(65_535, Math.max(0, Math.round(1000 + spread * random.normal()))),
  )
}

describe('files that the bench writes', () => {
  it('unsigned numbers come back, from its own reader and from the app', () => {
    const data = Uint16Array.from([0, 1, 32_767, 32_768, 65_535, 7])
    writeUint16(pathOf('integers.fits'), { width: 3, height: 2, data }, [['IMAGETYP', 'LIGHT']])
    expect(readHeader(pathOf('integers.fits')).cards.get('IMAGETYP')).toBe('LIGHT')
    expect([...readValues(pathOf('integers.fits'))]).toEqual([...data])
    expect([...readValues(pathOf('integers.fits'), [4, 2])]).toEqual([65_535, 32_767])
    expect([...decode(pathOf('integers.fits'))]).toEqual([...data])
  })

  it('floating numbers too', () => {
    const data = Float32Array.from([0.5, -3e8, 1e-20, 7])
    writeFloat32(pathOf('floats.fits'), { width: 2, height: 2, data })
    expect([...readValues(pathOf('floats.fits'))]).toEqual([...data])
    expect([...decode(pathOf('floats.fits'))]).toEqual([...data])
  })

  it.each([
    ['one value everywhere', new Uint16Array(77 * 5).fill(1234)],
    ['quiet noise, seed 1', noise(1, 77 * 5, 3)],
    ['a sky, seed 2', noise(2, 77 * 5, 40)],
    ['numbers that fill their bits, seed 3', noise(3, 77 * 5, 60_000)],
    ['jumps over the whole range', Uint16Array.from({ length: 77 * 5 }, (_, index) => (index % 2) * 65_535)],
    [
      'one jump in a quiet row',
      Uint16Array.from({ length: 77 * 5 }, (_, index) => (index % 77 > 40 ? 65_535 : 9)),
    ],
  ])('Rice: %s comes back bit by bit as the app reads it', (_what, data) => {
    writeRice(pathOf('rice.fits.fz'), { width: 77, height: 5, data })
    expect([...decode(pathOf('rice.fits.fz'))]).toEqual([...data])
  })
})

describe('frames that the bench makes', () => {
  const frames = pathOf('frames')
  makeFrames(frames, { size: 192, lights: 3, calibrations: 2, seed: 5 })

  it('are all there, with their truth, and the same from the same seed', () => {
    const set = openDataSet(frames, pathOf('cache'))
    expect(set.size).toBe(192)
    expect(Object.values(set.frames).map((paths) => paths.length)).toEqual([2, 2, 2, 3])
    expect(set.truth.dither).toHaveLength(3)
    makeFrames(pathOf('again'), { size: 192, lights: 3, calibrations: 2, seed: 5 })
    const name = 'light_00003.fits'
    expect(readFileSync(join(pathOf('again'), name)).equals(readFileSync(join(frames, name)))).toBe(true)
  })

  it('a bright star lies where the truth says, moved by the dither', () => {
    const set = openDataSet(frames, pathOf('cache'))
    const [star] = brightStars(set).sort((a, b) => b.flux - a.flux)
    if (star === undefined) throw new Error('no bright star with this seed')
    for (const [index, [dx, dy]] of set.truth.dither.entries()) {
      const values = readValues(set.frames.light[index] ?? '')
      let [mass, mx, my] = [0, 0, 0]
      const [column, row] = [Math.round(star.x + dx), Math.round(star.y + dy)]
      for (let y = row - 4; y <= row + 4; y++) {
        for (let x = column - 4; x <= column + 4; x++) {
          const light = (values[y * 192 + x] ?? NaN) - 1210
          mass += light
          mx += light * x
          my += light * y
        }
      }
      expect(mx / mass).toBeCloseTo(star.x + dx, 0)
      expect(my / mass).toBeCloseTo(star.y + dy, 0)
    }
  })
})

/** A zip with one member that is stored, as numpy's savez writes it. */
const storeNpz = (name: string, shape: string, values: number[]): Buffer => {
  const text = `{'descr': '<f8', 'fortran_order': False, 'shape': ${shape}, }`.padEnd(117)
  const head = Buffer.concat([Buffer.from('\x93NUMPY\x01\x00', 'latin1'), Buffer.from([118, 0])])
  const member = Buffer.concat([head, Buffer.from(`${text}\n`), Buffer.from(new Float64Array(values).buffer)])
  const title = Buffer.from(`${name}.npy`)
  const local = Buffer.alloc(30)
  local.writeUInt32LE(0x04034b50)
  local.writeUInt16LE(title.length, 26)
  local.writeUInt16LE(4, 28)
  const central = Buffer.alloc(46)
  central.writeUInt32LE(0x02014b50)
  central.writeUInt16LE(title.length, 28)
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50)
  end.writeUInt16LE(1, 10)
  const body = Buffer.concat([local, title, Buffer.alloc(4), member])
  end.writeUInt32LE(body.length, 16)
  return Buffer.concat([body, central, title, end])
}

describe('the truth', () => {
  it('is read from an archive of numpy', () => {
    const archive = storeNpz('dither', '(2, 2)', [0, 0, 1.5, -2])
    expect([...(readNpz(archive, ['dither']).get('dither') ?? [])]).toEqual([0, 0, 1.5, -2])
    writeFileSync(pathOf('truth.npz'), archive)
    expect(readTruth(folder).dither).toEqual([
      [0, 0],
      [1.5, -2],
    ])
  })

  it('what is no archive is refused', () => {
    expect(() => readNpz(Buffer.from('nothing'), ['x'])).toThrow('not a zip')
  })
})
