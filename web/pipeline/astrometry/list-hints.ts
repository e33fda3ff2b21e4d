import type { HintSource } from '../../core/plate-solution'
import type { SolveHints } from '../../science/astrometry/solve/solve-types'

/** A place on the sky in degrees, ICRS. */
export interface SkyPlace {
  readonly rightAscension: number
  readonly declination: number
}

/** A solution of another frame of the series, or what a header says, as far as it tells where a frame is. */
export interface KnownPose {
  readonly center: SkyPlace
  /** Arcseconds a pixel. */
  readonly scale: number
  readonly parity: 1 | -1
  /** Degrees: where the y axis points. Null where only a header says so. */
  readonly rotation: number | null
}

/** All that is known of a frame before it is solved. Scales are arcseconds a pixel of the original, angles degrees. */
export interface FrameClues {
  readonly width: number
  readonly height: number
  /** What a person says. */
  readonly center: SkyPlace | null
  readonly radius: number | null
  /** One number or least and most. */
  readonly scale: number | readonly [number, number] | null
  /** World coordinates of the header. */
  readonly world: KnownPose | null
  readonly pointing: SkyPlace | null
  /** As header or profile say it, or from focal length and pixels. */
  readonly headerScale: number | null
  /** The place of the object that the header names. */
  readonly named: SkyPlace | null
  /** Solutions of frames of the same series, the nearest in time first. */
  readonly neighbours: readonly KnownPose[]
  /** Only over the whole sky, never, or when nothing else has helped. */
  readonly blind: boolean | null
}

/** One attempt: where to look, and from where that is known. */
export interface HintStage {
  readonly source: HintSource
  readonly hints: SolveHints
  /** Over the whole sky: among all stars of the catalogue and not only its bright ones. */
  readonly deep?: boolean
}

/** What is thought of where nothing is known: from long focal lengths to lenses. */
const ANY_SCALE: readonly [number, number] = [0.1, 120]
/** How far a scale may be off: given by a person, of a solution, of a header, and where binning or a reducer is not in the header. */
const PERSON = 1.1
const SOLVED = 1.01
const HEADER = 1.15
const WRONG_HEADER = 2.6
/** Degrees by which a camera turns from frame to frame of a series, beside the half circle of a German mount. */
const TURNED = 2
/** Degrees that a telescope points away from where it says it does, when all is well and when it is not. */
const POINTING = 0.7
const OFF = 3
const FAR_OFF = 10
/** Of a name in the header: the object may be at the edge, or just the first one of the night. */
const NAMED = 1

/** Degrees: smaller frames hardly have bright stars enough; in larger ones the bright ones will do. */
const SMALLEST_BRIGHT = 0.8
const LARGEST_DEEP = 4

const isSame = (a: readonly [number, number], b: readonly [number, number]): boolean =>
  a[0] === b[0] && a[1] === b[1]

const around = (scale: number, factor: number): [number, number] => [scale / factor, scale * factor]

const normalise = (place: SkyPlace): SkyPlace => ({
  rightAscension: ((place.rightAscension % 360) + 360) % 360,
  declination: place.declination,
})

/** Right ascensions that were written in degrees and read in hours, or the other way round. */
const listMisread = ({ rightAscension, declination }: SkyPlace): SkyPlace[] => [
  ...(rightAscension <= 24 ? [{ rightAscension: rightAscension * 15, declination }] : []),
  { rightAscension: rightAscension / 15, declination },
]

/**
 * Where to look for a frame, the likeliest first: what a person says, the world coordinates of the header, a neighbour of the series that was
 * solved, where the header says that the telescope pointed, the object that it names, each with more room than the last; then the whole sky.
 * Headers lie, and so what they say is widened before it is given up: degrees and hours are confused, scales forget the binning. Both
 * parities are always thought of, except where a neighbour tells.
 */
