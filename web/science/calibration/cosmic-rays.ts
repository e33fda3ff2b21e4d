import type { Image } from '../../core/image'
import { quickSelect } from '../math/median'
import { cleanHits, type CleanRule } from './cosmic-rays-clean'
import { sharpenEdges } from './cosmic-rays-laplacian'
import { findUntrusted, growByOne } from './cosmic-rays-mask'
import { filterMedian, medianWidths } from './cosmic-rays-medians'

export interface CosmicRayParameters {
  readonly width: number
  readonly height: number
  /** Sigmas that the Laplacian of a hit stands out: 4.5. */
  readonly sigclip: number
  /** The same for its neighbours, as a part of sigclip: 0.3. */
  readonly sigfrac: number
  /** Least contrast between the Laplacian and what a star would leave: 5; higher where cores of stars are hit. */
  readonly objlim: number
  /** Electrons per unit of the data. */
  readonly gain: number
  /** Electrons. */
  readonly readNoise: number
  /** In the unit of the data; Infinity where it is not known. */
  readonly saturation: number
  /** At most: 4. */
  readonly iterations: number
  /** Separable medians (rows, then columns) instead of those in squares. */
  readonly separableMedian: boolean
  readonly clean: CleanRule
  /**
   * Level of the image less `background`, in the unit of the data, where there is nothing better to take; the median of its
   * good pixels unless given. Bands of one image must be given one level.
   */
  readonly level?: number | undefined
}

export interface CosmicRayInput {
  /** Sky included, since the noise is told from it. Not finite: no value. */
  readonly data: Float32Array
  /** 0 is good. */
  readonly mask?: Uint8Array | undefined
  /** What is known to be there (a spectrum's sky lines), in the unit of the data: taken off before looking, kept in the noise. */
  readonly background?: Float32Array | undefined
}

export interface CosmicRayOutput {
  /** The data with hits replaced; every other pixel bit for bit as it came. */
  readonly data: Float32Array
  /** 1 where a cosmic ray was found. */
  readonly mask: Uint8Array
}

const round = Math.fround
const LEAST_VARIANCE = round(0.00001)
const LEAST_STRUCTURE = round(0.01)

/** Rows that an iteration's findings, and what is made of them, depend on to each side: see cosmicRayMargin. */
const FINDING_REACH = 8
const CLEANING_REACH = 2
/** Of the mask beyond its pixel: 3 by the median, 4 by growing, 4 by the mask being asked for up to 4 pixels off; less the 10 of a round. */
const MASK_REACH = 1

/**
 * Rows that a band needs on each side, so that what lies between comes out as in the whole image: a finding looks at 8 pixels
 * to each side (Laplacian 1 or noise 3, large structures 3, growing 2), cleaning at 2 more, in each iteration. Rows of the
 * margin are worked on like all others and then thrown away.
 */
export const cosmicRayMargin = ({ iterations }: Pick<CosmicRayParameters, 'iterations'>): number =>
  iterations * (FINDING_REACH + CLEANING_REACH) + MASK_REACH

/** Median of the trusted pixels, the lower of the two middle ones; 0 without any. */
const levelOf = (data: Float32Array, untrusted: Uint8Array): number => {
  const good = data.filter((_, i) => untrusted[i] === 0)
  return good.length === 0 ? 0 : quickSelect(good, (good.length - 1) >> 1, 0, good.length - 1)
}

interface Work {
  readonly image: Image
  readonly untrusted: Uint8Array
  readonly background: Float32Array | null
}

