import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, listFolder, waitIdle } from '../support/drive-app'
import { requireShared } from '../support/shared-data'
import { makeCameraFrames, SIMULATED_CAMERA } from '../support/camera-frames'

const folder = requireShared('stl1001_ptc')

/** Value and error as they stand on the page: `1.944 ± 0.005`. */
const readNumber = async (page: Page, name: string): Promise<[number, number]> => {
  const text = (await page.locator(`[data-number="${name}"] [data-value]`).textContent()) ?? ''
  const [value, error] = text.split('±').map((part) => Number(part.trim().replaceAll(',', '')))
  return [value ?? NaN, error ?? NaN]
}

const openLab = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Camera', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Camera lab' })).toBeVisible()
}

const measure = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Characterise this camera' }).click()
  await expect(page.locator('[data-number="gain"]')).toBeVisible({ timeout: 60_000 })
  await waitIdle(page)
}

const readCsv = async (page: Page, plot: string): Promise<Record<string, string>[]> => {
  await page.locator(`[data-plot="${plot}"]`).getByRole('button', { name: 'Export' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV' }).click(),
  ])
  const [head = '', ...lines] = readFileSync(await download.path(), 'utf8')
    .trim()
    .split('\r\n')
  const names = head.split(',')
  return lines.map((line) => Object.fromEntries(line.split(',').map((cell, at) => [names[at] ?? '', cell])))
}

test.describe('the camera lab on a real STL-1001E', () => {
  test.skip(folder === null, 'the frames are not beside this clone')

  test('frames are dropped, one button is pressed, and the numbers stand on the page', async ({ page }) => {
    test.setTimeout(240_000)
    page.setDefaultTimeout(20_000)
    await page.goto('./')
    await dropFiles(
      page,
      listFolder(folder ?? '', (name) => name.endsWith('.gz')),
    )
    await waitIdle(page)
    await openLab(page)
    await expect(page.getByText('4 bias frames · 8 darks · 3 flats')).toBeVisible()
    await page.getByText('4 things cannot be measured with these frames').click()
    await expect(page.getByText('Linearity needs flats of at least three exposures')).toBeVisible()
    await measure(page)

    await test.step('gain, read noise and dark current are those of this camera', async () => {
      const [gain, gainError] = await readNumber(page, 'gain')
      const [readNoise, readNoiseError] = await readNumber(page, 'readNoise')
      const [dark, darkError] = await readNumber(page, 'darkCurrent')
      expect(Math.abs(gain - 1.94)).toBeLessThan(0.1)
      expect(Math.abs(readNoise - 13)).toBeLessThan(0.7)
      expect(Math.abs(dark - 0.35)).toBeLessThan(0.03)
      for (const error of [gainError, readNoiseError, darkError]) expect(error).toBeGreaterThan(0)
      console.log(
        `on the page: ${gain} ± ${gainError}, ${readNoise} ± ${readNoiseError}, ${dark} ± ${darkError}`,
      )
    })

    await test.step('the header is compared, and pairs that share a frame are spoken of', async () => {
      await expect(page.locator('[data-number="gain"]')).toContainText(
        'The header says 2.06: 6 % more than measured.',
      )
      await expect(page.locator('[data-flag="shared-frames"]')).toBeVisible()
      await expect(page.locator('[data-number="fullWell"]')).toContainText('not reached')
    })

    await test.step('a table and a file stand behind the plots; a prediction comes before what was measured', async () => {
      const rows = await readCsv(page, 'photon-transfer')
      expect(rows).toHaveLength(2)
      expect(rows[0]?.['second']).toBe(rows[1]?.['first'])
      const ramp = page.locator('[data-plot^="dark-current"]')
      await ramp.getByRole('button', { name: 'Table' }).click()
      await expect(ramp.getByRole('cell', { name: '300', exact: true })).toBeVisible()
      await ramp.getByRole('button', { name: 'Table' }).click()
      const predictions = page.locator('[data-plot="predictions"]')
      await expect(predictions.getByText('It is')).toHaveCount(0)
      await predictions.getByRole('button', { name: 'Show what was measured' }).click()
      await expect(predictions.getByText(/should be 57\.\d+ ± [\d.]+ ADU\. It is 57\.\d+/)).toBeVisible()
    })

    await test.step('it is clean in every theme, and looks as it should', async () => {
      await page.setViewportSize({ width: 1440, height: 900 })
      for (const theme of ['light', 'night', 'dark']) {
        await page.evaluate((name) => {
          document.documentElement.dataset['theme'] = name
        }, theme)
        await expectAccessible(page)
        await page.screenshot({ path: `tests/e2e/output/camera-${theme}.png` })
      }
      await page.setViewportSize({ width: 1440, height: 3000 })
      await page.screenshot({ path: 'tests/e2e/output/camera-long.png' })
      await page.setViewportSize({ width: 1440, height: 900 })
    })

    await test.step('the values go into the profile of this camera, and come out again', async () => {
      await page.getByRole('button', { name: 'Use these values for this camera' }).click()
      await expect(page.locator('[data-number="gain"]')).toContainText(
        /profile says 1\.94\d: \S+ % (?:more|less) than measured/,
      )
      const facts = await page.evaluate(async () =>
        (await window.asterism?.query('exposures', { kind: 'flat' }))?.map(({ gain, readNoise }) => ({
          gain,
          readNoise,
        })),
      )
      expect(facts).toHaveLength(3)
      for (const { gain, readNoise } of facts ?? []) {
        expect(gain).toBeCloseTo(1.944, 2)
        expect(readNoise).toBeCloseTo(13.04, 1)
      }
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(page.locator('[data-number="gain"]')).toContainText('The header says 2.06')
    })

    await test.step('the report says where it comes from, and stands in a table', async () => {
      await page.getByRole('button', { name: 'Where it comes from' }).click()
      await expect(page.getByRole('heading', { name: /Where it comes from: Camera report/ })).toBeVisible()
      const rows = await page.evaluate(async () => window.asterism?.query('cameras'))
      expect(rows).toHaveLength(1)
      await page.reload()
      await openLab(page)
      await expect(page.locator('[data-number="gain"]')).toBeVisible()
    })

    await test.step('another region gives a report of its own', async () => {
      await page.getByText('Measured in the middle 400×400').click()
      await page.getByLabel('Columns').fill('200')
      await page.getByLabel('Rows').fill('200')
      await page.getByRole('button', { name: 'Characterise this camera' }).click()
      await expect(page.getByRole('combobox', { name: 'Report' })).toBeVisible()
      await waitIdle(page)
      const [gain, error] = await readNumber(page, 'gain')
      expect(Math.abs(gain - 1.94)).toBeLessThan(0.1)
      // A quarter of the pixels, twice the error.
      expect(error).toBeGreaterThan(0.008)
    })
  })
})

