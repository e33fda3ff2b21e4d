import { describe, expect, it } from 'vitest'
import type { CompositeRecord } from '../../web/core/composite'
import type { ExposureRecord } from '../../web/core/frame'
import type { ReducedRecord } from '../../web/core/reduced'
import type { StackRecord } from '../../web/core/stack'
import type { Craft } from '../../web/state/crafts'
import { suggestCraft } from '../../web/state/crafts'
import { deriveCurrentNight } from '../../web/state/current-night'
import { makeExposure } from '../support/make-exposure'
import { makeStack } from '../support/make-stack'

type Input = Parameters<typeof deriveCurrentNight>[0]

const reduce = (
  { id: exposure }: ExposureRecord,
  stage: ReducedRecord['stage'] = 'calibrated',
): ReducedRecord => ({
  id: `${stage}-${exposure}`,
  stage,
  exposure,
  name: exposure,
  order: 'o',
  choices: [],
  registration: null,
  width: 1,
  height: 1,
  unit: 'adu',
  calibration: { bias: null, dark: null, flat: null, darkFactor: 1 },
  inputs: [],
  flags: [],
  createdAt: 10,
})

const shots = (filter: string, count: number): ExposureRecord[] =>
  Array.from({ length: count }, (_, index) =>
    makeExposure(
      { filter, dateObs: `2025-03-01T2${filter === 'V' ? 0 : 1}:0${index % 10}:00Z` },
      { id: `${filter}${index}` },
    ),
  )

const stackOf = (lights: readonly ExposureRecord[], createdAt = 20): StackRecord =>
  makeStack({
    id: `stack-${lights[0]?.id}-${createdAt}`,
    frames: lights.map((light) => reduce(light, 'registered').id),
    createdAt,
  })

interface Given {
  readonly lights: readonly ExposureRecord[]
  readonly reduced?: readonly ReducedRecord[]
  readonly stacks?: readonly StackRecord[]
  readonly running?: string
  readonly craft?: Craft
  readonly composites?: readonly CompositeRecord[]
  /** Exposures whose place on the sky was found. */
  readonly solved?: readonly string[]
  /** Exposures of which it was looked for in vain: all, unless said. */
  readonly refused?: readonly string[]
}

const derive = ({
  lights,
  reduced = [],
  stacks = [],
  running,
  craft,
  composites = [],
  solved = [],
  refused = lights.map(({ id }) => id),
}: Given) => {
  const input = (crafts: Record<string, Craft>): Input => ({
    library: {
      exposures: lights,
      masters: [],
      reduced,
      stacks,
      curves: [],
      composites,
    } as unknown as Input['library'],
    selection: { night: null } as Input['selection'],
    orders: { progress: running === undefined ? null : { request: running } },
    settings: { crafts },
    sky: {
      solutions: new Map(solved.map((id) => [id, {} as never])),
      failures: new Map(refused.map((id) => [id, {} as never])),
    },
    stars: { target: null } as unknown as Input['stars'],
  })
  const key = deriveCurrentNight(input({})).night?.key ?? ''
  return deriveCurrentNight(input(craft === undefined ? {} : { [key]: craft }))
}

const [visual, blue] = [shots('V', 3), shots('B', 2)]
const both = [...visual, ...blue]
const made = both.flatMap((light) => [reduce(light), reduce(light, 'registered')])

const stopOf = ({ road }: ReturnType<typeof derive>, stop: string) => road.stops.find(({ id }) => id === stop)

describe('which road a night has', () => {
  it('few frames in several filters suggest a picture, a series or one filter a light curve', () => {
    expect(suggestCraft(both)).toBe('picture')
    expect(suggestCraft(visual)).toBe('curve')
    expect(suggestCraft([...shots('V', 80), ...shots('B', 3)])).toBe('curve')
    expect(suggestCraft([makeExposure({ filter: null }), ...blue])).toBe('curve')
    expect(suggestCraft([])).toBe('curve')
  })

  it('is the one that a person chose, whatever the frames suggest', () => {
    expect(derive({ lights: both }).craft).toBe('picture')
    expect(derive({ lights: both, craft: 'curve' }).craft).toBe('curve')
    expect(derive({ lights: visual, craft: 'picture' }).road.stops.map(({ id }) => id)).toContain('stacked')
    expect(derive({ lights: both, craft: 'curve' }).road.stops.map(({ id }) => id)).toContain('curve')
  })
})