/** 1 where this round sees a hit. */
const findHits = (work: Work, parameters: CosmicRayParameters): Uint8Array => {
  const { image, untrusted, background } = work
  const { separableMedian } = parameters
  const widths = medianWidths(separableMedian)
  const readVariance = round(round(parameters.readNoise) ** 2)
  const noise = filterMedian(image, widths.noise, separableMedian)
  for (let i = 0; i < noise.length; i++) {
    let variance = round(noise[i]! + readVariance)
    if (background !== null) variance = round(variance + background[i]!)
    noise[i] = Math.sqrt(Math.max(LEAST_VARIANCE, variance))
  }
  // The paper's S, eq. 11: 2 is its f_s, by how much the image was cut finer.
  const significance = sharpenEdges(image).map((value, i) => value / round(2 * noise[i]!))
  const smooth = filterMedian({ ...image, data: significance }, widths.structure, separableMedian)
  const contrast = significance.map((value, i) => value - smooth[i]!)
  // The paper's F, eq. 14, in units of the noise: what a star has and a cosmic ray has not.
  const points = filterMedian(image, widths.points, separableMedian)
  const stars = filterMedian({ ...image, data: points }, widths.stars, separableMedian)
  const structure = points.map((value, i) =>
    Math.max(LEAST_STRUCTURE, round(round(value - stars[i]!) / noise[i]!)),
  )

  const high = round(parameters.sigclip)
  const low = round(round(parameters.sigfrac) * high)
  const contrastLimit = round(parameters.objlim)
  const above = (limit: number) =>
    Uint8Array.from(contrast, (value, i) => (value > limit && untrusted[i] === 0 ? 1 : 0))
  const both = (a: Uint8Array, b: Uint8Array) => a.map((value, i) => value & b[i]!)
  const bright = above(high)
  const sure = bright.map((value, i) =>
    value !== 0 && round(contrast[i]! / structure[i]!) > contrastLimit ? 1 : 0,
  )
  // Neighbours of a hit need not stand out of a star, and those of these less out of the noise.
  return both(growByOne(both(growByOne(sure, image), bright), image), above(low))
}

/**
 * Cosmic rays by their sharp edges: L.A.Cosmic (van Dokkum 2001, PASP 113, 1420), in the variant and with the defaults of
 * astroscrappy 1.3 (and so of ccdproc.cosmicray_lacosmic), all arithmetic in f32 in its order, so that the masks are the same
 * pixel for pixel. Within 3 pixels of the frame's edge (2 with square medians) nothing is found.
 *
 * Other than there: `saturation` is in the unit of the data; pixels that are not hit keep their bits; pixels without a value
 * are untrusted and stand in as the level (as 0 where saturated stars are told); the variance of a cleaned pixel
 * follows from its value, instead of being cleaned along (a difference in the last bit of f32); the rule 'median' does what
 * its name says and acts on what a round has found.
 */
export const cleanCosmicRays = (
  input: CosmicRayInput,
  parameters: CosmicRayParameters,
  output: CosmicRayOutput,
): void => {
  const { width, height, iterations, separableMedian, clean } = parameters
  const gain = round(parameters.gain)
  const data = input.data.map((value) => value * gain)
  const background = input.background?.map((value) => value * gain) ?? null
  const without: number[] = []
  const bad = Uint8Array.from(input.mask ?? new Uint8Array(data.length), (value) => (value === 0 ? 0 : 1))
  for (let i = 0; i < data.length; i++) {
    const value = round(data[i]! - (background?.[i] ?? 0))
    if (value - value === 0) continue
    without.push(i)
    bad[i] = 1
    data[i] = 0
    if (background !== null && !Number.isFinite(background[i]!)) background[i] = 0
  }
  const image: Image = { width, height, data }
  const untrusted = findUntrusted(image, bad, round(parameters.saturation) * gain, separableMedian)
  if (background !== null) for (let i = 0; i < data.length; i++) data[i] = data[i]! - background[i]!
  const level =
    parameters.level === undefined ? levelOf(data, untrusted) : round(round(parameters.level) * gain)
  for (const i of without) data[i] = level

  const hits = output.mask.fill(0)
  for (let iteration = 0; iteration < iterations; iteration++) {
    const found = findHits({ image, untrusted, background }, parameters)
    if (!found.some((value) => value !== 0)) break
    for (let i = 0; i < hits.length; i++) hits[i] = hits[i]! | found[i]!
    cleanHits(image, { hits, found, untrusted, level }, clean)
  }
  output.data.set(input.data)
  for (let i = 0; i < hits.length; i++) {
    if (hits[i] !== 0) output.data[i] = round(data[i]! + (background?.[i] ?? 0)) / gain
  }
}
