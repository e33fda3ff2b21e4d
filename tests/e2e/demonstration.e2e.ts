import { readFileSync } from 'node:fs'
import { median } from '../../web/science/math/median'
import { simulateNight, transitNight, type CatalogueStar } from '../../web/science/simulator'
import { expect, expectAccessible, test } from '../support/app-page'
import { clickPixel, pressNext, waitIdle } from '../support/drive-app'
import { fitDepth, type CurvePoint } from '../support/fit-depth'
import { expectStarFlux } from '../support/expect-star-flux'

const field = JSON.parse(readFileSync('public/demo/field-hat-p-32.json', 'utf8')) as {
  stars: CatalogueStar[]
}
/** The night that the page makes, made here again: same seed, same bytes, and with it the truth. */
const night = simulateNight(transitNight(field.stars))
const truth = night.truth()

test('a simulated night down the road by clicks: the planet has its true depth, the stars their true light', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await page.goto('./')
  await page.getByRole('button', { name: 'A planet crosses its star' }).click()
  await page.getByRole('button', { name: 'Take over from here' }).click()
  await expect(page.getByTestId('next')).toHaveText('Calibrate 80 frames', { timeout: 120_000 })
  await waitIdle(page)
  await pressNext(page)
  await expect(page.getByTestId('next')).toHaveText('Register the frames', { timeout: 60_000 })
  await pressNext(page)
  await expect(page.getByTestId('next')).toHaveText('Pick the target', { timeout: 120_000 })
  await waitIdle(page)
  await pressNext(page)
  const first = truth.lights[0]
  await clickPixel(page, { x: first?.x[truth.target] ?? 0, y: first?.y[truth.target] ?? 0 })
  await expect(page.getByTestId('next')).toHaveText('Measure the stars')
  await pressNext(page)
  await expect(page.getByRole('heading', { name: /relative flux|demo/i })).toBeVisible({ timeout: 120_000 })
  await waitIdle(page)

  const names = await page.evaluate(async () => {
    const rows = (await window.asterism?.query('exposures')) ?? []
    return rows.map((row) => [String(row['id']), String(row['name'])] as const)
  })
  const nameOf = new Map(names)
  const lightOf = (frame: string) =>
    truth.lights.find((light) => light.name.split('/').at(-1) === nameOf.get(frame))
  const points = await page.evaluate(
    async () => (await window.asterism?.query('lightcurves')) as unknown as CurvePoint[],
  )
  expect(points.length).toBe(80)
  const model = new Map(
    points.flatMap(({ frame }) => {
      const light = lightOf(frame)
      return light === undefined ? [] : [[frame, light.transit] as const]
    }),
  )
  const { scale, error } = fitDepth(points, model)
  console.log(`depth ${(2.2 * scale).toFixed(3)} % +- ${(2.2 * error).toFixed(3)} %, true 2.2 %`)
  expect(Math.abs(scale - 1)).toBeLessThan(3 * error)
  expect(error).toBeLessThan(0.1)

  const report = await page.evaluate(async () =>
    window.asterism?.submit({
      request: 'photometry',
      parameters: { maximumStars: 800, threshold: 3.5, radii: [5], annulus: [12, 20] },
    }),
  )
  expect(report?.status).toBe('done')
  const table = report?.tables.find((entry) => entry.table === 'photometry')?.id ?? ''
  const chosen = truth.lights.filter((_, index) => index % 8 === 1)
  const wanted = names
    .filter(([, name]) => chosen.some((light) => light.name.split('/').at(-1) === name))
    .map(([id]) => id)
  const measured = await page.evaluate(
    async ([id, frames]) => {
      const rows = (await window.asterism?.query('photometry', { table: id, exposure: frames })) ?? []
      return rows.map((row) => ({
        exposure: String(row['exposure']),
        star: String(row['star']),
        x: Number(row['x']),
        y: Number(row['y']),
        flux: Number(row['flux']),
        error: Number(row['flux_error']),
        flags: row['flags'] as string[],
      }))
    },
    [table, wanted] as const,
  )
  const response = median(night.detector.response)
  const truths = new Map(
    wanted.flatMap((id) => {
      const number = truth.lights.findIndex((light) => light === lightOf(id))
      return number < 0 ? [] : [[id, night.lightTruth(number)] as const]
    }),
  )
  const stars = new Set<string>()
  let sum = 0
  let count = 0
  for (const row of measured) {
    const light = truths.get(row.exposure)
    if (light === undefined || row.flags.length > 0) continue
    const expected = expectStarFlux(light, row, { radius: 5, annulus: [12, 20], response })
    if (expected === null) continue
    stars.add(row.star)
    sum += ((row.flux - expected) / row.error) ** 2
    count++
  }
  console.log(`${stars.size} stars, ${count} points, reduced chi-square ${(sum / count).toFixed(3)}`)
  expect(stars.size).toBeGreaterThanOrEqual(200)
  expect(sum / count).toBeGreaterThan(0.8)
  expect(sum / count).toBeLessThan(1.3)
})

test('?demo=transit runs by itself, each step shown, to a light curve', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto('./?demo=transit')
  for (const title of ['A night is being taken', 'Registering', 'The planet crossed its star']) {
    await expect(page.getByLabel('What it means').getByText(title, { exact: true })).toBeVisible({
      timeout: 120_000,
    })
  }

  for (const theme of ['Dark', 'Light', 'Night (red)']) {
    await page.getByRole('button', { name: 'Settings', exact: true }).click()
    await page.getByRole('button', { name: theme, exact: true }).click()
    for (const panel of ['Settings', 'Image', 'Curve', 'Explore', 'Orders']) {
      await page
        .getByRole('navigation', { name: 'Panels' })
        .getByRole('button', { name: panel, exact: true })
        .click()
      await page.waitForTimeout(250)
      await expectAccessible(page)
    }
  }

  await page.setViewportSize({ width: 390, height: 844 })
  for (const panel of ['Image', 'Curve', 'Explore', 'Orders', 'Settings']) {
    await page
      .getByRole('navigation', { name: 'Panels' })
      .getByRole('button', { name: panel, exact: true })
      .click()
    await page.waitForTimeout(250)
    await expectAccessible(page)
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow, `${panel} at 390 px`).toBeLessThanOrEqual(0)
  }
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByRole('heading', { name: 'Einstellungen' })).toBeVisible()
  await page.reload()
  const road = page.getByRole('navigation', { name: 'Der Weg von den Aufnahmen zur Lichtkurve' })
  await expect(road.getByRole('button', { name: 'Lichtkurve' })).toBeVisible()
})

test('by keyboard alone: a file, the next step, the palette, the keys', async ({ page }) => {
  await page.goto('./')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('combobox', { name: /action/i })).toBeFocused()
  await page.keyboard.type('night theme')
  await page.keyboard.press('Enter')
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'night')
  await page.keyboard.press('?')
  await expect(page.getByRole('heading', { name: 'Keys' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('4')
  await expect(page.getByRole('heading', { name: 'Orders' })).toBeVisible()
})
