import type { SimulationReport } from '../ingest/ingest-simulation'
import type { AppStore } from './app-state'
import { deriveCurrentNight } from './current-night'
import { runNext } from './run-next'

/** Each step stays on the page at least this long, so that a person sees what it did. Milliseconds. */
const STEP_PAUSE = 1600

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

const isReport = (report: unknown): report is SimulationReport =>
  typeof report === 'object' && report !== null && 'truth' in report

/** Where the simulated star stands on the reference frame, from the truth of the frame that became the reference. */
const placeTarget = (store: AppStore, report: SimulationReport): void => {
  const state = store.getState()
  const { reference, lights } = deriveCurrentNight(state)
  const name = lights.find((light) => light.id === reference)?.name
  const { truth } = report.truth
  const light = truth.lights.find((candidate) => candidate.name.split('/').at(-1) === name)
  const star = truth.stars[truth.target]
  const [x, y] = [light?.x[truth.target], light?.y[truth.target]]
  if (star === undefined || x === undefined || y === undefined) return
  state.stars.setTarget({ x, y })
  state.stars.setPosition({ ra: star.ra, dec: star.dec })
}

/**
 * The simulated night down the whole road, one step after the other, each shown and explained. A person may take over at any
 * moment: then the demonstration stops where it is and the next button is theirs.
 */
export const runDemonstration = async (store: AppStore, reducedPause = STEP_PAUSE): Promise<void> => {
  const watching = () => store.getState().panels.demonstration === 'road'
  store.getState().panels.setDemonstration('making')
  const report = await store.getState().intake.simulate()
  if (report === null || !isReport(report)) {
    store.getState().panels.setDemonstration('none')
    return
  }
  const { nights } = deriveCurrentNight(store.getState())
  const made = nights.find((night) =>
    night.groups.some((group) => group.frames.includes(report.frames[0]?.id ?? '')),
  )
  if (made !== undefined) store.getState().selection.openNight(made.key)
  store.getState().stars.forget()
  if (store.getState().panels.demonstration !== 'making') return
  store.getState().panels.setDemonstration('road')
  for (const action of ['calibrate', 'register', 'pick-target', 'measure'] as const) {
    await pause(reducedPause)
    if (!watching()) return
    await runNext(store, action)
    if (action === 'pick-target') {
      await pause(reducedPause)
      if (!watching()) return
      placeTarget(store, report)
    }
  }
  store.getState().panels.setDemonstration('done')
}
