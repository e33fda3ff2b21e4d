import { expect, test } from '../support/app-page'
import { makeBayerNight } from '../support/bayer-night'
import { clickPixel, dropFiles, pressNext, waitIdle } from '../support/drive-app'

const { night, files } = makeBayerNight('GBRG', { counts: { bias: 4, dark: 4, flat: 4, light: 8 } })
const truth = night.truth()
const [first] = truth.lights
const onCamera = { x: first?.x[truth.target] ?? 0, y: first?.y[truth.target] ?? 0 }
const onGreen = { x: (onCamera.x - 0.5) / 2, y: (onCamera.y - 0.5) / 2 }

/** Where the circle of the target says that it is, and its radius. */
const readTarget = (label: string | null) => {
  const number = (pattern: RegExp) => Number(pattern.exec(label ?? '')?.[1])
  return { x: number(/x ([\d.]+)/), y: number(/y ([\d.]+)/), radius: number(/aperture ([\d.]+)/) }
}

test('a night behind a colour mask becomes a light curve in green by clicks', async ({ page }) => {
  test.setTimeout(240_000)
  page.setDefaultTimeout(20_000)
  await page.goto('./')
  await dropFiles(
    page,
    files.map(({ name, bytes }) => ({
      name,
      mimeType: 'application/fits',
      buffer: Buffer.from(bytes.buffer),
    })),
  )
  await waitIdle(page)
  await page.getByRole('button', { name: 'Calibrate', exact: true }).click()
  const panel = page.getByRole('region', { name: 'Calibration', exact: true })
  await panel.getByRole('button', { name: /more steps/ }).click()
  await panel.getByRole('switch', { name: 'One colour' }).check()
  await panel.getByRole('switch', { name: 'Electrons' }).check()
  await page.screenshot({ path: 'tests/e2e/output/colour-curve-panel.png' })
  await panel.getByRole('button', { name: 'Calibrate 8 lights' }).click()
  await waitIdle(page)
  await page.getByRole('button', { name: 'Image', exact: true }).click()
  await pressNext(page)
  await expect(page.getByTestId('next')).toHaveText('Pick the target', { timeout: 60_000 })
  await waitIdle(page)
  // A frame of one colour has no others to show.
  await expect(page.getByRole('button', { name: 'In colour', exact: true })).toHaveCount(0)
  await pressNext(page)
  const reference = await page.evaluate(async () => {
    const rows = (await window.asterism?.query('reduced')) ?? []
    return rows.map((row) => ({ width: row['width'], height: row['height'], unit: row['unit'] }))
  })
  for (const row of reference) expect(row).toEqual({ width: 450, height: 350, unit: 'electron' })
  await clickPixel(page, onGreen)
  const circle = page.getByRole('application').first().locator('[data-role="target"]').first()
  await expect(circle).toBeVisible()
  await pressNext(page)
  await expect(page.getByRole('heading', { name: /demo-transit|Target/ }).first()).toBeVisible({
    timeout: 120_000,
  })
  await waitIdle(page)
  const curve = await page.evaluate(async () => (await window.asterism?.query('lightcurves')) ?? [])
  expect(curve).toHaveLength(8)

  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Image' }).click()
  const green = readTarget(await circle.getAttribute('aria-label'))
  await page.getByRole('combobox', { name: 'Which pixels' }).selectOption({ label: 'As taken' })
  await expect
    .poll(async () => readTarget(await circle.getAttribute('aria-label')).x)
    .toBeGreaterThan(1.8 * green.x)
  const raw = readTarget(await circle.getAttribute('aria-label'))
  expect(Math.abs(raw.x - 2 * green.x - 0.5)).toBeLessThan(0.3)
  expect(Math.abs(raw.y - 2 * green.y - 0.5)).toBeLessThan(0.3)
  expect(Math.abs(raw.radius - 2 * green.radius)).toBeLessThan(0.11)
  await page.screenshot({ path: 'tests/e2e/output/colour-curve-raw.png' })
})