describe('the road of a picture', () => {
  it('goes filter by filter to a stack of each', () => {
    expect(derive({ lights: both }).road.next).toEqual({ action: 'calibrate', count: 5 })
    const first = derive({ lights: both, reduced: made })
    expect(first.road.next).toEqual({ action: 'stack', count: 3, filter: 'V' })
    const second = derive({ lights: both, reduced: made, stacks: [stackOf(visual)] })
    expect(second.road.next).toEqual({ action: 'stack', count: 2, filter: 'B' })
    const last = derive({ lights: both, reduced: made, stacks: [stackOf(visual), stackOf(blue)] })
    expect(last.road.next).toEqual({ action: 'colour', count: 0 })
    expect(stopOf(last, 'stacked')).toMatchObject({ state: 'done', count: 2 })
    expect(stopOf(second, 'stacked')).toMatchObject({ state: 'problem', count: 1 })
    expect(stopOf(last, 'colour')?.state).toBe('waiting')
  })

  it('finds places on the sky before frames are stacked, of each frame once', () => {
    const given = { lights: both, reduced: made }
    expect(derive({ ...given, refused: [] }).road.next).toEqual({ action: 'solve', count: 5 })
    expect(derive({ ...given, refused: ['V1'], solved: ['V0', 'V2'] }).road.next).toEqual({
      action: 'solve',
      count: 2,
    })
    // Some could not be found: the frames are laid on one another by their stars then.
    expect(derive({ ...given, refused: ['V1', 'B0', 'B1'], solved: ['V0', 'V2'] }).road.next?.action).toBe(
      'stack',
    )
    // What is stacked already needs no place.
    const stacks = [stackOf(visual), stackOf(blue)]
    expect(derive({ ...given, refused: [], stacks }).road.next?.action).toBe('colour')
  })

  it('asks for a stack again when frames came or were calibrated anew after it', () => {
    const stacks = [stackOf(visual), stackOf(blue)]
    const late = makeExposure({ filter: 'B' }, { id: 'B9', ingestedAt: 30 })
    const more = derive({
      lights: [...both, late],
      reduced: [...made, reduce(late)],
      stacks,
    })
    expect(more.road.next).toEqual({ action: 'stack', count: 3, filter: 'B' })
    const again = made.map((frame) => (frame.exposure.startsWith('V') ? { ...frame, createdAt: 25 } : frame))
    expect(derive({ lights: both, reduced: again, stacks }).road.next).toMatchObject({ filter: 'V' })
  })

  it('takes no stack of other frames, or of frames of both filters, for that of a filter', () => {
    const other = shots('V', 2).map((light) => ({ ...light, id: `other-${light.id}` }))
    const mixed = stackOf([...visual, ...blue])
    const elsewhere = stackOf(other)
    const night = derive({
      lights: both,
      reduced: [...made, ...other.map((light) => reduce(light, 'registered'))],
      stacks: [mixed, elsewhere],
    })
    expect(night.filterGroups.map(({ stack }) => stack)).toEqual([null, null])
  })

  it('a stack that left some frames out still stands for its filter', () => {
    const night = derive({ lights: both, reduced: made, stacks: [stackOf(visual.slice(0, 2))] })
    expect(night.road.next).toEqual({ action: 'stack', count: 2, filter: 'B' })
  })

  it('ends in colours where there are several filters, and in the stack where there is one', () => {
    const stacks = [stackOf(visual), stackOf(blue)]
    const [first, second] = stacks
    const picture = (...frames: readonly (string | undefined)[]) =>
      ({
        id: 'picture',
        sources: frames.map((frame) => ({ frame, part: 'whole' })),
      }) as unknown as CompositeRecord
    const given = { lights: both, reduced: made, stacks }
    const done = derive({ ...given, composites: [picture(first?.id, second?.id)] })
    expect(done.road.next?.action).toBe('open-picture')
    expect(stopOf(done, 'colour')?.state).toBe('done')
    // A picture of other frames, or of one of the stacks alone, is not that of this night.
    const other = derive({ ...given, composites: [picture('elsewhere', second?.id)] })
    expect(other.road.next?.action).toBe('colour')
    const grey = derive({
      lights: visual,
      reduced: made,
      stacks: [stackOf(visual)],
      craft: 'picture',
    })
    expect(grey.road.next?.action).toBe('open-stack')
    expect(stopOf(grey, 'colour')?.state).toBe('none')
  })

  it('a frame is placed when it was solved, or laid on another by its stars', () => {
    const placed = (solved: readonly string[], reduced: readonly ReducedRecord[]) =>
      derive({ lights: both, reduced, solved }).road.stops.find(({ id }) => id === 'placed')
    const calibrated = both.map((light) => reduce(light))
    expect(placed([], calibrated)).toMatchObject({ state: 'waiting', count: null })
    expect(placed(['V0', 'elsewhere'], calibrated)).toMatchObject({ state: 'problem', count: 1 })
    const some = [...calibrated, ...visual.map((light) => reduce(light, 'registered'))]
    expect(placed(['V0', 'B0', 'B1'], some)).toMatchObject({ state: 'done', count: 5 })
  })

  it('says which stop is worked on, and offers nothing meanwhile', () => {
    const road = derive({ lights: both, reduced: made, running: 'stack' }).road
    expect(road.next).toBeNull()
    expect(road.current).toBe('stacked')
    expect(road.stops.find(({ id }) => id === 'stacked')?.state).toBe('running')
  })
})
