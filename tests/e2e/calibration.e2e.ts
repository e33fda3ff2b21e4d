import { CALIBRATION_STEPS } from '../../web/pipeline/calibration/calibration-step'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
import { makeShortNight } from '../support/short-night'

/** Darks of twice the exposure of the lights, and only three flats. */
const { files } = makeShortNight({
  counts: { bias: 6, dark: 6, flat: 3, light: 3 },
})

test('the calibration is chosen step by step, said in words, kept, and read back', async ({ page }) => {
  test.setTimeout(240_000)
  page.setDefaultTimeout(20_000)
  await page.goto('./')
  await dropFiles(page, files)
  await waitIdle(page)
  await page.getByRole('button', { name: 'Calibrate', exact: true }).click()
  const panel = page.getByRole('region', { name: 'Calibration', exact: true })
  const step = (id: string) => panel.locator(`[data-step="${id}"]`)
  const open = (name: string) => panel.getByRole('button', { name: `${name}: what it is` }).click()

  await test.step('a newcomer sees six lines and a button', async () => {
    await expect(panel.getByText('None of the 3 lights', { exact: false })).toBeVisible()
    await expect(panel.locator('[data-step]')).toHaveCount(6)
    await expect(panel.getByRole('button', { name: 'Calibrate 3 lights' })).toBeEnabled()
    await expect(step('overscan')).toContainText('No header or profile names an overscan: nothing is done.')
    await expect(step('bias')).toContainText('3 lights get a master bias')
    await expect(step('flat').locator('[data-trap="few-frames"]')).toContainText('Only 3 frames')
  })

  await test.step('looks right in every theme and on a small screen', async () => {
    await open('Dark')
    await step('dark').getByText('How the frames become one master').click()
    await page.setViewportSize({ width: 1440, height: 900 })
    for (const theme of ['light', 'night', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name
      }, theme)
      await expectAccessible(page)
      await page.screenshot({ path: `tests/e2e/output/calibration-${theme}.png` })
    }
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
    const { width, inner } = await panel.evaluate((element) => ({
      width: element.clientWidth,
      inner: element.scrollWidth,
    }))
    expect(inner).toBeLessThanOrEqual(width)
    await page.screenshot({ path: 'tests/e2e/output/calibration-390.png' })
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  await test.step('a rule that can reject nothing is told, and why', async () => {
    await step('dark').getByLabel('Spread measured by').selectOption('std')
    const trap = step('dark').locator('[data-trap="cannot-reject"]')
    await expect(trap).toContainText('can never throw out one outlier among 6 frames')
    await trap.getByText('why', { exact: true }).click()
    await expect(trap).toContainText('The outlier itself widens the spread')
    await page.screenshot({ path: 'tests/e2e/output/calibration-trap.png' })
    await panel.getByRole('button', { name: 'Undo' }).click()
    await expect(trap).toHaveCount(0)
  })

  await test.step('what is typed and makes no sense is not taken', async () => {
    const age = step('dark').getByLabel('Oldest master to take')
    await age.fill('-3')
    await age.press('Enter')
    await expect(age).toHaveAttribute('aria-invalid', 'true')
    await age.press('Escape')
    await expect(age).toHaveValue('90')
  })

  await test.step('switches change what will be done, and are kept over a reload', async () => {
    await panel.getByRole('button', { name: /more steps$/ }).click()
    await expect(panel.locator('[data-step]')).toHaveCount(CALIBRATION_STEPS.length)
    await panel.getByRole('switch', { name: 'Fringes' }).check()
    await expect(step('fringe')).toContainText('with a map of 3 lights')
    await panel.getByRole('switch', { name: 'Shape of the sky' }).check()
    await expect(step('gradient')).toContainText('a surface of degree 1')
    await panel.getByRole('switch', { name: 'Fringes' }).uncheck()
    await panel.getByRole('switch', { name: 'Electrons' }).check()
    await expect(step('electrons')).toContainText('electrons for each ADU')
    await panel.getByRole('switch', { name: 'Cosmic rays' }).check()
    await expect(step('cosmicRays')).toContainText('above 4.5 σ')
    await step('dark').getByLabel('Combine by').selectOption('median')
    await page.reload()
    await page.getByRole('button', { name: 'Calibrate', exact: true }).click()
    await expect(panel.getByRole('switch', { name: 'Electrons' })).toBeChecked()
    await expect(step('dark')).toContainText('changed')
  })

  await test.step('the button calibrates so, and says when it is done', async () => {
    await panel.getByRole('button', { name: 'Calibrate 3 lights' }).click()
    await waitIdle(page)
    const made = await page.evaluate(async () => ({
      reduced: await window.asterism?.query('reduced'),
      masters: await window.asterism?.query('masters', { kind: 'master-dark' }),
    }))
    expect(made.reduced).toHaveLength(3)
    for (const row of made.reduced ?? []) expect(row['unit']).toBe('electron')
    expect(made.masters?.[0]?.['combine']).toMatchObject({ method: 'median' })
    await page.getByRole('button', { name: 'Calibrate', exact: true }).click()
    await expect(panel.getByText('All 3 lights', { exact: false })).toBeVisible()
    await expect(panel.getByRole('button', { name: 'Calibrate 3 lights' })).toBeDisabled()
  })

  await test.step('what was done to a frame stands beside it, in order and with its parameters', async () => {
    await page.getByRole('button', { name: 'Image', exact: true }).click()
    await page.setViewportSize({ width: 1440, height: 900 })
    const recipe = page.getByRole('list', { name: 'What was done' })
    await expect(recipe.locator('li')).toHaveCount(6)
    const steps = await recipe
      .locator('li')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-step')))
    expect(steps).toEqual(['bias', 'dark', 'flat', 'electrons', 'gradient', 'cosmicRays'])
    await expect(recipe).toContainText('electrons for each ADU')
    await expect(recipe).toContainText('above 4.5 σ')
    const lines = await page.evaluate(async () => {
      const [row] = (await window.asterism?.query('reduced')) ?? []
      const blob = await window.asterism?.exportFits(String(row?.['id']))
      const text = await blob?.slice(0, 28_800).text()
      return (text?.match(/HISTORY.{72}/g) ?? []).map((card) => card.slice(8).trim())
    })
    expect(lines.some((line) => line.startsWith('bias master-'))).toBe(true)
    expect(lines.some((line) => line.startsWith('multiplied by'))).toBe(true)
    expect(lines.some((line) => line.startsWith('cosmic rays filled (L.A.Cosmic'))).toBe(true)
  })

  await test.step('errors, signal over noise and the mask are seen, by mouse and by key', async () => {
    const look = page.getByRole('application')
    await page.getByRole('combobox', { name: 'What is shown' }).selectOption('snr')
    await expect(look).toBeVisible()
    const value = page.locator('[data-readout="position"]')
    const box = await look.boundingBox()
    if (box === null) throw new Error('there is no picture')
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 0.5 * box.height)
    // A number without a unit: the sky of a frame of 60 s stands tens of sigmas out of its noise, not hundreds of electrons.
    await expect(value).not.toContainText('e⁻')
    const truth = await page.evaluate(async () => {
      const [row] = (await window.asterism?.query('reduced')) ?? []
      const id = String(row?.['id'])
      const [data, error, ratio, mask] = await Promise.all(
        (['data', 'uncertainty', 'snr', 'mask'] as const).map(
          async (plane) => await window.asterism?.pixels(id, plane),
        ),
      )
      let worst = 0
      let flagged = 0
      for (let i = 0; i < (data?.data.length ?? 0); i++) {
        const wanted = (data?.data[i] ?? 0) / (error?.data[i] ?? 1)
        worst = Math.max(worst, Math.abs((ratio?.data[i] ?? 0) - wanted) / Math.max(1, Math.abs(wanted)))
        if ((mask?.data[i] ?? 0) !== 0) flagged++
      }
      return { worst, flagged, unit: ratio?.unit }
    })
    expect(truth.worst).toBeLessThan(1e-6)
    expect(truth.unit).toBe('')
    expect(truth.flagged).toBeGreaterThan(0)
    await look.focus()
    await page.keyboard.press('u')
    await expect(page.getByRole('combobox', { name: 'What is shown' })).toHaveValue('data')
    await page.keyboard.press('m')
    const legend = page.getByRole('group', { name: /^Flags of the pixels/ })
    await expect(legend).toBeVisible()
    const hits = legend.locator('[data-flag="cosmic-ray"]')
    await expect(hits.locator('small')).not.toHaveText('0')
    const paint = () =>
      page.locator('canvas[data-layer="mask"]').evaluate((element) => {
        const canvas = element as HTMLCanvasElement
        const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? {
          data: [],
        }
        let blue = 0
        let any = 0
        for (let i = 0; i < data.length; i += 4) {
          if ((data[i + 3] ?? 0) === 0) continue
          any++
          if ((data[i + 2] ?? 0) > (data[i] ?? 0)) blue++
        }
        return { any, blue }
      })
    await expect.poll(async () => (await paint()).blue).toBeGreaterThan(0)
    for (const theme of ['light', 'night', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name
      }, theme)
      await expectAccessible(page)
      await page.screenshot({ path: `tests/e2e/output/mask-${theme}.png` })
    }
    await hits.click()
    await expect(hits).toHaveAttribute('aria-pressed', 'false')
    await expect.poll(async () => (await paint()).blue).toBe(0)
    await hits.click()
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/mask-390.png' })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('button', { name: 'Mask', exact: true }).click()
    await expect(page.locator('canvas[data-layer="mask"]')).toHaveCount(0)
  })

  await test.step('back to the defaults, and back from there', async () => {
    await page.getByRole('button', { name: 'Calibrate', exact: true }).click()
    await panel.getByRole('button', { name: 'Back to the defaults' }).click()
    await expect(panel.getByRole('switch', { name: 'Cosmic rays' })).not.toBeChecked()
    await panel.getByRole('button', { name: 'Undo' }).click()
    await expect(panel.getByRole('switch', { name: 'Cosmic rays' })).toBeChecked()
  })
})
