import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { decodeHdu, listHdus } from '../../web/science/fits'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, pressNext, waitIdle } from '../support/drive-app'
import { makeShortNight } from '../support/short-night'

const LIGHTS = 10
const SIZE = { width: 560, height: 420 }

const openPanel = (page: Page, name: string) =>
  page.getByRole('navigation', { name: 'Panels' }).getByRole('button', { name, exact: true }).click()

/** The stack that stands on the stage, by its row in the table of reduced frames. */
const readStacks = (page: Page) =>
  page.evaluate(async () => {
    const rows = (await window.asterism?.query('reduced')) ?? []
    return rows
      .filter((row) => row['kind'] === 'stack')
      .map((row) => ({ id: String(row['id']), name: String(row['name']), frames: Number(row['frameCount']) }))
  })

/** Values of a plane of a picture, as counts of each. */
const countPlane = (page: Page, id: string, plane: 'coverage' | 'rejected') =>
  page.evaluate(
    async ([frame, wanted]) => {
      const { data } = await window.asterism!.pixels(frame, wanted)
      const counts: Record<number, number> = {}
      for (const value of data) counts[value] = (counts[value] ?? 0) + 1
      return counts
    },
    [id, plane] as const,
  )

/** What the readout says of the middle of the picture. */
const readMiddle = async (page: Page): Promise<string> => {
  const box = await page.getByRole('application').boundingBox()
  if (box === null) throw new Error('there is no picture')
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  return (await page.locator('[data-readout="position"]').textContent()) ?? ''
}

