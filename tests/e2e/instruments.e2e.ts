import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/app-page'
import { dropFiles, waitIdle, type PageObject } from '../support/drive-app'
import { imageCards, joinBytes, makeHeader } from '../science/fits/make-fits'

const frame = (index: number, camera: string) => {
  const pixels = new Uint8Array(2880).map((_, at) => (at * 31 + index) % 200)
  const bytes = joinBytes(
    makeHeader([
      ...imageCards(16, [32, 24]),
      `INSTRUME= '${camera}'`,
      "TELESCOP= 'Cassegrain'",
      "IMAGETYP= 'Light Frame'",
      'EXPTIME = 30',
      'AMPGAIN = 2.5',
      `DATE-OBS= '2024-02-29T23:0${index}:00'`,
    ]),
    pixels,
  )
  return { name: `light-${index}.fits`, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) }
}

const FRAMES = [frame(1, 'Workshop CCD 7'), frame(2, 'Workshop CCD 7'), frame(3, 'Another camera')]

const readRows = async (page: Page): Promise<unknown[][]> => {
  const rows = await page.evaluate(() =>
    (window as unknown as { asterism: PageObject }).asterism.query('exposures'),
  )
  return rows.map((row) => [row['name'], row['profile'], row['gain'], row['saturation']])
}

const openInstruments = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Open the instruments' }).click()
}

