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
    await panel.getByRole('button', { name: '4 more steps' }).click()
    await expect(panel.locator('[data-step]')).toHaveCount(11)
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

  await test.step('back to the defaults, and back from there', async () => {
    await panel.getByRole('button', { name: 'Back to the defaults' }).click()
    await expect(panel.getByRole('switch', { name: 'Electrons' })).not.toBeChecked()
    await panel.getByRole('button', { name: 'Undo' }).click()
    await expect(panel.getByRole('switch', { name: 'Electrons' })).toBeChecked()
  })
})
