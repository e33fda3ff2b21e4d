import type { CompositeRecord } from '../../core/composite'
import type { CameraReportRecord } from '../../core/camera-report'
import { effectiveFacts } from '../../core/frame'
import type { LightCurveRecord } from '../../core/light-curve'
import type { MasterRecord } from '../../core/master'
import type { PhotometryFrameRecord, PhotometryTableRecord } from '../../core/photometry'
import type { PlateSolutionRecord } from '../../core/plate-solution'
import type { ProvenanceNode } from '../../core/provenance'
import type { ReducedRecord } from '../../core/reduced'
import type { SourceListRecord } from '../../core/source-list'
import type { StackRecord } from '../../core/stack'
import type { StoredExposure } from '../../storage/stores/exposures'

/** A record as a thing in the graph, before it is known which step made it, and the ids that it was made from. */
export interface DescribedRecord {
  readonly node: ProvenanceNode
  readonly inputs: readonly string[]
}

/** What most kinds have in common. */
const BARE = {
  step: null,
  order: null,
  time: null,
  backends: [],
  flags: [],
  sha256: null,
  missing: false,
  followed: true,
} as const

/** The file of an exposure has no record of its own; it is its hash. */
const fileIdOf = (sha256: string): string => `sha256:${sha256}`

export const describeFile = (exposure: StoredExposure, bytesThere: boolean): DescribedRecord => ({
  node: {
    ...BARE,
    id: fileIdOf(exposure.sha256),
    kind: 'file',
    name: exposure.path,
    sha256: exposure.sha256,
    missing: !bytesThere,
    inputCount: 0,
    time: exposure.ingestedAt,
    details: { batch: exposure.batch, original: exposure.original ?? null },
  },
  inputs: [],
})

export const describeExposure = (exposure: StoredExposure): DescribedRecord => {
  const facts = effectiveFacts(exposure)
  return {
    node: {
      ...BARE,
      id: exposure.id,
      kind: 'exposure',
      name: exposure.name,
      sha256: exposure.sha256,
      time: exposure.ingestedAt,
      flags: [
        ...(exposure.removedAt === undefined ? [] : ['removed']),
        ...(exposure.excluded ? ['excluded'] : []),
        ...(Object.keys(exposure.corrections).length > 0 ? ['corrected'] : []),
      ],
      inputCount: 1,
      details: {
        exposure: exposure.id,
        kind: facts.kind,
        telescope: facts.telescope,
        instrument: facts.instrument,
        night: facts.night,
        filter: facts.filter,
        exposureSeconds: facts.exposure,
        object: facts.object,
        dateObs: facts.dateObs,
        gain: facts.gain,
        readNoise: facts.readNoise,
        temperature: facts.temperature,
        profile: exposure.profile,
        plane: exposure.plane ?? null,
        original: exposure.original ?? null,
        corrections: exposure.corrections,
      },
    },
    inputs: [fileIdOf(exposure.sha256)],
  }
}

export const describeMaster = (master: MasterRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: master.id,
    kind: 'master',
    name: master.name,
    order: master.order,
    time: master.createdAt,
    backends: master.backends ?? [],
    flags: master.flags,
    inputCount: master.inputs.length,
    details: {
      kind: master.kind,
      ...master.group,
      frames: master.frames.length,
      biasSubtracted: master.biasSubtracted,
      ...(master.combine === null ? {} : { combine: master.combine }),
      ...(master.raw == null ? {} : { raw: master.raw }),
      ...(master.raw == null ? {} : { raw: master.raw }),
      ...(master.badPixels === undefined ? {} : { badPixels: master.badPixels }),
      ...master.statistics,
      warnings: master.warnings,
    },
  },
  inputs: master.inputs,
})

export const describeReduced = (reduced: ReducedRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: reduced.id,
    kind: reduced.stage,
    name: reduced.name,
    order: reduced.order,
    time: reduced.createdAt,
    flags: reduced.flags,
    inputCount: reduced.inputs.length,
    details: {
      exposure: reduced.exposure,
      ...(reduced.registration === null
        ? { calibration: reduced.calibration, choices: reduced.choices }
        : reduced.registration),
    },
  },
  inputs: reduced.inputs,
})

export const describeSources = (list: SourceListRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: list.id,
    kind: 'sources',
    name: list.frame,
    order: list.order,
    time: list.createdAt,
    inputCount: list.inputs.length,
    details: { exposure: list.exposure, ...list.quality },
  },
  inputs: list.inputs,
})

export const describeSolution = (solution: PlateSolutionRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: solution.id,
    kind: 'solution',
    name: solution.name,
    order: solution.order,
    time: solution.createdAt,
    flags: solution.flags,
    inputCount: solution.inputs.length,
    details: {
      exposure: solution.exposure,
      center: solution.center,
      scale: solution.scale,
      rotation: solution.rotation,
      errors: solution.errors ?? null,
      parity: solution.parity,
      sipOrder: solution.sipOrder,
      matched: solution.matched.x.length,
      rmsPixels: solution.rmsPixels,
      rmsArcseconds: solution.rmsArcseconds,
      logOdds: solution.logOdds,
      catalogue: solution.catalogue,
      hints: solution.hints,
      attempts: solution.attempts,
      neighbour: solution.neighbour,
    },
  },
  inputs: solution.inputs,
})

