import { flagBit } from '../../core/flags'
import type { Image } from '../../core/image'
import { type Task, idleTask, throwIfAborted } from '../../core/task'
import { type BackgroundMesh, layGrid, smoothMesh } from './background-mesh'
import { type DetectionKernels, REFERENCE_KERNELS } from './detection-kernels'
import { type Candidate, dropRipples, findCandidates } from './find-candidates'
import { estimateFwhm, measureFrameQuality } from './frame-quality'
import { createMatchedFilter } from './matched-filter'
import { settleNeighbours } from './settle-neighbours'
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

interface Prepared {
  readonly image: Image
  readonly mesh: BackgroundMesh
  readonly plane: Image
  readonly window: MomentWindow
  readonly noise: number
  readonly saturation: number | null
  readonly kernels: DetectionKernels
}

/** A star with the sigmas of its axes, pixels. */
interface Found {
  readonly star: Star
  readonly major: number
  readonly minor: number
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

const measureCandidate = (prepared: Prepared, candidate: Candidate, fwhm: number): Found | null => {
  const moments = measureWindowMoments(prepared.window, {
    x: candidate.x,
    y: candidate.y,
    fwhm,
    snr: candidate.snr,
  })
  const x = moments.converged ? moments.x : candidate.x
  const y = moments.converged ? moments.y : candidate.y
  const core = measureCore(prepared, x, y, fwhm)
  if (!(core.flux > 0)) return null
  const { major, minor } = moments
  const star: Star = {
    x,
    y,
    flux: core.flux,
    peak: core.peak,
    fwhm: FWHM_PER_SIGMA * Math.sqrt(major * minor),
    elongation: major / minor,
    snr: candidate.snr,
    flags: core.flags | (moments.converged ? 0 : CENTROID_FAILED),
  }
  return { star, major, minor }
}

interface Search {
  /** Sigmas. */
  readonly threshold: number
  /** Measure only this many of the highest maxima. */
  readonly most: number
}

const findStars = async (prepared: Prepared, fwhm: number, search: Search): Promise<Found[]> => {
  const { image, mesh, plane, kernels } = prepared
  const filter = createMatchedFilter(fwhm)
  const filtered = await kernels.convolve(plane, filter.weights)
  const maxima = await findCandidates({ image, filtered, filter, mesh }, search.threshold, kernels)
  const candidates = dropRipples(maxima, 3 * fwhm).slice(0, search.most)
  const found: Found[] = []
  for (const candidate of candidates) {
    const one = measureCandidate(prepared, candidate, fwhm)
    if (one !== null) found.push(one)
  }
  return found.sort((a, b) => b.star.flux - a.star.flux)
}

/** Below this significance a shape is mostly noise and rejects nothing. */
const SHAPED_SNR = 10

/**
 * Whether light through this frame's optics can have made it: not so for sources much sharper along one axis than the stars
 * are (cosmic rays, warm pixel pairs) and for lines that run through the window (satellites, bleeding columns). Trailed
 * frames are judged by their own median, so that their long stars stay.
 */
const looksLikeStar = ({ star, major, minor }: Found, usual: { major: number; minor: number }): boolean => {
  if ((star.flags & SATURATED) !== 0 || star.snr < SHAPED_SNR) return true
  // The scatter of a width is a few times 1 / snr once the window is taken out.
  const slack = 1 + 6 / star.snr
  if (minor < (0.5 * usual.minor) / slack || major > 5 * usual.major * slack) return false
  return major < 3 * usual.major * slack || major / minor < (1.8 * slack * usual.major) / usual.minor
}

/** So many pixels have stars enough to tell their width from. */
const PIXELS_FOR_WIDTH = 1 << 20

/** The middle rows of a large frame, whole rows of boxes, as a frame of their own that shares its pixels. */
const takeMiddle = (prepared: Prepared): Prepared => {
  const { image, plane, mesh } = prepared
  const { width, height } = image
  const wanted = Math.ceil(PIXELS_FOR_WIDTH / width / mesh.boxHeight)
  if (wanted * 1.5 > mesh.rows) return prepared
  const firstRow = Math.floor((mesh.rows - wanted) / 2)
  const top = Math.floor(firstRow * mesh.boxHeight)
  const bottom = Math.min(height, Math.ceil((firstRow + wanted) * mesh.boxHeight))
  const rowsOf = ({ data }: Image): Image => ({
    width,
    height: bottom - top,
    data: data.subarray(top * width, bottom * width),
  })
  const boxesOf = (values: Float64Array): Float64Array =>
    values.subarray(firstRow * mesh.columns, (firstRow + wanted) * mesh.columns)
  const middle = rowsOf(plane)
  return {
    ...prepared,
    image: rowsOf(image),
    plane: middle,
    window: new MomentWindow(middle),
    mesh: { ...mesh, rows: wanted, level: boxesOf(mesh.level), noise: boxesOf(mesh.noise) },
  }
}

/** Fewer stars do not settle a width. */
const FEWEST_FOR_WIDTH = 10

/** The width of the stars, from the brightest few hundred of the middle; a frame without bright ones is asked for all it has. */
const guessFwhm = async (whole: Prepared, threshold: number): Promise<number> => {
  const search = { threshold: Math.max(threshold, 25), most: 300 }
  const middle = takeMiddle(whole)
  let fwhm = FIRST_FWHM
  for (let round = 0; round < 2; round++) {
    let found = await findStars(middle, fwhm, search)
    if (found.length < FEWEST_FOR_WIDTH && middle !== whole) found = await findStars(whole, fwhm, search)
    if (found.length < FEWEST_FOR_WIDTH) found = await findStars(whole, fwhm, { threshold, most: 300 })
    const stars = settleNeighbours(
      found.map(({ star }) => star),
      whole.image.width,
      fwhm,
    )
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
export const detectStarsWithQuality = async (
  image: Image,
  options: DetectOptions,
  task: Task = idleTask(),
  kernels: DetectionKernels = REFERENCE_KERNELS,
): Promise<Detection> => {
  const grid = layGrid(image, options.box)
  const mesh = smoothMesh(grid, await kernels.clipBoxes(image, grid))
  throwIfAborted(task)
  const { width, height } = image
  const plane = { data: await kernels.subtractMesh(image, mesh), width, height }
  const noises = [...mesh.noise].sort((a, b) => a - b)
  const noise = noises[noises.length >> 1]!
  const window = new MomentWindow(plane)
  const prepared: Prepared = { image, mesh, plane, window, noise, saturation: options.saturation, kernels }
  const given = options.fwhm === 'auto' ? null : options.fwhm
  const sharpest = given === null ? SHARPEST_FWHM : Math.max(SHARPEST_FWHM, 0.6 * given)
  await removeSpikes(plane, noise, sharpest, kernels)
  throwIfAborted(task)

  const fwhm = given ?? (await guessFwhm(prepared, options.threshold))
  if (given === null) await removeSpikes(plane, noise, Math.max(SHARPEST_FWHM, 0.6 * fwhm), kernels)
  throwIfAborted(task)
  const found = await findStars(prepared, fwhm, { threshold: options.threshold, most: Infinity })
  throwIfAborted(task)

  const usual = measureFrameQuality(
    found.map(({ star }) => star),
    mesh,
  )
  const size = usual.fwhm ?? fwhm
  const stretch = Math.sqrt(usual.elongation ?? 1)
  const axes = { major: (size * stretch) / FWHM_PER_SIGMA, minor: size / stretch / FWHM_PER_SIGMA }
  const sharp = Math.max(SHARPEST_FWHM, 0.6 * size)
  const good = found.filter((one) => looksLikeStar(one, axes) && !hasSpikeAtCore(prepared, one.star, sharp))
  const stars = settleNeighbours(
    good.map(({ star }) => star),
    image.width,
    size,
  )
  const kept = options.maximum === undefined ? stars : stars.slice(0, options.maximum)
  return { stars: kept, quality: { ...measureFrameQuality(kept, mesh), starCount: stars.length } }
}

/** The stars of a frame, brightest first. */
export const detectStars = async (
  image: Image,
  options: DetectOptions,
  task: Task = idleTask(),
): Promise<Star[]> => (await detectStarsWithQuality(image, options, task)).stars
