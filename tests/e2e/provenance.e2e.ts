import { readFileSync } from 'node:fs'
import type { ProvenanceGraph } from '../../web/core/provenance'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
import { drawCurve, makeShortNight } from '../support/short-night'

const night = makeShortNight()

test('a point leads to its frame and aperture, and back to the original files', async ({ page }) => {
  test.setTimeout(240_000)
  await page.goto('./')
  await dropFiles(page, night.files)
  await waitIdle(page)
  const curve = await drawCurve(page, night.target)
  await waitIdle(page)
  const points = await page.evaluate(
    async (id) => (await window.asterism?.query('lightcurves', { lightcurve: id })) ?? [],
    curve,
  )
  expect(points).toHaveLength(10)

  await test.step('a point of the plot opens its frame, the aperture where the star was measured', async () => {
    await page
      .getByRole('navigation', { name: /road/i })
      .getByRole('button', { name: /Light curve/ })
      .click()
    const plot = page.locator('main svg[role="application"]').first()
    await plot.focus()
    for (let press = 0; press < 4; press++) await plot.press('ArrowRight')
    await plot.press('Enter')
    await page.getByRole('button', { name: 'Open the frame' }).click()
    const circle = page.locator('[data-overlay="target"]')
    await expect(circle).toBeVisible({ timeout: 30_000 })
    const label = (await circle.getAttribute('aria-label')) ?? ''
    const numbers = [...label.matchAll(/-?\d+\.\d/g)].map(([text]) => Number(text))
    const hit = points.find(
      (point) =>
        Math.abs(Number(point['x']) - (numbers[0] ?? NaN)) < 0.06 &&
        Math.abs(Number(point['y']) - (numbers[1] ?? NaN)) < 0.06,
    )
    expect(hit, label).toBeDefined()
    expect(numbers[2]).toBeCloseTo(Number(hit?.['radius']), 1)
    const names = await page.evaluate(async () => (await window.asterism?.query('exposures')) ?? [])
    const name = names.find((row) => row['id'] === hit?.['frame'])?.['name']
    await expect(page.getByRole('heading', { name: String(name) })).toBeVisible()
  })

  await test.step('the point says why it is so', async () => {
    await page
      .getByRole('navigation', { name: /road/i })
      .getByRole('button', { name: /Light curve/ })
      .click()
    await page.getByRole('button', { name: 'Why is this point so?' }).click()
    await expect(page.getByRole('heading', { name: /Where it comes from: Point/ })).toBeVisible()
    const aside = page.getByRole('complementary', { name: 'What it means' })
    await expect(aside.getByRole('heading', { name: 'Why is this point so?' })).toBeVisible()
    await expect(aside.getByText('Same night, made from 5 frames', { exact: false }).first()).toBeVisible()
    await expect(aside.getByText('Photons')).toBeVisible()
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/provenance-point.png' })
  })

  await test.step('the graph is walked by keys, and Enter opens the thing', async () => {
    const root = page.locator('[data-node][aria-pressed="true"]')
    await root.focus()
    await root.press('ArrowDown')
    const second = page.locator('[data-node][aria-pressed="true"]')
    await expect(second).toBeFocused()
    await expect(second).not.toHaveAttribute('data-kind', 'point')
    const frame = page.locator('[data-kind="registered"]').filter({ hasNotText: 'frames' }).first()
    await frame.click()
    await expect(page.getByRole('heading', { name: 'Registration' })).toBeVisible()
    await frame.press('Enter')
    await expect(page.locator('[data-overlay="target"]')).toBeVisible({ timeout: 30_000 })
  })

  await test.step('the whole curve goes down to every file by its hash', async () => {
    await page
      .getByRole('navigation', { name: /road/i })
      .getByRole('button', { name: /Light curve/ })
      .click()
    await page.getByRole('button', { name: 'Where it comes from' }).click()
    await expect(page.getByText(/things, down to 25 original files/)).toBeVisible()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'JSON' }).click(),
    ])
    const graph = JSON.parse(readFileSync(await download.path(), 'utf8')) as ProvenanceGraph
    const hashes = new Set(graph.nodes.flatMap(({ sha256, kind }) => (kind === 'file' ? [sha256] : [])))
    const exposures = await page.evaluate(async () => (await window.asterism?.query('exposures')) ?? [])
    expect(hashes).toEqual(new Set(exposures.map((row) => row['sha256'])))
    const [drawing] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'SVG', exact: true }).click(),
    ])
    expect(readFileSync(await drawing.path(), 'utf8')).toContain('registered frames')
    await page.locator('[data-kind="registered"]').filter({ hasText: 'registered frames' }).click()
    await page.getByRole('combobox', { name: 'Take one out' }).selectOption({ index: 3 })
    await expect(page.getByRole('heading', { name: 'Registration' })).toBeVisible()
    for (const theme of ['light', 'night', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name
      }, theme)
      await expectAccessible(page)
      await page.screenshot({ path: `tests/e2e/output/provenance-${theme}.png` })
    }
    await page.getByRole('button', { name: 'List', exact: true }).click()
    await expect(page.getByRole('navigation', { name: /Where it comes from/ })).toBeVisible()
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/provenance-list.png' })
    await page.setViewportSize({ width: 390, height: 844 })
    await page.screenshot({ path: 'tests/e2e/output/provenance-390.png' })
    await page.getByRole('button', { name: 'Drawing' }).click()
    await page.screenshot({ path: 'tests/e2e/output/provenance-390-graph.png' })
    await expectAccessible(page)
  })
})