export const listHintStages = (clues: FrameClues): HintStage[] => {
  const { width, height, center, neighbours, pointing, named, world } = clues
  const diagonal = Math.hypot(width, height)
  const [neighbour] = neighbours
  const personScale =
    clues.scale === null
      ? null
      : typeof clues.scale === 'number'
        ? around(clues.scale, PERSON)
        : ([...clues.scale] as [number, number])
  const likely =
    personScale ??
    (neighbour !== undefined
      ? around(neighbour.scale, SOLVED)
      : world !== null
        ? around(world.scale, HEADER)
        : clues.headerScale !== null
          ? around(clues.headerScale, HEADER)
          : null)
  const possible =
    personScale ??
    (neighbour !== undefined
      ? around(neighbour.scale, SOLVED)
      : clues.headerScale !== null
        ? around(clues.headerScale, WRONG_HEADER)
        : world !== null
          ? around(world.scale, WRONG_HEADER)
          : ANY_SCALE)
  const parity = neighbour?.parity ?? null
  const stages: HintStage[] = []
  const add = (
    source: HintSource,
    place: SkyPlace,
    radius: number,
    scale: readonly [number, number],
    sense: 1 | -1 | null = parity,
  ): void => {
    stages.push({ source, hints: { place: { ...normalise(place), radius }, scale, parity: sense } })
  }
  /** Degrees across the frame at the middle of a range of scales. */
  const across = ([least, most]: readonly [number, number]): number =>
    (diagonal * Math.sqrt(least * most)) / 3600
  const blind = (): void => {
    const side = Math.sqrt(width * height) / 3600
    const scales = [likely ?? possible, possible, ...(personScale === null ? [ANY_SCALE] : [])]
    const different = scales.filter((scale, at) => scales.findIndex((other) => isSame(other, scale)) === at)
    for (const scale of different)
      for (const deep of [false, true]) {
        const [least, most] = scale
        // What a neighbour says of scale and parity is doubted here too.
        const sense = scale === different[0] ? parity : null
        if (!deep && side * most < SMALLEST_BRIGHT) continue
        if (deep && side * least > LARGEST_DEEP) continue
        stages.push({ source: 'blind', deep, hints: { place: null, scale, parity: sense } })
      }
  }
  if (clues.blind === true) {
    blind()
    return stages
  }
  if (center !== null) {
    const scale = likely ?? possible
    const radius = clues.radius ?? Math.max(POINTING, 0.6 * across(scale))
    add('parameters', center, radius, scale)
    if (!isSame(scale, possible)) add('parameters', center, radius, possible, null)
    if (clues.radius === null) add('parameters', center, Math.min(30, 4 * radius), scale)
  } else {
    if (world !== null) {
      const scale = personScale ?? around(world.scale, HEADER)
      add('world-coordinates', world.center, Math.max(0.1, 0.5 * across(scale)), scale)
    }
    for (const each of neighbours.slice(0, 2)) {
      const scale = personScale ?? around(each.scale, SOLVED)
      const place = { ...normalise(each.center), radius: Math.max(0.1, 0.6 * across(scale)) }
      const rotation = each.rotation === null ? null : { angle: each.rotation, tolerance: TURNED }
      stages.push({ source: 'neighbour', hints: { place, scale, parity: each.parity, rotation } })
    }
    if (pointing !== null) {
      const scale = likely ?? possible
      add('pointing', pointing, Math.max(POINTING, 0.5 * across(scale)), scale)
      if (!isSame(scale, possible))
        add('pointing', pointing, Math.max(POINTING, 0.5 * across(scale)), possible, null)
    }
    if (named !== null) {
      const scale = likely ?? possible
      add('name', named, Math.max(NAMED, 0.7 * across(scale)), scale)
      if (!isSame(scale, possible)) add('name', named, Math.max(NAMED, 0.7 * across(scale)), possible, null)
    }
    for (const each of neighbours.slice(0, 1))
      add('neighbour', each.center, OFF, personScale ?? around(each.scale, SOLVED), each.parity)
    if (pointing !== null) {
      const scale = likely ?? possible
      for (const misread of listMisread(pointing))
        add('pointing', misread, Math.max(POINTING, 0.5 * across(scale)), scale)
      add('pointing', pointing, Math.max(OFF, across(scale)), scale)
      add('pointing', pointing, Math.max(FAR_OFF, 2 * across(scale)), scale)
    }
  }
  if (clues.blind !== false) blind()
  return stages
}
