import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { normaliseName, type ProjectRecord, type TargetRecord } from '../../../web/core/target'
import { degrees } from '../../../web/core/units'
import type { OrderRecord } from '../../../web/core/work-order'
import {
  findTarget,
  listTargets,
  mergeTargets,
  nightsOfProject,
  ordersOfProject,
} from '../../../web/pipeline/targets/list-targets'
import { makeExposure } from '../../support/make-exposure'

const target = (name: string, changes: Partial<TargetRecord> = {}): TargetRecord => ({
  id: `target-${name}`,
  name,
  rightAscension: null,
  declination: null,
  note: '',
  createdAt: 0,
  ...changes,
})

/** Ten nights on three targets, each named as somebody pleased. */
const NAMES = [
  'HAT-P-32',
  'hat p 32',
  'HATP32',
  'M 37',
  'NGC 2099',
  'TrES-3',
  'tres_3',
  'M37',
  'HAT-P-32 ',
  'TRES 3',
]
const exposures = NAMES.map((object, index) =>
  makeExposure(
    { object, night: `2025-03-${String(index + 1).padStart(2, '0')}+${String(index + 2).padStart(2, '0')}` },
    { id: `frame-${index}` },
  ),
)

describe('targets of ten nights', () => {
  it('are one for each name, however it is written', () => {
    const found = listTargets([...exposures, makeExposure({ kind: 'flat', object: 'Sky' })], [], [])
    expect(found.map(({ name, nights }) => [name, nights.length])).toEqual([
      ['HAT-P-32', 4],
      ['M 37', 2],
      ['NGC 2099', 1],
      ['TrES-3', 3],
    ])
  })

  it('are three once a person has said that two names are one', () => {
    const records = [target('M 37', { aliases: ['NGC 2099'] }), target('HAT-P-32')]
    const found = listTargets(exposures, [], records)
    expect(found.map(({ key, frames }) => [key, frames.length])).toEqual([
      ['target-HAT-P-32', 4],
      ['target-M 37', 3],
      ['tres3', 3],
    ])
    expect(findTarget('ngc2099', records)?.name).toBe('M 37')
    expect(findTarget('--', records)).toBeNull()
  })

  it('lose no light and count none twice, whatever the names (property)', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ maxLength: 6 }), { maxLength: 30 }), (objects) => {
        const lights = objects.map((object) => makeExposure({ object }))
        const found = listTargets(lights, [], [target('ab', { aliases: ['c'] })])
        const all = found.flatMap(({ frames }) => frames)
        const named = lights.filter(({ facts }) => normaliseName(facts.object ?? '') !== '')
        expect(all.toSorted()).toEqual(named.map(({ id }) => id).toSorted())
      }),
    )
  })

  it('made one keep the names of both and the place that is known', () => {
    const merged = mergeTargets(target('M 37', { aliases: ['Salt and Pepper'], note: 'a' }), {
      name: 'NGC 2099',
      aliases: ['m37', 'C 0549+325'],
      rightAscension: degrees(88.07),
      declination: degrees(32.55),
      note: 'b',
    })
    expect(merged).toMatchObject({
      name: 'M 37',
      aliases: ['Salt and Pepper', 'NGC 2099', 'C 0549+325'],
      rightAscension: 88.07,
      note: 'a\nb',
    })
  })
})

describe('a project', () => {
  const records = [target('HAT-P-32'), target('TrES-3')]
  const targets = listTargets(exposures, [], records)
  const project: ProjectRecord = {
    id: 'p',
    name: 'Transits',
    note: '',
    targets: records.map(({ id }) => id),
    orders: [],
    createdAt: 0,
  }
  const order = (id: string, frames: string[]): OrderRecord => ({
    id,
    order: { request: 'light_curve', frames },
    status: 'done',
    createdAt: 0,
    startedAt: 0,
    endedAt: 0,
    seconds: 1,
    failure: null,
  })

  it('has all nights of its targets, or those that were chosen, and the orders that were run in them', () => {
    expect(nightsOfProject(project, targets)).toHaveLength(7)
    const chosen = { ...project, nights: ['2025-03-02+03', '2025-03-06+07'] }
    expect(nightsOfProject(chosen, targets)).toEqual(chosen.nights)
    const orders = [order('a', ['frame-1']), order('b', ['frame-0']), order('c', ['frame-3']), order('d', [])]
    expect(ordersOfProject(chosen, targets, exposures, orders).map(({ id }) => id)).toEqual(['a'])
    expect(ordersOfProject(project, targets, exposures, orders).map(({ id }) => id)).toEqual(['a', 'b'])
    const named = { ...chosen, orders: ['d'] }
    expect(ordersOfProject(named, targets, exposures, orders).map(({ id }) => id)).toEqual(['a', 'd'])
  })
})
