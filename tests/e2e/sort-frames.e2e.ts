import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'
import { requireShared } from '../support/shared-data'

const folder = requireShared('data/longslit_st402/raw')

const kindsOf = (page: Page): Promise<Record<string, string[]>> =>
  page.evaluate(async () => {
    const kinds: Record<string, string[]> = {}
    for (const { kind, name } of (await window.asterism?.query('exposures')) ?? [])
      (kinds[String(kind)] ??= []).push(String(name))
    return kinds
  })
const countsOf = async (page: Page) =>
  Object.fromEntries(Object.entries(await kindsOf(page)).map(([kind, names]) => [kind, names.length]))

const rows = (page: Page): Locator => page.getByRole('listbox', { name: 'Frames' }).getByRole('option')

test.skip(folder === null, 'needs the long-slit night')

test('a folder whose headers say only "Light Frame" is sorted by its names, without a click', async ({
  page,
}) => {
  page.setDefaultTimeout(15_000)
  await page.goto('./')
  await dropFiles(
    page,
    readdirSync(folder ?? '').map((name) => join(folder ?? '', name)),
  )
  await waitIdle(page)
  await expect.poll(() => countsOf(page)).toEqual({ arc: 2, dark: 15, flat: 9, light: 12 })

  await test.step('a frame that was dark-subtracted in the camera is marked, though its header is silent', async () => {
    await page.getByLabel(/^Find frames/).fill('*red-180.00000001*')
    await rows(page).first().click()
    await expect(page.getByText('A dark is off already')).toBeVisible()
    await expect(page.getByText('a dark, and the bias with it')).toBeVisible()
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/sort-wide.png' })
  })

  await test.step('on a small screen too', async () => {
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Nights', exact: true }).click()
    await page.getByLabel(/^Find frames/).fill('*flat*')
    await page.getByRole('button', { name: 'Select all 14' }).click()
    await expect(page.getByText('14 frames selected')).toBeVisible()
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/sort-narrow.png' })
  })
})

test('names that say nothing: a person sorts the night in under a minute of clicking', async ({ page }) => {
  const original = readdirSync(folder ?? '').toSorted()
  const renamed = (name: string) => `IMG_${String(original.indexOf(name) + 1).padStart(4, '0')}.FIT.gz`
  page.setDefaultTimeout(15_000)
  await page.goto('./')
  await dropFiles(
    page,
    original.map((name) => ({
      name: renamed(name),
      mimeType: 'application/gzip',
      buffer: readFileSync(join(folder ?? '', name)),
    })),
  )
  await waitIdle(page)
  await expect.poll(() => countsOf(page)).toEqual({ dark: 15, light: 23 })

  let clicks = 0
  const click = async (target: Locator) => {
    clicks++
    await target.click()
  }
  /** To choose from a list takes a person two clicks. */
  const choose = async (list: Locator, option: string) => {
    clicks += 2
    await list.selectOption(option)
  }
  const kind = page.getByLabel(/^Set the kind of/)
  const openGroup = (seconds: number) =>
    click(page.getByRole('button', { name: `Light · Clear · ${seconds} s` }))
  const began = Date.now()

  for (const [seconds, count, what] of [
    [180, 5, 'flat'],
    [360, 4, 'flat'],
    [60, 1, 'arc'],
  ] as const) {
    await openGroup(seconds)
    await click(page.getByRole('button', { name: new RegExp(`^Select (all )?${count}$`) }))
    await choose(kind, what)
    await expect(page.getByRole('button', { name: `Light · Clear · ${seconds} s` })).toHaveCount(0)
  }
  await openGroup(10)
  const arc = renamed('L2-arc-hg-10.00000000.FIT.gz').replace('.gz', '')
  await click(rows(page).filter({ hasText: arc }))
  await choose(kind, 'arc')
  await expect.poll(() => countsOf(page)).toEqual({ arc: 2, dark: 15, flat: 9, light: 12 })
  expect(clicks).toBeLessThanOrEqual(20)
  expect((Date.now() - began) / 1000).toBeLessThan(60)

  await test.step('what was said is shown as said by the person, and can be taken back', async () => {
    await page.getByRole('button', { name: 'Undo' }).last().click()
    await expect.poll(() => countsOf(page)).toEqual({ arc: 1, dark: 15, flat: 9, light: 13 })
  })

  await test.step('many at once by a pattern, over all nights', async () => {
    await page.getByLabel(/^Find frames/).fill('img_000* -dark')
    const count = 2
    await page.getByRole('button', { name: `Select all ${count}` }).click()
    await page.getByRole('button', { name: 'Correct…' }).click()
    await page.getByLabel('Object', { exact: true }).fill('Lamps')
    await page.getByLabel('Gain (e⁻/ADU)').fill('1,49')
    await page.getByRole('button', { name: 'Correct', exact: true }).click()
    await expect
      .poll(async () =>
        page.evaluate(
          async () =>
            (await window.asterism?.query('exposures'))?.filter(({ object }) => object === 'Lamps').length,
        ),
      )
      .toBe(count)
  })
})
