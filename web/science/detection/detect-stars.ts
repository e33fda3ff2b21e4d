import { flagBit } from '../../core/flags'
import type { Image } from '../../core/image'
import { type Task, idleTask, throwIfAborted } from '../../core/task'
import { type BackgroundMesh, interpolateMesh, measureBackgroundMesh, subtractMesh } from './background-mesh'
import { type Candidate, dropRipples, findCandidates } from './find-candidates'
import { estimateFwhm, measureFrameQuality } from './frame-quality'
import { applyMatchedFilter, createMatchedFilter } from './matched-filter'
import { isSpike, removeSpikes } from './spikes'
import { type DetectOptions, type Detection, FWHM_PER_SIGMA, type Star } from './star'
import { MomentWindow, measureWindowMoments } from './window-moments'

/** First guess when the width is to be found, and the sharpest star that optics and pixels are believed to give. */
const FIRST_FWHM = 3
const SHARPEST_FWHM = 1.3

const SATURATED = flagBit('saturated')
const EDGE = flagBit('edge')
const BAD_PIXEL = flagBit('bad-pixel')
const CENTROID_FAILED = flagBit('centroid-failed')
const BLENDED = flagBit('blended')

interface Prepared {
  readonly image: Image
  readonly mesh: BackgroundMesh
  readonly plane: { readonly data: Float32Array; readonly width: number; readonly height: number }
  readonly window: MomentWindow
  readonly noise: number
  readonly saturation: number | null
}

interface Core {
  readonly flux: number
  readonly peak: number
  readonly flags: number
}

/** Sum above the sky, highest pixel and flags of the pixels whose centres lie within 1.5 widths (at least 2 px). */
const measureCore = (prepared: Prepared, x: number, y: number, fwhm: number): Core => {
  const { image, plane, saturation } = prepared
  const radius = Math.max(2, 1.5 * fwhm)
  let flux = 0
  let peak = -Infinity
  let flags = 0
  for (let j = Math.ceil(y - radius); j <= y + radius; j++) {
    for (let i = Math.ceil(x - radius); i <= x + radius; i++) {
      if ((i - x) ** 2 + (j - y) ** 2 > radius * radius) continue
      if (i < 0 || j < 0 || i >= image.width || j >= image.height) {
        flags |= EDGE
        continue
      }
      const at = j * image.width + i
      const value = image.data[at]!
      if (!Number.isFinite(value)) flags |= BAD_PIXEL
      else if (value > peak) peak = value
      flux += plane.data[at]!
    }
  }
  if (saturation !== null && peak >= saturation) flags |= SATURATED
  return { flux, peak, flags }
}

const measureCandidate = (prepared: Prepared, candidate: Candidate, fwhm: number): Star | null => {
  const moments = measureWindowMoments(prepared.window, { x: candidate.x, y: candidate.y, fwhm, snr: candidate.snr })
  const x = moments.converged ? moments.x : candidate.x
  const y = moments.converged ? moments.y : candidate.y
  const core = measureCore(prepared, x, y, fwhm)
  if (!(core.flux > 0)) return null
  return {
    x,
    y,
    flux: core.flux,
    peak: core.peak,
    fwhm: FWHM_PER_SIGMA * Math.sqrt(moments.major * moments.minor),
    elongation: moments.major / moments.minor,
    snr: candidate.snr,
    flags: core.flags | (moments.converged ? 0 : CENTROID_FAILED),
  }
}

/** Two maxima whose centres run together are one star; two that stay apart but close are both marked as blended. */
const settleNeighbours = (stars: readonly Star[], width: number, fwhm: number): Star[] => {
  const merge = 0.8 * fwhm
  const blend = 2.5 * fwhm
  const cell = Math.max(blend, 1)
  const columns = Math.ceil(width / cell) + 2
  const cells = new Map<number, number[]>()
  const kept: Star[] = []
  for (const star of stars) {
    const column = Math.floor(star.x / cell) + 1
    const row = Math.floor(star.y / cell) + 1
    const near: number[] = []
    for (let j = row - 1; j <= row + 1; j++) {
      for (let i = column - 1; i <= column + 1; i++) near.push(...(cells.get(j * columns + i) ?? []))
    }
    const distances = near.map((index) => {
      const other = kept[index]
      return other === undefined ? Infinity : Math.hypot(other.x - star.x, other.y - star.y)
    })
    if (distances.some((distance) => distance < merge)) continue
    const blended = near.filter((_, i) => (distances[i] ?? Infinity) < blend)
    const index = kept.length
    kept.push(blended.length > 0 ? { ...star, flags: star.flags | BLENDED } : star)
    for (const other of blended) {
      const neighbour = kept[other]
      // A companion of less than a tenth does not spoil the shape of the brighter one.
      if (neighbour !== undefined && star.flux > 0.1 * neighbour.flux) {
        kept[other] = { ...neighbour, flags: neighbour.flags | BLENDED }
      }
    }
    const home = cells.get(row * columns + column)
    if (home === undefined) cells.set(row * columns + column, [index])
    else home.push(index)
  }
  return kept
}

/**
 * What light through this frame's optics cannot have made: sources much sharper along one axis than the stars are
 * (cosmic rays, warm pixel pairs) and lines that run through the window (satellites, bleeding columns). Trailed frames
 * are judged by their own median, so that their long stars stay.
 */
