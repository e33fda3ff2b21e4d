import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import {
  interpolateLevel,
  interpolateNoise,
  measureBackgroundMesh,
} from '../../../web/science/detection/background-mesh'
import { detectStars } from '../../../web/science/detection/detect-stars'
import { median } from '../../../web/science/math/median'
import { refineCentroid } from '../../../web/science/photometry/centroid'
import { readGzippedImage } from '../../support/read-gzipped-image'
import { requireShared } from '../../support/shared-data'

const folder = requireShared('data/source_extraction')

/** Columns of SExtractor's catalogue, positions counted from 0. */
const readCatalogue = (path: string) =>
  readFileSync(path, 'latin1')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map((row) => ({
      x: row[3]! - 1,
      y: row[4]! - 1,
      width: row[11]!,
      fluxAuto: row[15]!,
      flags: row.at(-1)!,
    }))

test.skipIf(folder === null)("level and noise of the sky follow SExtractor's maps", () => {
  const image = readGzippedImage(`${folder}/sep_image.fits.gz`)
  const level = readGzippedImage(`${folder}/sep_back.fits.gz`)
  const noise = readGzippedImage(`${folder}/sep_rms.fits.gz`)
  const mesh = measureBackgroundMesh(image, 64)
  const apart: number[] = []
  const ratio: number[] = []
  for (let y = 8; y < image.height; y += 16) {
    for (let x = 8; x < image.width; x += 16) {
      const at = y * image.width + x
      apart.push(Math.abs(interpolateLevel(mesh, x, y) - level.data[at]!) / noise.data[at]!)
      ratio.push(interpolateNoise(mesh, x, y) / noise.data[at]!)
    }
  }
  // Their level is the mode 2.5 median - 1.5 mean, so that they differ by a part of the noise.
  expect(Math.max(...apart)).toBeLessThan(0.25)
  expect(median(ratio)).toBeGreaterThan(0.95)
  expect(median(ratio)).toBeLessThan(1.05)
})

test.skipIf(folder === null)(
  'bright clean sources are found where SExtractor has its windowed positions',
  async () => {
    const image = readGzippedImage(`${folder}/sep_image.fits.gz`)
    const inside = (x: number, y: number): boolean =>
      x > 10 && y > 10 && x < image.width - 10 && y < image.height - 10
    const all = readCatalogue(`${folder}/sep_image.cat`)
    // Galaxies with lumps and pairs that the filter cannot part are no test of a star finder.
    const theirs = all
      .filter((source) => source.flags === 0 && inside(source.x, source.y) && source.width < 1.8)
      .filter((source) =>
        all.every((other) => other === source || Math.hypot(other.x - source.x, other.y - source.y) > 6),
      )
      .sort((a, b) => b.fluxAuto - a.fluxAuto)
      .slice(0, 15)
    expect(theirs).toHaveLength(15)
    const ours = await detectStars(image, { threshold: 5, fwhm: 'auto', saturation: null })
    const distances = theirs.map((source) =>
      Math.min(...ours.map((star) => Math.hypot(star.x - source.x, star.y - source.y))),
    )
    expect(distances.filter((distance) => distance < 1).length).toBe(theirs.length)
    expect(median(distances)).toBeLessThan(0.05)
    // The refined centroid is theirs by definition, up to the width of the window.
    const mesh = measureBackgroundMesh(image, 64)
    const refined = theirs.map((source) => {
      const sky = interpolateLevel(mesh, source.x, source.y)
      const start = { x: source.x + 0.4, y: source.y - 0.3 }
      const centroid = refineCentroid(image, start.x, start.y, { radius: 8, fwhm: 2.35 * source.width, sky })
      return Math.hypot(centroid.x - source.x, centroid.y - source.y)
    })
    expect(median(refined)).toBeLessThan(0.05)
  },
)
