import { readFileSync } from 'node:fs'
import { transitNight } from '../../web/science/simulator'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
import { makeShortNight } from '../support/short-night'

const { camera } = transitNight([])

/** Two nights of calibration and lights; in the second the bias has risen by 14 ADU. A third night without calibration. */
const nightOf = (date: string, changes: Parameters<typeof makeShortNight>[0]) =>
  makeShortNight({
    start: `${date}T19:40:00`,
    biasStart: `${date}T17:20:00`,
    flatStart: `${date}T18:52:00`,
    ...changes,
  }).files

const files = [
  ...nightOf('2025-10-21', { counts: { bias: 4, dark: 4, flat: 4, light: 2 } }),
  ...nightOf('2025-11-03', {
    counts: { bias: 4, dark: 4, flat: 4, light: 2 },
    seed: 'second',
    camera: { ...camera, biasLevel: camera.biasLevel + 14 },
  }),
  ...nightOf('2025-11-20', { counts: { bias: 0, dark: 0, flat: 0, light: 2 }, seed: 'third' }),
]

test('the calibration library says which masters lights get, why, and what changed in the camera', async ({
  page,
}) => {
  test.setTimeout(240_000)
  page.setDefaultTimeout(20_000)
  await page.goto('./')
  await dropFiles(page, files)
  await waitIdle(page)
  await page.evaluate(async () => window.asterism?.submit({ request: 'calibrate_file_batch' }))
  await waitIdle(page)
  await page.getByRole('button', { name: 'Masters', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Calibration library' })).toBeVisible()
  await expect(page.locator('[data-master]')).toHaveCount(6)

  await test.step('lights without calibration of their own get the closest, and the limit is kept', async () => {
    await page
      .getByRole('combobox', { name: /^For/ })
      .selectOption({ label: '2025-11-20+21 · demo-transit · R · 60 s' })
    await expect(
      page.getByText('The closest that fits, 17 nights away', { exact: false }).first(),
    ).toBeVisible()
    await page.getByText('Why not the other one').first().click()
    await expect(page.getByText('It would do, 30 nights away', { exact: false }).first()).toBeVisible()
    await page.getByLabel('Oldest master to take (days)').fill('10')
    await expect(
      page.getByText('There are some, but they differ in: age', { exact: false }).first(),
    ).toBeVisible()
    await page.reload()
    await page.getByRole('button', { name: 'Masters', exact: true }).click()
    await expect(page.getByLabel('Oldest master to take (days)')).toHaveValue('10')
    await page.getByLabel('Oldest master to take (days)').fill('90')
  })

  await test.step('what changed is said in words, plotted, and taken away as CSV', async () => {
    const bias = page.getByRole('article', { name: /^Bias level/ })
    await expect(bias.getByText(/Bias level rose by 14\.?\d* ADU since 2025-10-21/)).toBeVisible({
      timeout: 30_000,
    })
    const noise = page.getByRole('article', { name: /^Read noise/ })
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      noise.getByRole('button', { name: 'CSV' }).click(),
    ])
    const lines = readFileSync(await download.path(), 'utf8')
      .trim()
      .split('\r\n')
    expect(lines).toHaveLength(3)
    const electrons = lines
      .slice(1)
      .map((line) => Number(line.split(',')[lines[0]?.split(',').indexOf('electrons') ?? 0]))
    for (const value of electrons) expect(Math.abs(value - camera.readNoise)).toBeLessThan(0.15)
    await noise.getByRole('button', { name: 'Table' }).click()
    await expect(noise.getByRole('cell', { name: '2025-11-03+04' })).toBeVisible()
  })

  await test.step('one flat over the other is shown as a picture', async () => {
    await page.locator('[data-kind="master-flat"]').last().click()
    await expect(page.getByText(/over 2025-10-21/)).toBeVisible()
    for (const theme of ['light', 'night', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name
      }, theme)
      await expectAccessible(page)
      await page.screenshot({ path: `tests/e2e/output/masters-${theme}.png` })
    }
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/masters-390.png' })
    await page.setViewportSize({ width: 1440, height: 2400 })
    await page.screenshot({ path: 'tests/e2e/output/masters-long.png' })
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.getByRole('button', { name: 'Show one over the other' }).first().click()
    await expect(page.getByRole('application')).toBeVisible()
    const ratio = await page.evaluate(async () => {
      const masters = (await window.asterism?.query('masters', { kind: 'master-flat' })) ?? []
      const [first, second] = masters.toSorted((a, b) => String(a['night']).localeCompare(String(b['night'])))
      const plane = await window.asterism?.pixels(`${String(second?.['id'])}/${String(first?.['id'])}`)
      return plane?.data[Math.floor((plane.data.length + plane.width) / 2)]
    })
    expect(Math.abs((ratio ?? 0) - 1)).toBeLessThan(0.1)
  })
})
