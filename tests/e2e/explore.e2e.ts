import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, listFolder, waitIdle } from '../support/drive-app'
import { requireShared } from '../support/shared-data'

const folder = requireShared('hatp32_transit/HatP32Dec202017')

test.skip(folder === null, 'the data set hatp32_transit is not beside this clone')

const openExplore = async (page: Page): Promise<void> => {
  await page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name: 'Explore' }).click()
}
const filterField = (page: Page) => page.getByRole('combobox', { name: 'Filter rows' })
const grid = (page: Page) => page.getByRole('grid')

test('a result is asked: which frames, which star, which flag', async ({ page }) => {
  test.setTimeout(180_000)
  await page.goto('./')
  const files = listFolder(folder ?? '').slice(0, 20)
  await dropFiles(page, files)
  await expect(page.getByTestId('next')).toHaveText('Calibrate 20 frames')
  await waitIdle(page)
  await page.evaluate(() =>
    window.asterism!.submit({
      request: 'light_curve',
      parameters: { target: { x: 424, y: 286, ra: 31.0416667, dec: 46.6897222 } },
    }),
  )
  await openExplore(page)
  await expect(page.getByText('20 rows', { exact: true })).toBeVisible()
  await expectAccessible(page)

  // An expression, with a column's name offered, and what is wrong with it said in words.
  const early = files.filter((path) => /7122001/.test(path)).length
  await filterField(page).pressSequentially('exposure > 30 and nam')
  await expect(page.getByText('There is no column “nam”.')).toBeVisible()
  await page.keyboard.press('Tab')
  await expect(filterField(page)).toHaveValue('exposure > 30 and name')
  await filterField(page).pressSequentially(" like '*7122001*'")
  await expect(page.getByText(`${early} of 20 rows`)).toBeVisible()
  await filterField(page).fill('')
  await expect(page.getByText('20 rows', { exact: true })).toBeVisible()

  // By keyboard: down twice, choose, a range, flag as bad; then asked for, and taken back.
  await grid(page).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowDown')
  await expect(page.getByText('2 rows chosen')).toBeVisible()
  await page.keyboard.press('f')
  await expect(page.getByText('2 rows flagged: bad.')).toBeVisible()
  await filterField(page).fill("'bad' in person_flags")
  await expect(page.getByText('2 of 20 rows')).toBeVisible({ timeout: 10_000 })
  await page.getByRole('button', { name: 'Undo' }).first().click()
  await expect(page.getByText('0 of 20 rows')).toBeVisible({ timeout: 10_000 })
  await filterField(page).fill('')

  // Sorted by two columns; the export is what is seen.
  await page.getByLabel('Table', { exact: true }).selectOption('photometry')
  await filterField(page).fill('role = "target" and radius < 4')
  await page
    .getByRole('columnheader', { name: /^radius/ })
    .getByRole('button')
    .click()
  await page
    .getByRole('columnheader', { name: /^flux$/ })
    .getByRole('button')
    .click({ modifiers: ['Shift'] })
  await page
    .getByRole('columnheader', { name: /^flux/ })
    .first()
    .getByRole('button')
    .click({ modifiers: ['Shift'] })
  await expect(page.getByRole('columnheader').filter({ hasText: '▼2' })).toBeVisible()
  await page.getByRole('button', { name: 'Export table' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /CSV/ }).first().click(),
  ])
  const lines = readFileSync(await download.path(), 'utf8')
    .trim()
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
  const columns = (lines[0] ?? '').split(',')
  const rows = lines.slice(1).map((line) => line.split(','))
  const [radius, flux] = ['radius', 'flux'].map((name) => columns.indexOf(name))
  const values = rows.map((row) => [Number(row[radius ?? 0]), Number(row[flux ?? 0])] as const)
  expect(values.length).toBeGreaterThan(20)
  expect(values).toEqual(values.toSorted((a, b) => a[0] - b[0] || b[1] - a[1]))

  // A row leads to its frame with its aperture, and to where it comes from.
  await grid(page).focus()
  await page.keyboard.press('Home')
  await page.keyboard.press('Space')
  await page.getByRole('button', { name: 'Where from' }).click()
  await expect(page.getByRole('heading', { name: /Where/ }).first()).toBeVisible()
  await openExplore(page)
  await expect(grid(page).getByRole('row').nth(1)).toContainText('target')
  await grid(page).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('img', { name: '1 place marked' })).toBeVisible()

  // Groups.
  await openExplore(page)
  await filterField(page).fill('')
  await page.getByLabel('Group by').selectOption('role')
  await expect(page.getByRole('cell', { name: 'target', exact: true })).toBeVisible()
  await expectAccessible(page)
})

