import { join } from 'node:path'
import { measureTransitWindow } from '../../web/science/lightcurve/transit-window'
import { expect, expectAccessible, test } from '../support/app-page'
import { clickPixel, dropFiles, listFolder, pressNext, waitIdle } from '../support/drive-app'
import { requireShared } from '../support/shared-data'

const folder = requireShared('hatp32_transit/HatP32Dec202017')
/** Mid-transit as EXOTIC fitted it, BJD_TDB. */
const MID = 2_458_107.714_06

test.skip(folder === null, 'the data set hatp32_transit is not beside this clone')

test('a student drops the raw night of HAT-P-32 and gets its light curve', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto('./')
  await dropFiles(page, listFolder(folder ?? ''))
  await expect(page.getByTestId('next')).toHaveText('Calibrate 142 frames', { timeout: 60_000 })
  await waitIdle(page)
  await expect(page.getByText('Night 2017-12-19+20')).toBeVisible()
  await pressNext(page)
  await expect(page.getByTestId('next')).toHaveText('Register the frames', { timeout: 30_000 })
  await pressNext(page)
  await expect(page.getByTestId('next')).toHaveText('Pick the target', { timeout: 120_000 })
  await waitIdle(page)
  await expect(page.getByText('The field drifts by 273 px')).toBeVisible()

  await pressNext(page)
  await clickPixel(page, { x: 424, y: 286 })
  await page.getByLabel('Right ascension').fill('02:04:10.0')
  await page.getByLabel('Declination').fill('+46:41:23')
  await page.getByLabel('Declination').blur()
  await pressNext(page)
  await expect(page.getByRole('heading', { name: /HAT-P-32/ })).toBeVisible({ timeout: 120_000 })
  await waitIdle(page)
  await expectAccessible(page)

  // Dragging the aperture's ring draws the curve anew at once; what was dragged is kept only when a person says so.
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Image' }).click()
  const target = page.getByRole('application').first().locator('[data-role="target"]').first()
  await target.focus()
  await page.keyboard.press('+')
  await page.keyboard.press('+')
  await expect(page.getByText('Measured as you dragged; not stored yet.')).toBeVisible({ timeout: 20_000 })
  await page.getByRole('button', { name: 'Back to the stored one' }).click()
  await expect(page.getByText('Measured as you dragged; not stored yet.')).toHaveCount(0)

  const points = await page.evaluate(async () => {
    const rows = (await window.asterism?.query('lightcurves')) ?? []
    return rows.map((row) => ({
      time: Number(row['bjd_tdb_mid']),
      flux: Number(row['flux']),
      airmass: Number(row['airmass']),
    }))
  })
  expect(points.length).toBeGreaterThanOrEqual(140)
  const { rms, depth } = measureTransitWindow({
    time: Float64Array.from(points, ({ time }) => 24 * (time - MID)),
    flux: Float64Array.from(points, ({ flux }) => flux),
    airmass: Float64Array.from(points, ({ airmass }) => airmass),
    mid: 0,
    halfInner: 1.2,
    halfOuter: 1.62,
  })
  console.log(
    `proposed comparisons: scatter ${(100 * rms).toFixed(3)} %, depth ${(100 * depth).toFixed(2)} %`,
  )
  expect(rms).toBeLessThanOrEqual(0.0065)
  expect(Math.abs(depth - 0.026)).toBeLessThanOrEqual(0.003)
})

test('an order that is cancelled stops at once and goes on when it is resumed', async ({ page }) => {
  await page.goto('./')
  await dropFiles(page, listFolder(folder ?? '').slice(0, 40))
  await expect(page.getByTestId('next')).toHaveText('Calibrate 40 frames')
  await waitIdle(page)
  await pressNext(page)
  await expect(page.getByTestId('next')).toHaveText('Register the frames')
  await pressNext(page)
  await page.locator('footer').getByRole('button', { name: 'Cancel' }).click()
  await waitIdle(page, 5000)
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Orders' }).click()
  const order = page.getByRole('article').first()
  await expect(order).toContainText('cancelled')
  await order.getByRole('button', { name: 'Resume' }).click()
  await expect(order).toContainText('40 done', { timeout: 60_000 })
  await waitIdle(page)
  await expect(page.getByTestId('next')).toHaveText('Pick the target')
})

test('frames that were here already are known by their bytes, and everything survives a reload', async ({
  page,
}) => {
  const files = listFolder(folder ?? '').slice(0, 6)
  await page.goto('./')
  await dropFiles(page, files)
  await expect(page.getByText('6 frames taken in.')).toBeVisible()
  await dropFiles(page, files)
  await expect(page.getByText('0 new frames; 6 were here already.')).toBeVisible()
  await page.reload()
  await expect(page.getByTestId('next')).toHaveText('Calibrate 6 frames')
  const rows = await page.evaluate(async () => window.asterism?.query('exposures'))
  expect(rows?.length).toBe(6)
})

test('a tab that dies in the middle of an order goes on where it was, with the same result bit for bit', async ({
  browser,
  baseURL,
}) => {
  test.setTimeout(240_000)
  const files = listFolder(join(folder ?? '')).slice(0, 30)
  const order = {
    request: 'light_curve' as const,
    parameters: { target: { x: 424, y: 286, ra: 31.0416667, dec: 46.6897222 } },
  }
  const readCurve = `(async () => (await window.asterism.query('lightcurves')).map((row) => [row.frame, row.flux, row.flux_error, row.detrended, row.airmass, row.bjd_tdb_mid]))()`

  const whole = await browser.newContext({ baseURL: baseURL ?? '' })
  const calm = await whole.newPage()
  await calm.goto('./')
  await dropFiles(calm, files)
  await waitIdle(calm)
  await expect(calm.getByTestId('next')).toHaveText('Calibrate 30 frames')
  await calm.evaluate((work) => window.asterism?.submit(work), order)
  const expected = await calm.evaluate(readCurve)
  await whole.close()

  const broken = await browser.newContext({ baseURL: baseURL ?? '' })
  const first = await broken.newPage()
  await first.goto('./')
  await dropFiles(first, files)
  await waitIdle(first)
  await expect(first.getByTestId('next')).toHaveText('Calibrate 30 frames')
  await first.evaluate((work) => void window.asterism?.submit(work).catch(() => undefined), order)
  await expect
    .poll(
      async () => {
        const steps = (await first.evaluate(async () => window.asterism?.query('steps'))) ?? []
        return steps.filter((step) => step['state'] === 'done').length
      },
      { timeout: 60_000, intervals: [50] },
    )
    .toBeGreaterThan(15)
  await first.close()

  const second = await broken.newPage()
  await second.goto('./')
  await expect(second.getByText('Going on with the order that was cut off.')).toBeVisible()
  await expect
    .poll(
      async () => {
        const orders = (await second.evaluate(async () => window.asterism?.query('work_orders'))) ?? []
        return orders.map((row) => row['status']).join(' ')
      },
      { timeout: 90_000 },
    )
    .toMatch(/^(done|partial)/)
  const attempts = (await second.evaluate(async () => window.asterism?.query('steps'))) ?? []
  expect(attempts.filter((step) => Number(step['attempts']) > 1).length).toBeLessThan(attempts.length / 2)
  expect(await second.evaluate(readCurve)).toEqual(expected)
  await broken.close()
})
