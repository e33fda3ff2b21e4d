import { createRoot } from 'react-dom/client'
import type { Root } from 'react-dom/client'
import { afterEach, beforeAll, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createStore } from 'zustand/vanilla'
import type { ExposureRecord } from '../../../web/core/frame'
import {
  readChoices,
  withDefaults,
  type CalibrationChoices,
  type CalibrationParameters,
} from '../../../web/pipeline/calibration/choices'
import { accessSlice, type AppStore } from '../../../web/state/app-state'
import { createCalibrationSlice } from '../../../web/state/calibration-slice'
import type { CurrentNight } from '../../../web/state/current-night'
import { CalibrationPanel } from '../../../web/ui/calibration/calibration-panel'
import type { Field } from '../../../web/ui/calibration/parameter-field'
import { STEP_CONTROLS } from '../../../web/ui/calibration/step-controls'
import { startTranslation } from '../../../web/ui/i18n/set-up'
import { AppContext, type AppMachine } from '../../../web/ui/kit/use-app'
import '../../../web/ui/kit/tokens.css'
import '../../../web/ui/kit/base.css'
import { makeExposure } from '../../support/make-exposure'

let root: Root | null = null
beforeAll(() => startTranslation('en'))
afterEach(() => {
  root?.unmount()
  root = null
  document.body.replaceChildren()
})

const many = (count: number, facts: Parameters<typeof makeExposure>[0]) =>
  Array.from({ length: count }, () => makeExposure(facts))

const open = (exposures: readonly ExposureRecord[], canWrite = true) => {
  const store = createStore(() => ({})) as unknown as AppStore
  const kept: CalibrationChoices[] = []
  const studio = {
    subscribe: () => () => true,
    calibration: () => Promise.resolve({}),
    setCalibration: (choices: CalibrationChoices) => Promise.resolve(void kept.push(choices)),
  }
  const notices = { tell: () => undefined, tellError: () => undefined }
  store.setState({
    calibration: createCalibrationSlice(accessSlice(store, 'calibration'), studio, () => notices as never),
    library: { exposures, masters: [], canWrite } as never,
    stars: { masters: {}, frameMasters: {} } as never,
    orders: { progress: null } as never,
  })
  const current = {
    lights: exposures.filter(({ facts }) => facts.kind === 'light'),
    calibrated: new Map(),
    night: { night: '2025-03-01+02' },
  } as unknown as CurrentNight
  const host = document.createElement('main')
  document.body.append(host)
  root = createRoot(host)
  root.render(
    <AppContext value={{ store, studio } as unknown as AppMachine}>
      <CalibrationPanel current={current} />
    </AppContext>,
  )
  return { store, kept }
}

it('says for a night of two kinds of lights what each gets, and why one gets nothing', async () => {
  open([
    ...many(8, { kind: 'bias', exposure: 0 }),
    ...many(8, { kind: 'flat', exposure: 3 }),
    ...many(2, {}),
    ...many(1, { filter: 'B' }),
  ])
  await expect
    .poll(() => document.querySelector('[data-step=flat]')?.textContent)
    .toContain('2 lights get a master flat R, of the same night, made of 8 frames.')
  expect(document.querySelector('[data-step=flat]')?.textContent).toContain(
    '1 light goes without: there are some, but they differ in filter.',
  )
  expect(document.querySelector('[data-step=dark]')?.textContent).toContain(
    '3 lights go without: there are no such frames in the workspace.',
  )
})

it('is worked by keys alone, and keeps what is chosen', async () => {
  const { store, kept } = open([...many(8, { kind: 'bias', exposure: 0 }), ...many(2, {})])
  const cosmic = page.getByRole('switch', { name: 'Cosmic rays' })
  await expect.element(cosmic).toBeVisible()
  ;(cosmic.element() as HTMLElement).focus()
  await userEvent.keyboard(' ')
  await expect.element(cosmic).toBeChecked()
  await expect.poll(() => kept.at(-1)).toEqual({ cosmicRays: 'lacosmic' })
  await userEvent.keyboard('{Tab}{Tab}{Enter}')
  await expect.element(page.getByText('Sharp spots that no star could make', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  expect(store.getState().calibration.choices).toEqual({})
})

it('changes nothing where another tab has the workspace', async () => {
  open(many(2, {}), false)
  await expect.element(page.getByRole('switch', { name: 'Bias' })).toBeDisabled()
  await expect.element(page.getByRole('button', { name: 'Calibrate 2 lights' })).toBeDisabled()
})

it('says what would fill it where there are no lights', async () => {
  open(many(3, { kind: 'bias', exposure: 0 }))
  await expect.element(page.getByText('This night has no lights', { exact: false })).toBeVisible()
})

/** What a person may make of a field: its last option, its least number, its example. */
const writeSomething = (field: Field, parameters: CalibrationParameters): CalibrationChoices => {
  if (field.kind === 'switch') return field.write(!field.read(parameters), parameters)
  if (field.kind === 'choice') return field.write(field.options.at(-1) ?? '', parameters)
  if (field.kind === 'number') return field.write(field.least, parameters)
  return field.isValid(field.placeholder) ? field.write(field.placeholder, parameters) : {}
}

it('every parameter that is shown writes what an order takes', () => {
  for (const { toggle, basic, advanced, keys } of STEP_CONTROLS) {
    const parameters = withDefaults(readChoices(toggle?.turn(true) ?? {}))
    expect(toggle === null || toggle.isOn(parameters)).toBe(true)
    expect(toggle?.isOn(withDefaults(readChoices(toggle.turn(false)))) ?? false).toBe(false)
    for (const field of [...basic, ...advanced]) {
      const changes = writeSomething(field, parameters)
      expect(Object.keys(changes), field.id).toHaveLength(1)
      const taken = withDefaults(readChoices({ ...parameters, ...changes }))
      for (const [key, value] of Object.entries(changes)) {
        expect(taken[key as keyof CalibrationChoices] ?? null, field.id).toEqual(value ?? null)
        expect([...keys, 'maxMasterAgeDays'], field.id).toContain(key)
      }
    }
  }
})