test('a hundred thousand rows stay smooth', async ({ page }) => {
  test.setTimeout(180_000)
  await page.goto('./')
  await dropFiles(page, listFolder(folder ?? '').slice(0, 72))
  await expect(page.getByTestId('next')).toHaveText('Calibrate 72 frames')
  await waitIdle(page)
  await page.evaluate(() => window.asterism!.submit({ request: 'detect' }))
  await openExplore(page)
  await page.getByLabel('Table', { exact: true }).selectOption('sources')
  const count = page.locator('section [aria-live="polite"]', { hasText: /rows$/ })
  await expect(count).toHaveText(/^1\d\d,\d{3} rows$/, { timeout: 30_000 })
  await page.evaluate(() => {
    const watched = { tasks: [] as number[] }
    Object.assign(globalThis, { watched })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) watched.tasks.push(entry.duration)
    }).observe({ type: 'longtask' })
  })
  const time = async (act: () => Promise<unknown>, done: () => Promise<unknown>): Promise<number> => {
    const began = performance.now()
    await act()
    await done()
    return performance.now() - began
  }
  const filtered = await time(
    () => filterField(page).fill('flux > 1000 and fwhm < 3 and elongation < 1.5'),
    () => expect(count).toHaveText(/ of /),
  )
  const all = await time(
    () => filterField(page).fill(''),
    () => expect(count).toHaveText(/^1\d\d,\d{3} rows$/),
  )
  const first = grid(page).getByRole('row').nth(1)
  const before = await first.textContent()
  const sorted = await time(
    () => page.getByRole('columnheader', { name: /^flux/ }).getByRole('button').click(),
    () => expect(first).not.toHaveText(before ?? ''),
  )
  // Frame times while the table runs through under the wheel.
  const box = await grid(page).boundingBox()
  await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 200)
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(globalThis, { frames })
    let last = performance.now()
    const tick = (now: number): void => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })
  for (let turn = 0; turn < 120; turn++) await page.mouse.wheel(0, 120 + 40 * turn)
  const { frames, tasks } = await page.evaluate(() => {
    const { frames: times, watched } = globalThis as unknown as {
      frames: number[]
      watched: { tasks: number[] }
    }
    return { frames: times.slice(2), tasks: watched.tasks }
  })
  const ordered = frames.toSorted((a, b) => a - b)
  const median = ordered[Math.floor(ordered.length / 2)] ?? NaN
  const worst = ordered.at(-1) ?? NaN
  console.log(
    `${await count.textContent()}: filter ${filtered.toFixed(0)} ms, back ${all.toFixed(0)} ms, sort ${sorted.toFixed(0)} ms; ` +
      `scrolling ${frames.length} frames, median ${median.toFixed(1)} ms, worst ${worst.toFixed(1)} ms; ` +
      `longest task ${Math.max(0, ...tasks).toFixed(0)} ms`,
  )
  await expect(grid(page).getByRole('row').nth(12)).not.toHaveText(/^…+$/)
  expect(median).toBeLessThan(20)
  // What takes long is done elsewhere; with other work on the machine even a short task is slow now and then.
  expect(Math.max(0, ...tasks)).toBeLessThan(600)
  expect(Math.max(filtered, all, sorted)).toBeLessThan(2000)
})
