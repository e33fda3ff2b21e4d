import { combineArguments } from './cells-combine'
import { code, markdown, type NotebookCell } from './notebook-cell'
import type { NotebookPlan, StackToMake } from './notebook-plan'
import { toPython, toPythonLines } from './python-literal'

/** What each frame is multiplied with, or what is added, so that their levels agree with the first one's. */
const normaliseLines = ({ record, seconds }: StackToMake): string[] => {
  const { combine, normalisation } = record
  if (combine.scale === 'exposure')
    return [
      `seconds = ${toPython(seconds)}`,
      'frames = [frame.multiply(seconds[0] / own) for frame, own in zip(frames, seconds)]',
    ]
  const levels = 'levels = [level(frame.data) for frame in frames]'
  if (combine.scale === 'median') {
    // A reference without light scales nothing, unless the skies are asked to agree.
    const scale = normalisation === 'sky' ? 'levels[0] / own' : '(levels[0] / own if levels[0] > 0 else 1)'
    return [levels, `frames = [frame.multiply(${scale}) for frame, own in zip(frames, levels)]`]
  }
  if (normalisation === 'sky')
    return [
      levels,
      'frames = [frame.add((levels[0] - own) * frame.unit) for frame, own in zip(frames, levels)]',
    ]
  return []
}

/** Frames that were never in, so that their absence is no riddle. */
const tellLeftOut = (stacks: readonly StackToMake[]): string => {
  const names = stacks.flatMap(({ record }) =>
    (record.leftOut ?? []).map(
      ({ name, reason, value, limit }) =>
        `${name} (${reason}${value === null || limit === null ? '' : ` ${value}, limit ${limit}`})`,
    ),
  )
  return names.length === 0
    ? ''
    : ` Left out by what Asterism measured of them, and so not in the lists below: ${names.join(', ')}.`
}

export const listStackCells = ({ stacks }: NotebookPlan): NotebookCell[] => {
  if (stacks.length === 0) return []
  return [
    markdown(
      `## The stack\n\nCalibrated frames, as they lie on one another, are brought to the level of the first and combined.${tellLeftOut(stacks)}`,
    ),
    ...stacks.map((stack) => {
      const { name, record, files, reference } = stack
      const factor = record.combine.method === 'sum' ? `${files.length} * ` : ''
      return code(
        [
          `${name}_files = ${toPythonLines(files)}`,
          `frames = [CALIBRATED[name] for name in ${name}_files]`,
          ...normaliseLines(stack),
          `${name} = combine(frames, ${combineArguments(record.combine)})`,
          `summarise("${name}", ${name}, ${factor}LIGHTS[${toPython(reference)}][1](${toPython(reference)}))`,
        ].join('\n'),
      )
    }),
  ]
}