const looksLikeStar = (star: Star, fwhm: number, elongation: number): boolean => {
  if ((star.flags & SATURATED) !== 0) return true
  const minor = star.fwhm / Math.sqrt(star.elongation)
  const major = star.fwhm * Math.sqrt(star.elongation)
  const usualMinor = fwhm / Math.sqrt(elongation)
  const usualMajor = fwhm * Math.sqrt(elongation)
  // Faint stars scatter: their limits are wider by the scatter of a width, about 1/snr.
  const slack = 1 + 3 / star.snr
  if (Number.isFinite(star.elongation) && minor < (0.5 * usualMinor) / slack) return false
  return major < 3 * usualMajor * slack || star.elongation < 1.8 * elongation * slack
}

interface Search {
  /** Sigmas. */
  readonly threshold: number
  /** Measure only this many of the highest maxima. */
  readonly most: number
}

const findStars = (prepared: Prepared, fwhm: number, search: Search): Star[] => {
  const { image, mesh, plane } = prepared
  const filter = createMatchedFilter(fwhm)
  const filtered = applyMatchedFilter(plane.data, image.width, image.height, filter)
  const maxima = findCandidates({ image, filtered, filter, mesh }, search.threshold)
  const candidates = dropRipples(maxima, 3 * fwhm).slice(0, search.most)
  const stars: Star[] = []
  for (const candidate of candidates) {
    const star = measureCandidate(prepared, candidate, fwhm)
    if (star !== null) stars.push(star)
  }
  stars.sort((a, b) => b.flux - a.flux)
  return settleNeighbours(stars, image.width, fwhm)
}

/** The width of the stars, from the brightest few hundred; a frame without bright ones is asked for all it has. */
const guessFwhm = (prepared: Prepared, threshold: number): number => {
  let fwhm = FIRST_FWHM
  for (let round = 0; round < 2; round++) {
    const bright = findStars(prepared, fwhm, { threshold: Math.max(threshold, 25), most: 300 })
    const stars = bright.length >= 10 ? bright : findStars(prepared, fwhm, { threshold, most: 300 })
    const measured = Math.max(estimateFwhm(stars) ?? fwhm, SHARPEST_FWHM)
    const settled = Math.abs(measured / fwhm - 1) < 0.5
    fwhm = measured
    if (settled) break
  }
  return fwhm
}

const hasSpikeAtCore = (prepared: Prepared, star: Star, fwhm: number): boolean => {
  const { plane } = prepared
  const column = Math.round(star.x)
  const row = Math.round(star.y)
  let best = -1
  for (let j = Math.max(0, row - 1); j <= Math.min(plane.height - 1, row + 1); j++) {
    for (let i = Math.max(0, column - 1); i <= Math.min(plane.width - 1, column + 1); i++) {
      const at = j * plane.width + i
      if (best < 0 || plane.data[at]! > plane.data[best]!) best = at
    }
  }
  const x = best % plane.width
  return isSpike(plane, { x, y: (best - x) / plane.width }, prepared.noise, fwhm)
}

/**
 * Finds the stars of a frame: local background and noise on a mesh, single hot pixels taken out, matched Gaussian filter,
 * local maxima, centres and shapes under a Gaussian window, and what is no star by its shape left out.
 * NaN pixels are taken as sky. Positions are good to about 0.5 / snr of a width.
 */
export const detectStarsWithQuality = (image: Image, options: DetectOptions, task: Task = idleTask()): Detection => {
  const mesh = measureBackgroundMesh(image, options.box)
  throwIfAborted(task)
  const plane = { data: subtractMesh(image, mesh), width: image.width, height: image.height }
  const noises = [...mesh.noise].sort((a, b) => a - b)
  const noise = noises[noises.length >> 1]!
  const window = new MomentWindow(plane)
  const prepared: Prepared = { image, mesh, plane, window, noise, saturation: options.saturation }
  const given = options.fwhm === 'auto' ? null : options.fwhm
  removeSpikes(plane, noise, given === null ? SHARPEST_FWHM : Math.max(SHARPEST_FWHM, 0.6 * given))
  throwIfAborted(task)

  const fwhm = given ?? guessFwhm(prepared, options.threshold)
  if (given === null) removeSpikes(plane, noise, Math.max(SHARPEST_FWHM, 0.6 * fwhm))
  throwIfAborted(task)
  const stars = findStars(prepared, fwhm, { threshold: options.threshold, most: Infinity })
  throwIfAborted(task)

  const first = measureFrameQuality(stars, mesh)
  const usual = { fwhm: first.fwhm ?? fwhm, elongation: first.elongation ?? 1 }
  const sharp = Math.max(SHARPEST_FWHM, 0.6 * usual.fwhm)
  const good = stars.filter((star) =>
    looksLikeStar(star, usual.fwhm, usual.elongation) && !hasSpikeAtCore(prepared, star, sharp))
  const kept = options.maximum === undefined ? good : good.slice(0, options.maximum)
  return { stars: kept, quality: { ...measureFrameQuality(kept, mesh), starCount: good.length } }
}

/** The stars of a frame, brightest first. */
export const detectStars = (image: Image, options: DetectOptions, task: Task = idleTask()): Star[] =>
  detectStarsWithQuality(image, options, task).stars

/** Level and noise of the sky at a place, from the same mesh that detection uses. */
export const skyAt = (mesh: BackgroundMesh, x: number, y: number): { level: number; noise: number } => ({
  level: interpolateMesh(mesh, mesh.level, x, y),
  noise: interpolateMesh(mesh, mesh.noise, x, y),
})