test('a profile is made from a frame by clicks, goes out, and comes in again to an empty workspace', async ({
  page,
}) => {
  await page.goto('./')
  await dropFiles(page, FRAMES)
  await waitIdle(page)
  expect(await readRows(page)).toEqual([
    ['light-1.fits', 'generic', null, null],
    ['light-2.fits', 'generic', null, null],
    ['light-3.fits', 'generic', null, null],
  ])

  await page.getByText('light-1.fits', { exact: true }).first().click()
  await page.getByRole('button', { name: 'Make a profile from this frame' }).click()
  const preview = page.getByRole('region', { name: 'What comes of it' })
  await expect(preview.getByText('This frame is known by it')).toBeVisible()
  await expect(preview.getByText('2 of 3 frames would be read by it.')).toBeVisible()
  await expect(preview.getByText('2.5 e⁻/ADU')).toHaveCount(0)

  const cards = page.getByRole('region', { name: 'Cards of the frame' })
  await cards.getByRole('searchbox').fill('amp')
  await cards.getByRole('button', { name: /AMPGAIN/ }).click()
  await cards.getByRole('combobox').selectOption('Gain')
  await expect(preview.getByText('2.5 e⁻/ADU')).toBeVisible()

  await page.getByRole('textbox', { name: 'Saturation' }).fill('40000')
  await expect(preview.getByText('40,000 ADU')).toBeVisible()
  await page.getByRole('textbox', { name: 'Read noise' }).fill('-3')
  await expect(preview.getByText(/assume\.readNoise/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Keep the profile' })).toBeDisabled()
  await page.getByRole('textbox', { name: 'Read noise' }).fill('7,5')
  await expect(preview.getByText('7.5 e⁻')).toBeVisible()
  await expectAccessible(page)

  await page.getByRole('button', { name: 'Keep the profile' }).click()
  await expect(page.getByText(/is kept; 2 frames are read otherwise now/)).toBeVisible()
  const name = 'my-workshop-ccd-7-cassegrain'
  const read = [
    ['light-1.fits', name, 2.5, 40_000],
    ['light-2.fits', name, 2.5, 40_000],
    ['light-3.fits', 'generic', null, null],
  ]
  expect(await readRows(page)).toEqual(read)
  const row = page.getByRole('listitem').filter({ hasText: 'Workshop CCD 7, Cassegrain' })
  await expect(row.getByText('2 frames')).toBeVisible()
  await expectAccessible(page)

  // Undo takes the profile and what was read with it back, and it can be done again.
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => readRows(page).then((rows) => rows[0]?.[1])).toBe('generic')
  await expect(row).toHaveCount(0)
  await page.getByRole('button', { name: 'Make a profile from this frame' }).click()
  await page.getByRole('button', { name: 'Text', exact: true }).click()
  const text = page.getByRole('textbox', { name: 'The profile as it is written to a file' })
  const written = JSON.parse(await text.inputValue()) as object
  await text.fill('{ "format": 1')
  await expect(page.getByText('This is no JSON yet.')).toBeVisible()
  await text.fill(JSON.stringify({ ...written, colour: 1 }))
  await expect(preview.getByText(/"colour"/)).toBeVisible()
  await text.fill(
    JSON.stringify({
      ...written,
      aliases: { gain: [{ keyword: 'AMPGAIN' }] },
      set: { saturation: 40_000 },
    }),
  )
  await expect(preview.getByText('2.5 e⁻/ADU')).toBeVisible()
  await page.getByRole('button', { name: 'Keep the profile' }).click()
  await expect.poll(() => readRows(page)).toEqual(read)

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    row.getByRole('button', { name: /^Export/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe(`${name}.json`)
  const exported = readFileSync(await download.path())

  await row.getByRole('button', { name: /^Remove/ }).click()
  await expect(row).toHaveCount(0)
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click()
  await expect(row).toHaveCount(1)

  await page.evaluate(() => (window as unknown as { asterism: PageObject }).asterism.reset())
  await expect(row).toHaveCount(0)
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Import a profile' }).click()
  await (await chooser).setFiles({ name: `${name}.json`, mimeType: 'application/json', buffer: exported })
  await expect(row).toHaveCount(1)
  await dropFiles(page, FRAMES)
  await waitIdle(page)
  await expect.poll(() => readRows(page)).toEqual(read)
  await expect(row.getByText('2 frames')).toBeVisible()
})

test('a profile that is dropped is kept, one that is none is refused in words, and headers are read again', async ({
  page,
}) => {
  await page.goto('./')
  await dropFiles(page, FRAMES)
  await waitIdle(page)
  const json = (value: unknown) => ({
    name: 'profile.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(value)),
  })
  await dropFiles(page, [json({ format: 1, colour: 'red' })])
  await expect(page.getByText(/The instrument profile cannot be used.*"colour"/)).toBeVisible()
  const profile = {
    format: 1,
    name: 'dropped',
    title: 'Dropped',
    recognise: { keyword: 'INSTRUME', like: '*camera' },
    set: { gain: 1.25 },
    notes: ['Made elsewhere.'],
  }
  await dropFiles(page, [json(profile)])
  await expect(page.getByText(/“Dropped” came in/)).toBeVisible()
  await openInstruments(page)
  await expect(page.getByText('A profile has changed')).toBeVisible()
  await page.getByRole('button', { name: 'Read all frames again' }).click()
  await expect(page.getByText('All headers were read again; 1 frame changed.')).toBeVisible()
  expect((await readRows(page))[2]).toEqual(['light-3.fits', 'dropped', 1.25, null])
  await page.getByRole('status').getByRole('button', { name: 'Undo' }).last().click()
  await expect.poll(() => readRows(page).then((rows) => rows[2]?.[1])).toBe('generic')
})

test('the desk for profiles works on a small screen and in German', async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('./')
  await dropFiles(page, FRAMES)
  await waitIdle(page)
  await openInstruments(page)
  await page.getByRole('button', { name: 'Make a profile from this frame' }).click()
  await expect(page.getByText('This frame is known by it')).toBeVisible()
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  expect(await overflow()).toBe(0)
  await expectAccessible(page)
  await page.getByRole('button', { name: 'Cancel' }).click()
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await page.getByRole('button', { name: 'Instrumente öffnen' }).click()
  await page.getByRole('button', { name: 'Profil aus diesem Bild machen' }).click()
  await expect(page.getByText('Dieses Bild wird daran erkannt')).toBeVisible()
  expect(await overflow()).toBe(0)
  await expectAccessible(page)
})
