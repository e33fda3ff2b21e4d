import type { ProvenanceNode, ProvenanceStep } from '../../core/provenance'
import type { StepRecord } from '../../core/work-order'

const MADE_BY: Partial<Record<ProvenanceNode['kind'], string>> = {
  master: 'build-master',
  calibrated: 'calibrate-frames',
  sources: 'detect-stars',
  solution: 'solve-frame',
  registered: 'match-frame',
  photometry: 'choose-stars',
  measurement: 'measure-frame',
  stack: 'stack-frames',
  camera: 'write-camera-report',
  composite: 'compose-picture',
  lightcurve: 'draw-light-curve',
  point: 'draw-light-curve',
}

/** What a step was planned with that the record of its result says better, or that is about other frames. */
const LEFT_OUT = new Set([
  'id',
  'frames',
  'group',
  'assignments',
  'calibrated',
  'kind',
  'series',
  'neighbours',
  'isLast',
  'mayGoBlind',
])

/** A curve that a person dragged was made on the page, from the stored curve that it names first. */
const isDragged = ({ kind }: ProvenanceNode, inputs: readonly string[]): boolean =>
  kind === 'lightcurve' && inputs[0]?.startsWith('curve-') === true

/**
 * The step that made a thing: the one that lists it among its outputs, or, where that is not stored any more, the kind of step that
 * makes such things, of an unknown version.
 */
export const nameStep = (
  node: ProvenanceNode,
  inputs: readonly string[],
  makers: readonly StepRecord[],
): ProvenanceStep | null => {
  if (isDragged(node, inputs)) return { name: 'measure-live-curve', version: null, parameters: {} }
  const name = MADE_BY[node.kind]
  if (name === undefined) return null
  const step = makers.find(
    (candidate) => candidate.name === name || (node.kind === 'solution' && candidate.name === 'solve-rest'),
  )
  if (step === undefined) return { name, version: null, parameters: {} }
  const parameters = Object.fromEntries(
    Object.entries(step.parameters).filter(([key, value]) => !LEFT_OUT.has(key) && value !== null),
  )
  return { name, version: step.version ?? null, parameters }
}
