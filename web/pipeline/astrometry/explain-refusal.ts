import { AsterismError } from '../../core/errors'
import type { HintSource } from '../../core/plate-solution'
import type { FrameClues } from './list-hints'
import type { RefusedStage } from './solve-stages'

const PLACES: Record<HintSource, string> = {
  parameters: 'at the place that was given',
  'world-coordinates': 'where the header has its world coordinates',
  pointing: 'where the header says that the telescope pointed',
  name: 'at the object that the header names',
  neighbour: 'where the frames beside it are',
  registration: 'where its stars lie against another frame',
  blind: 'over the whole sky',
}

const listPlaces = (refused: readonly RefusedStage[]): string => {
  const places = [...new Set(refused.map(({ stage }) => PLACES[stage.source]))]
  const last = places.pop()
  return places.length === 0 ? (last ?? 'nowhere') : `${places.join(', ')} and ${last ?? ''}`
}

type Advice = 'center' | 'radius' | 'scale' | 'check-scale' | 'deeper' | 'deeper-small'

/** What would help, from what is not known. */
const advise = (clues: FrameClues, refused: readonly RefusedStage[]): Advice[] => {
  const advice: Advice[] = []
  if (clues.center === null && clues.pointing === null) advice.push('center')
  else if (clues.radius === null) advice.push('radius')
  if (clues.scale === null && clues.neighbours.length === 0)
    advice.push(clues.headerScale === null ? 'scale' : 'check-scale')
  const few = refused.some(({ refusal }) => refusal.code === 'too-few-references')
  return [...advice, few ? 'deeper-small' : 'deeper']
}

const wordAdvice = (advice: Advice, { headerScale }: FrameClues): string => {
  const words: Record<Advice, string> = {
    center: 'say about where it points (center)',
    radius: 'check the place, or allow more room about it (radius)',
    scale: 'say how large a pixel is (scale, or focalLength and pixelSize)',
    'check-scale': `check the scale: the header says ${headerScale?.toFixed(3) ?? '?'} arcseconds a pixel`,
    deeper: 'ask for a catalogue with fainter stars (catalog)',
    'deeper-small':
      'ask for a catalogue with fainter stars (catalog): this one has hardly any in so small a field',
  }
  return words[advice]
}

/** The refusal of a frame in words, what was tried and what may help, and the same as values from which a page makes words of its own. */
export const explainRefusal = (
  name: string,
  clues: FrameClues,
  refused: readonly RefusedStage[],
): AsterismError => {
  const few = refused.find(({ refusal }) => refusal.code === 'too-few-stars')?.refusal
  if (few?.code === 'too-few-stars')
    return new AsterismError(
      'no-stars',
      `${name} shows ${few.found} stars, and ${few.needed} are needed to find its place. Lower the threshold of the detection, or stack several frames.`,
      { name, found: few.found, needed: few.needed },
    )
  const lost = refused.find(({ refusal }) => refusal.code === 'no-catalogue')?.refusal
  const isAllLost = refused.length > 0 && refused.every(({ refusal }) => refusal.code === 'no-catalogue')
  if (isAllLost && lost?.code === 'no-catalogue' && lost.error instanceof AsterismError) return lost.error
  const best = Math.max(
    -Infinity,
    ...refused.map(({ refusal }) => (refusal.code === 'no-match' ? refusal.logOdds : -Infinity)),
  )
  const over = refused.some(({ refusal }) => refusal.code === 'time-over')
  const advice = advise(clues, refused)
  const sentences = [
    `${name} was looked for ${listPlaces(refused)}, and no place is far likelier than chance${over ? '; the search was ended when its time was over' : ''}.`,
    `Try this: ${advice.map((each) => wordAdvice(each, clues)).join('; ')}.`,
  ]
  return new AsterismError('not-solved', sentences.join(' '), {
    name,
    places: [...new Set(refused.map(({ stage }) => stage.source))].join(' '),
    over,
    advice: advice.join(' '),
    headerScale: clues.headerScale,
    attempts: refused.length,
    logOdds: Number.isFinite(best) ? best : null,
  })
}