test('a simulated camera gives back what it was made of, on a small screen too', async ({ page }) => {
  test.setTimeout(240_000)
  page.setDefaultTimeout(20_000)
  await page.goto('./')
  await dropFiles(page, makeCameraFrames())
  await waitIdle(page)
  await openLab(page)
  await expect(page.getByText('cannot be measured')).toHaveCount(0)
  await measure(page)
  const within = async (name: string, truth: number) => {
    const [value, error] = await readNumber(page, name)
    expect(Math.abs(value - truth), `${name}: ${value} ± ${error}`).toBeLessThan(4 * error)
  }
  await within('gain', SIMULATED_CAMERA.gain)
  await within('readNoise', SIMULATED_CAMERA.readNoise)
  await within('doubling', SIMULATED_CAMERA.doubling)
  const [well] = await readNumber(page, 'fullWell')
  expect(Math.abs(well / SIMULATED_CAMERA.fullWell - 1)).toBeLessThan(0.25)
  await expect(page.locator('[data-number="linearity"]')).toBeVisible()
  await expect(page.locator('[data-plot="flat-ratio"]')).toBeVisible()
  const points = await readCsv(page, 'photon-transfer')
  expect(points.filter((row) => row['left_out'] !== '').length).toBeGreaterThan(0)
  await page.locator('[data-plot="photon-transfer"]').getByRole('button', { name: 'Logarithmic' }).click()
  await page.setViewportSize({ width: 1440, height: 3600 })
  await page.screenshot({ path: 'tests/e2e/output/camera-simulated.png' })
  await page.setViewportSize({ width: 390, height: 844 })
  await expectAccessible(page)
  await page.screenshot({ path: 'tests/e2e/output/camera-390.png' })
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
  )
  expect(wide).toBe(false)
  await page.locator('[data-plot="flat-ratio"]').scrollIntoViewIfNeeded()
  await page.screenshot({ path: 'tests/e2e/output/camera-390-map.png' })

  // On a small screen the lab is reached from the settings; there the language is changed too.
  await page.getByRole('button', { name: 'Settings', exact: true }).click()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await page.getByRole('button', { name: 'Kameralabor öffnen' }).click()
  await expect(page.getByRole('heading', { name: 'Kameralabor' })).toBeVisible()
  await expect(page.getByRole('article', { name: 'Verstärkung' })).toContainText('e⁻/ADU')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.screenshot({ path: 'tests/e2e/output/camera-german.png' })
})