test('frames down the road of a picture by clicks: a stack with what it gained, its coverage, its file', async ({
  page,
}) => {
  test.setTimeout(300_000)
  const night = makeShortNight(SIZE)
  await page.goto('./')
  await dropFiles(page, night.files)
  await expect(page.getByTestId('next')).toHaveText(`Calibrate ${LIGHTS} frames`, { timeout: 60_000 })
  await waitIdle(page)

  await test.step('a series in one filter has the road of a light curve until somebody wants a picture', async () => {
    await expect(page.getByRole('navigation', { name: /light curve/ })).toBeVisible()
    await page.getByRole('combobox', { name: 'What is made of this night' }).selectOption('picture')
    await expect(page.getByRole('navigation', { name: /to a picture/ })).toBeVisible()
    await page.reload()
    await expect(page.getByRole('navigation', { name: /to a picture/ })).toBeVisible()
  })

  await test.step('calibrated, found on the sky, stacked', async () => {
    await pressNext(page)
    await expect(page.getByTestId('next')).toHaveText(`Find ${LIGHTS} frames on the sky`, { timeout: 60_000 })
    await waitIdle(page)
    await pressNext(page)
    await expect(page.getByTestId('next')).toHaveText(`Stack ${LIGHTS} frames in R`, { timeout: 120_000 })
    await waitIdle(page)
    await pressNext(page)
    const stacks = page.getByRole('region', { name: 'Stacks' })
    await expect(stacks.getByRole('button')).toHaveCount(1, { timeout: 120_000 })
    await waitIdle(page)
    await expect(stacks.getByRole('button')).toHaveAttribute('aria-pressed', 'true')
    // There is nothing left to do.
    await expect(page.getByTestId('next')).toHaveCount(0)
    await expect(page.getByRole('button', { name: /^Stacked/ })).toHaveAttribute('data-state', 'done')
  })
  const [stack] = await readStacks(page)
  expect(stack?.frames).toBe(LIGHTS)
  const id = stack?.id ?? ''

  await test.step('noise falls with the square root of the frames, stars stay as wide', async () => {
    const gain = page.getByTestId('stack-gain')
    await expect(gain).toBeVisible({ timeout: 30_000 })
    const [found, expected] = [...((await gain.textContent()) ?? '').matchAll(/(\d+\.\d+) times/g)].map(
      (each) => Number(each[1]),
    )
    console.log(`stack: a pixel ${found} times better, expected ${expected}`)
    expect(expected).toBeGreaterThan(2.5)
    expect(expected).toBeLessThan(Math.sqrt(LIGHTS) + 0.3)
    expect(found! / expected!).toBeGreaterThan(0.85)
    expect(found! / expected!).toBeLessThan(1.3)
    const width = Number(await page.getByTestId('stack-fwhm').textContent())
    expect(width).toBeGreaterThan(2)
    expect(width).toBeLessThan(6)
  })

  await test.step('coverage and rejected values are pictures too', async () => {
    const coverage = await countPlane(page, id, 'coverage')
    expect(Math.max(...Object.keys(coverage).map(Number))).toBe(LIGHTS)
    expect(coverage[LIGHTS]).toBeGreaterThan(0.8 * SIZE.width * SIZE.height)
    const rejected = await countPlane(page, id, 'rejected')
    expect(rejected[1]).toBeGreaterThan(0)
    const quantity = page.getByRole('combobox', { name: 'What is shown' })
    await quantity.selectOption('coverage')
    await expect(async () => expect(await readMiddle(page)).toContain(`${LIGHTS} frames`)).toPass()
    await quantity.selectOption('rejected')
    await expect(async () => expect(await readMiddle(page)).toMatch(/\d frames/)).toPass()
    await quantity.selectOption('data')
    await expect(async () => expect(await readMiddle(page)).toContain('ADU')).toPass()
  })

  await test.step('Space goes between the stack and one of its frames, between the same two levels', async () => {
    const cuts = page.locator('button', { hasText: /asinh ·/ })
    const before = await cuts.textContent()
    const single = page.getByRole('button', { name: 'One frame' })
    await page.getByRole('application').focus()
    await page.keyboard.press('Space')
    await expect(single).toHaveAttribute('aria-pressed', 'true')
    await expect(cuts).toHaveText(before ?? '')
    await page.keyboard.press('Space')
    await expect(single).toHaveAttribute('aria-pressed', 'false')
  })

  await test.step('its file has the picture, its errors, coverage and rejected values, and its place on the sky', async () => {
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'FITS', exact: true }).click()
    await page.getByRole('menuitem').first().click()
    const file = await download
    expect(file.suggestedFilename()).toBe(stack?.name)
    const bytes = new Uint8Array(readFileSync(await file.path()))
    const hdus = listHdus(bytes)
    const cardOf = (index: number, keyword: string) =>
      hdus[index]?.header.find((card) => card.keyword === keyword)?.value
    const names = hdus.map((_, index) => cardOf(index, 'EXTNAME') ?? null)
    expect(names).toEqual(expect.arrayContaining(['UNCERT', 'MASK', 'COVERAGE', 'REJECTED']))
    expect(cardOf(0, 'NAXIS1')).toBe(SIZE.width)
    expect(String(cardOf(0, 'CTYPE1'))).toContain('RA---TAN')
    // The field of the demonstration.
    expect(Number(cardOf(0, 'CRVAL1'))).toBeGreaterThan(30)
    expect(Number(cardOf(0, 'CRVAL1'))).toBeLessThan(32)
    const coverage = hdus[names.indexOf('COVERAGE')]
    const counts = decodeHdu(bytes, coverage!)
    expect(counts.reduce((most, count) => Math.max(most, count), 0)).toBe(LIGHTS)
  })

  await test.step('it is renamed, removed, and comes back; where it comes from leads to it', async () => {
    await page.getByRole('button', { name: 'Rename…' }).click()
    await page.getByRole('textbox', { name: 'Name' }).fill('deep field')
    await page.getByRole('button', { name: 'Keep', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'deep field' })).toBeVisible()
    await page.getByRole('button', { name: 'Remove', exact: true }).last().click()
    await expect(page.getByRole('region', { name: 'Stacks' })).toHaveCount(0)
    expect(await readStacks(page)).toEqual([])
    await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click()
    const stacks = page.getByRole('region', { name: 'Stacks' })
    await expect(stacks.getByRole('button')).toHaveCount(1)
    expect(await readStacks(page)).toEqual([{ id, name: 'deep field', frames: LIGHTS }])
    await stacks.getByRole('button').click()
    await page.getByRole('button', { name: 'Where it comes from' }).click()
    await expect(page.getByText('deep field').first()).toBeVisible()
    await openPanel(page, 'Image')
  })

  await test.step('another one as somebody wants it: fewer frames, the median, said beforehand', async () => {
    await openPanel(page, 'Stack')
    const panel = page.getByRole('region', { name: 'Stack', exact: true })
    const does = panel.getByRole('list', { name: 'What will be done' })
    await expect(does).toContainText(`made of ${LIGHTS} frames`)
    await expect(panel.getByRole('img', { name: new RegExp(`${LIGHTS} frames on the sky`) })).toBeVisible()
    const boxes = panel.getByRole('row').getByRole('checkbox')
    await boxes.nth(0).uncheck()
    await boxes.nth(1).uncheck()
    await panel.getByRole('combobox', { name: 'Combine by' }).selectOption('median')
    await panel.getByRole('combobox', { name: 'Throw out' }).selectOption('none')
    await expect(does).toContainText(`made of ${LIGHTS - 2} frames`)
    await expect(does).toContainText('The median of what is left')
    // A limit that is moved by the arrow keys leaves frames out before anything is made.
    const limit = panel.getByRole('slider', { name: /Widest stars/ })
    await limit.focus()
    for (let press = 0; press < 40; press++) await page.keyboard.press('PageDown')
    await expect(limit).toHaveAttribute('aria-valuenow', '1')
    await expect(panel.getByText(/stays out/).first()).toBeVisible()
    for (let press = 0; press < 40; press++) await page.keyboard.press('PageUp')
    await expect(limit).toHaveAttribute('aria-valuetext', 'no limit')
    await expect(panel.getByText(/stays out/)).toHaveCount(0)
    await expectAccessible(page)
    await panel.getByRole('button', { name: `Stack ${LIGHTS - 2} frames` }).click()
    const stacks = page.getByRole('region', { name: 'Stacks' })
    await expect(stacks.getByRole('button')).toHaveCount(2, { timeout: 120_000 })
    await waitIdle(page)
    const made = (await readStacks(page)).find((each) => each.id !== id)
    expect(made?.frames).toBe(LIGHTS - 2)
    await expect(page.getByRole('heading', { name: made?.name ?? '?' })).toBeVisible()
  })

  await test.step('in three themes and on a telephone it can be read and worked', async () => {
    for (const theme of ['Dark', 'Light', 'Night (red)']) {
      await openPanel(page, 'Settings')
      await page.getByRole('button', { name: theme, exact: true }).click()
      for (const panel of ['Stack', 'Image']) {
        await openPanel(page, panel)
        await page.waitForTimeout(250)
        await expectAccessible(page)
      }
    }
    await page.setViewportSize({ width: 390, height: 844 })
    for (const panel of ['Stack', 'Image']) {
      await openPanel(page, panel)
      await page.waitForTimeout(250)
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect(overflow, `${panel} at 390 px`).toBeLessThanOrEqual(0)
      await expectAccessible(page)
    }
  })
})
