import { describe, expect, it } from 'vitest'
import { listHintStages, type FrameClues, type KnownPose } from '../../../web/pipeline/astrometry/list-hints'

const NOTHING: FrameClues = {
  width: 1000,
  height: 800,
  center: null,
  radius: null,
  scale: null,
  world: null,
  pointing: null,
  headerScale: null,
  named: null,
  neighbours: [],
  blind: null,
}
const POSE: KnownPose = {
  center: { rightAscension: 31, declination: 46 },
  scale: 5,
  parity: -1,
  rotation: 120,
}
const sources = (clues: Partial<FrameClues>) =>
  listHintStages({ ...NOTHING, ...clues }).map(({ source }) => source)

describe('where a frame is looked for', () => {
  it('begins with what a person says, and ends with the whole sky', () => {
    const stages = listHintStages({
      ...NOTHING,
      center: { rightAscension: 400, declination: -10 },
      radius: 2,
      scale: 3,
      world: POSE,
      pointing: { rightAscension: 10, declination: 10 },
    })
    expect(stages[0]).toMatchObject({
      source: 'parameters',
      hints: { place: { rightAscension: 40, declination: -10, radius: 2 }, parity: null },
    })
    expect(stages[0]?.hints.scale[0]).toBeCloseTo(3 / 1.1)
    expect(stages.at(-1)).toMatchObject({ source: 'blind', hints: { place: null } })
    // A person's place is not outvoted by a header, and a person's radius not widened.
    expect(new Set(stages.map(({ source }) => source))).toEqual(new Set(['parameters', 'blind']))
    expect(Math.max(...stages.map(({ hints }) => hints.place?.radius ?? 0))).toBe(2)
  })

  it('takes the world coordinates, then a neighbour, then the pointing, then the name', () => {
    const order = sources({
      world: POSE,
      neighbours: [POSE],
      pointing: { rightAscension: 10, declination: 10 },
      named: { rightAscension: 11, declination: 11 },
    })
    expect([...new Set(order)]).toEqual(['world-coordinates', 'neighbour', 'pointing', 'name', 'blind'])
  })

  it('knows scale and parity from a neighbour, and still looks where the header points', () => {
    const stages = listHintStages({
      ...NOTHING,
      neighbours: [POSE],
      pointing: { rightAscension: 200, declination: 0 },
      headerScale: 10,
    })
    // The camera hardly turns from frame to frame; farther away that is doubted as well.
    const turns = stages.filter(({ source }) => source === 'neighbour').map(({ hints }) => hints.rotation)
    expect(turns[0]).toEqual({ angle: 120, tolerance: 2 })
    expect(turns.at(-1) ?? null).toBeNull()
    for (const { source, hints } of stages.filter(({ source: from }) => from !== 'blind')) {
      expect(hints.parity, source).toBe(-1)
      expect(hints.scale[0]).toBeGreaterThan(4.9)
      expect(hints.scale[1]).toBeLessThan(5.1)
    }
  })

  it('doubts a header: scales that forget the binning, degrees and hours, a telescope that points elsewhere', () => {
    const stages = listHintStages({
      ...NOTHING,
      pointing: { rightAscension: 5, declination: 20 },
      headerScale: 1,
    })
    const hinted = stages.filter(({ source }) => source === 'pointing').map(({ hints }) => hints)
    expect(hinted.some(({ scale }) => scale[0] < 0.5 && scale[1] > 2)).toBe(true)
    expect(hinted.some(({ place }) => place?.rightAscension === 75)).toBe(true)
    expect(hinted.some(({ place }) => Math.abs((place?.rightAscension ?? 0) - 5 / 15) < 1e-9)).toBe(true)
    const radii = hinted.map(({ place }) => place?.radius ?? 0)
    expect(radii[0]).toBeLessThan(1)
    expect(Math.max(...radii)).toBeGreaterThanOrEqual(10)
  })

  it('goes over the whole sky at once, or never, where a person says so', () => {
    const pointing = { rightAscension: 5, declination: 20 }
    expect(new Set(sources({ pointing, blind: true }))).toEqual(new Set(['blind']))
    expect(sources({ pointing, blind: false })).not.toContain('blind')
    expect(sources({ blind: false })).toEqual([])
    // Bright stars first, then all of them.
    expect(listHintStages(NOTHING).map(({ source, deep }) => [source, deep])).toEqual([
      ['blind', false],
      ['blind', true],
    ])
    // A frame of some arcminutes has no bright stars to go by, a very large one needs no faint ones.
    expect(listHintStages({ ...NOTHING, scale: 0.5 }).map(({ deep }) => deep)).toEqual([true])
    expect(listHintStages({ ...NOTHING, scale: 60 }).map(({ deep }) => deep)).toEqual([false])
  })

  it('gives the solver ranges and places that it takes, whatever is known', () => {
    const all: Partial<FrameClues>[] = [
      { scale: [0.5, 0.5] },
      { center: { rightAscension: 0, declination: 90 }, scale: [0.1, 3600] },
      { pointing: { rightAscension: -5, declination: -90 } },
      { world: { ...POSE, scale: 900 } },
      { neighbours: [POSE, POSE], blind: true },
    ]
    for (const clues of all)
      for (const { hints } of listHintStages({ ...NOTHING, ...clues })) {
        expect(hints.scale[0]).toBeGreaterThan(0)
        expect(hints.scale[1]).toBeGreaterThanOrEqual(hints.scale[0])
        if (hints.place === null) continue
        expect(hints.place.radius).toBeGreaterThan(0)
        expect(hints.place.rightAscension).toBeGreaterThanOrEqual(0)
        expect(hints.place.rightAscension).toBeLessThan(360)
      }
  })
})
