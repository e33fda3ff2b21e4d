import { AsterismError } from '../../core/errors'
import { effectiveFacts } from '../../core/frame'
import type { PhaseResult } from '../phased-step'
import { levelCells } from '../../science/reprojection/level-cells'
import { readCellLevels, type CellPlan } from './cell-levels'
import { widthOnGrid } from './leave-out-frames'
import { matchesOverlaps, needsLevels, type StackInput } from './stack-input'
import { weighFrames } from './weigh-frames'

/** What is done to the values of each frame before they are combined: value = scale v + offset + slope (x - middle). */
export interface LevelledFrames {
  readonly scales: readonly number[]
  readonly offsets: readonly number[]
  readonly slopes: readonly { readonly x: number; readonly y: number }[] | null
  /** Relative to their mean; null for equal weights. */
  readonly weights: readonly number[] | null
  /** Sky and noise of each frame's own pixels; NaN where nobody looked. */
  readonly levels: readonly number[]
  readonly noises: readonly number[]
  /** Scatter of the sky between frames after matching; null where that was not done. */
  readonly scatter: number | null
}

const scaleByExposure = ({ recipes, reference }: StackInput): number[] => {
  const seconds = recipes.map(({ exposure }) => effectiveFacts(exposure).exposure)
  const own = seconds[reference]
  const known = seconds.every((value) => value !== null && value > 0)
  if (!known || own == null)
    throw new AsterismError(
      'bad-header',
      'Not every frame says how long it was exposed, so they cannot be scaled by it.',
    )
  return seconds.map((value) => own / (value ?? own))
}

/** By the level of the sky on the grid. */
const scaleByLevel = ({ frames, reference, parameters }: StackInput, levels: readonly number[]): number[] => {
  const own = levels[reference] ?? Number.NaN
  const dark = levels.findIndex((level) => !(level > 0))
  if (dark >= 0)
    throw new AsterismError(
      'bad-header',
      `${frames[dark]?.record.name ?? 'A frame'} has a sky at or below zero and cannot be scaled by it. Stack without scaling, or bring the skies together by an offset.`,
    )
  return levels.map((level) => (parameters.normalisation !== 'none' || own > 0 ? own / level : 1))
}

const findScales = (input: StackInput, levels: readonly number[]): number[] => {
  switch (input.parameters.combine.scale) {
    case 'exposure':
      return scaleByExposure(input)
    case 'median':
      return scaleByLevel(input, levels)
    case 'stars':
      return [...(input.starScales ?? [])]
    default:
      return input.frames.map(() => 1)
  }
}

/** Offsets and slopes from cells that frames have in common; groups of frames that share none keep the levels that they have. */
const matchOverlaps = (
  input: StackInput,
  cells: CellPlan,
  result: PhaseResult,
  { scales, levels }: { readonly scales: readonly number[]; readonly levels: readonly number[] },
): Pick<LevelledFrames, 'offsets' | 'slopes' | 'scatter'> => {
  const { frames, reference, parameters } = input
  const plane = parameters.normalisation === 'plane'
  const half = Math.max(input.width, input.height) / 2
  const known = readCellLevels(cells, result).map(({ frame, cell, x, y, level }) => ({
    frame,
    cell,
    x: (x - (input.width - 1) / 2) / half,
    y: (y - (input.height - 1) / 2) / half,
    level: scales[frame]! * level,
  }))
  const match = levelCells(known, {
    frames: frames.length,
    mode: plane ? 'plane' : 'offset',
    reference,
  })
  const anchors = new Map<number, number>()
  for (const [frame, group] of match.group.entries()) if (!anchors.has(group)) anchors.set(group, frame)
  anchors.set(match.group[reference]!, reference)
  const offsets = frames.map((_, frame) => {
    const anchor = anchors.get(match.group[frame]!)!
    return match.offset[frame]! + levels[reference]! - levels[anchor]!
  })
  const slopes = frames.map((_, frame) => ({
    x: match.slopeX[frame]! / half,
    y: match.slopeY[frame]! / half,
  }))
  return { offsets, slopes: plane ? slopes : null, scatter: match.scatter }
}

/** All that phases before the combining measured, put together. */
export const levelFrames = (
  input: StackInput,
  cells: CellPlan,
  done: readonly PhaseResult[],
): LevelledFrames => {
  const { frames, areas, reference, parameters } = input
  const measured = needsLevels(input) ? (done[0] ?? []) : []
  const levels = frames.map((_, frame) => measured[frame]?.['level'] ?? Number.NaN)
  const noises = frames.map((_, frame) => measured[frame]?.['noise'] ?? Number.NaN)
  const onGrid = levels.map((level, frame) => level * areas[frame]!)
  const scales = findScales(input, onGrid)
  const levelled = onGrid.map((level, frame) => level * scales[frame]!)
  const matched = matchesOverlaps(parameters)
    ? matchOverlaps(input, cells, done[1] ?? [], { scales, levels: levelled })
    : {
        offsets: levelled.map((level) =>
          parameters.normalisation === 'sky' && parameters.combine.scale !== 'median'
            ? levelled[reference]! - level
            : 0,
        ),
        slopes: null,
        scatter: null,
      }
  const weights = weighFrames(
    parameters.weights,
    frames.map((frame, index) => ({
      name: frame.record.name,
      noise: noises[index]! * areas[index]! * scales[index]!,
      fwhm: widthOnGrid(frame),
      transparency: input.starScales === null ? null : scales[index]! / input.starScales[index]!,
    })),
  )
  return { scales, ...matched, weights, levels, noises }
}