export const describeTable = (table: PhotometryTableRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: table.id,
    kind: 'photometry',
    name: table.id,
    order: table.order,
    time: table.createdAt,
    inputCount: table.inputs.length,
    details: {
      stars: table.stars.length,
      radii: table.radii,
      annulus: table.annulus,
      unit: table.unit,
      gain: table.gain,
      readNoise: table.readNoise,
      position: table.position,
      frames: table.frames.length,
    },
  },
  inputs: table.inputs,
})

export const describeMeasurement = (measured: PhotometryFrameRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: measured.id,
    kind: 'measurement',
    name: measured.frame,
    inputCount: measured.inputs.length,
    details: {
      exposure: measured.exposure,
      frame: measured.frame,
      stars: measured.x.length,
      jd_utc_mid: measured.jd_utc_mid,
      bjd_tdb_mid: measured.bjd_tdb_mid,
      airmass: measured.airmass,
    },
  },
  inputs: measured.inputs,
})

export const describeStack = (stack: StackRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: stack.id,
    kind: 'stack',
    name: stack.name,
    order: stack.order,
    time: stack.createdAt,
    backends: stack.backends,
    flags: stack.flags,
    inputCount: stack.inputs.length,
    details: {
      frames: stack.frames.length,
      reference: stack.reference,
      combine: stack.combine,
      interpolation: stack.interpolation,
      normalisation: stack.normalisation,
      ...stack.statistics,
    },
  },
  // Its record names the frames of its frames too; they are reached through those.
  inputs: stack.frames,
})

export const describeCurve = (curve: LightCurveRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: curve.id,
    kind: 'lightcurve',
    name: curve.name,
    order: curve.order,
    time: curve.createdAt,
    inputCount: curve.inputs.length,
    details: {
      points: curve.columns.frame.length,
      target: curve.target,
      comparisons: curve.comparisons,
      radius: curve.radius,
      radiusChosen: curve.radiusChosen,
      annulus: curve.annulus,
      detrend: curve.detrend,
      timeScale: curve.timeScale,
      rms: curve.rms,
      expectedRms: curve.expectedRms,
      dip: curve.dip,
      unit: curve.unit,
    },
  },
  inputs: curve.inputs,
})

export const describeCamera = (report: CameraReportRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: report.id,
    kind: 'camera',
    name: report.name,
    order: report.order,
    time: report.createdAt,
    flags: report.flags,
    inputCount: report.inputs.length,
    details: {
      ...report.camera,
      region: report.region,
      filters: report.filters,
      frames: report.frames.length,
      stated: report.stated,
      gain: report.gain,
      readNoise: report.readNoise,
      readNoiseElectrons: report.readNoiseElectrons,
      darkCurrent: report.dark.map(({ temperature, rate }) => ({ temperature, ...rate })),
    },
  },
  inputs: report.inputs,
})

export const describeComposite = (composite: CompositeRecord): DescribedRecord => ({
  node: {
    ...BARE,
    id: composite.id,
    kind: 'composite',
    name: composite.name,
    order: composite.order,
    time: composite.createdAt,
    flags: composite.flags,
    inputCount: composite.sources.length,
    details: {
      channels: composite.labels.map(({ name, filter }, index) => ({
        name,
        filter,
        part: composite.sources[index]?.part ?? 'whole',
        alignment: composite.measures.alignment[index] ?? 'same',
        ...composite.look.inputs[index],
      })),
      balance: composite.balance,
      curve: composite.look.curve,
      stretch: composite.look.stretch,
      q: composite.look.q,
      saturation: composite.look.saturation,
      neutral: composite.look.neutral,
    },
  },
  // What it is made of; what those were made of, they say themselves.
  inputs: [...new Set(composite.sources.map(({ frame }) => frame))],
})

/** Something that a record names and nobody finds: shown with what its name says of it. */
export const describeMissing = (id: string): DescribedRecord => ({
  node: {
    ...BARE,
    id,
    kind: guessKind(id),
    name: id,
    missing: true,
    inputCount: 0,
    followed: false,
    details: {},
  },
  inputs: [],
})

const PREFIXES: readonly (readonly [string, ProvenanceNode['kind']])[] = [
  ['frame-', 'exposure'],
  ['master-', 'master'],
  ['calibrated-', 'calibrated'],
  ['registered-', 'registered'],
  ['sources-', 'sources'],
  ['solution-', 'solution'],
  ['photometry-', 'photometry'],
  ['measured-', 'measurement'],
  ['curve-', 'lightcurve'],
  ['stack-', 'stack'],
  ['camera-', 'camera'],
  ['composite-', 'composite'],
  ['sha256:', 'file'],
]

const guessKind = (id: string): ProvenanceNode['kind'] =>
  PREFIXES.find(([prefix]) => id.startsWith(prefix))?.[1] ?? 'unknown'
