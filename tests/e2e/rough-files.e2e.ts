import { expect, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'

const card = (text: string): string => text.padEnd(80)

const header = (...cards: string[]): Buffer => {
  const text = [...cards, 'END'].map(card).join('')
  return Buffer.from(text.padEnd(Math.ceil(text.length / 2880) * 2880), 'latin1')
}

const image = (width: number, height: number, ...more: string[]): Buffer =>
  header(
    'SIMPLE  =                    T',
    'BITPIX  =                   16',
    'NAXIS   =                    2',
    `NAXIS1  = ${String(width).padStart(20)}`,
    `NAXIS2  = ${String(height).padStart(20)}`,
    ...more,
  )

const good = (seed: number): Buffer => {
  const pixels = Buffer.alloc(2880 * Math.ceil((32 * 24 * 2) / 2880))
  for (let index = 0; index < 32 * 24; index++) pixels.writeInt16BE((index * 7 + seed) % 1000, 2 * index)
  return Buffer.concat([
    image(
      32,
      24,
      "IMAGETYP= 'Light Frame'",
      "DATE-OBS= '2025-01-01T22:00:00'",
      'EXPTIME =                 30.0',
    ),
    pixels,
  ])
}

const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'application/octet-stream', buffer })

test('bad files are listed with their reasons, and the good one among them is taken in', async ({ page }) => {
  await page.goto('./')
  await dropFiles(page, [
    file('truncated.fits', good(1).subarray(0, 3500)),
    file(
      'photo.fits',
      Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 1, 1, 0, 0, 1]),
    ),
    file('empty.fits', Buffer.alloc(0)),
    file('giant.fits', Buffer.concat([image(1_000_000_000, 1), Buffer.alloc(2880)])),
    file('good.fits', good(2)),
  ])
  await waitIdle(page)
  const list = page.locator('details', { hasText: '4 files were not taken in' })
  await expect(list).toBeVisible()
  for (const name of ['truncated.fits', 'photo.fits', 'empty.fits', 'giant.fits']) {
    await expect(list.getByText(name)).toBeVisible()
  }
  const reasons = await list.locator('li span').allTextContents()
  expect(new Set(reasons).size).toBe(4)
  expect(reasons.every((reason) => reason.length > 20)).toBe(true)
  await expect(page.getByTestId('next')).toHaveText('Calibrate 1 frame')
  await list.getByRole('button', { name: 'Dismiss' }).click()
  await expect(list).toHaveCount(0)
})

test('a full disk is said in words, and nothing that was in is lost', async ({ page, baseURL }) => {
  await page.goto('./')
  await dropFiles(page, [file('first.fits', good(3))])
  await waitIdle(page)
  await expect(page.getByText('1 frame taken in.')).toBeVisible()
  const session = await page.context().newCDPSession(page)
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: new URL(baseURL ?? '').origin,
    quotaSize: 1000,
  })
  const big = Buffer.concat([image(3000, 2000), Buffer.alloc(2880 * Math.ceil((3000 * 2000 * 2) / 2880), 7)])
  await dropFiles(page, [file('big.fits', big)])
  await waitIdle(page)
  await expect(page.locator('details li', { hasText: 'big.fits' })).toContainText(/space|free/i)
  await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(baseURL ?? '').origin })
  const rows = await page.evaluate(async () => window.asterism?.query('exposures'))
  expect(rows?.map((row) => row['name'])).toEqual(['first.fits'])
  const pixels = await page.evaluate(
    async (id) => (await window.asterism?.pixels(id))?.data.length,
    String(rows?.[0]?.['id']),
  )
  expect(pixels).toBe(32 * 24)
})

test('an address that another site does not allow is explained', async ({ page, faults }) => {
  await page.goto('./')
  const report = await page.evaluate(async () => window.asterism?.ingest(['http://localhost:9/night.fits']))
  expect(report?.rejected).toHaveLength(1)
  expect(report?.rejected[0]?.reason).toMatch(/CORS|reach|allow/i)
  faults.length = 0
})

test('a file comes from an address, by ?url= too', async ({ page, baseURL }) => {
  await page.route('**/nights/one.fits', (route) =>
    route.fulfill({ body: good(5), contentType: 'application/fits' }),
  )
  const address = new URL('./nights/one.fits', baseURL).href
  await page.goto(`./?url=${encodeURIComponent(address)}`)
  await expect(page.getByTestId('next')).toHaveText('Calibrate 1 frame')
})

test('a person corrects what the header says, and takes it back', async ({ page }) => {
  await page.goto('./')
  await dropFiles(page, [file('night.fits', good(6))])
  await expect(page.getByTestId('next')).toHaveText('Calibrate 1 frame')
  await page.getByRole('listbox', { name: 'Frames' }).getByRole('option').first().click()
  await page.getByRole('button', { name: 'Correct…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Correct 1 frame' })
  await dialog.getByLabel('Kind').selectOption('flat')
  await dialog.getByLabel('Exposure (s)').fill('twelve')
  await dialog.getByRole('button', { name: 'Correct' }).click()
  await expect(dialog.getByRole('alert')).toBeVisible()
  await dialog.getByLabel('Exposure (s)').fill('12.5')
  await dialog.getByRole('button', { name: 'Correct' }).click()
  const read = () =>
    page.evaluate(async () => {
      const [row] = (await window.asterism?.query('exposures')) ?? []
      return [row?.['kind'], row?.['exposure']]
    })
  await expect.poll(read).toEqual(['flat', 12.5])
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(read).toEqual(['light', 30])
  await page.getByRole('button', { name: 'Remove' }).click()
  await expect(page.getByRole('heading', { name: 'Drop a night of frames' })).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect(page.getByTestId('next')).toHaveText('Calibrate 1 frame')
})

test('a second tab looks on while the first one has the workspace in hand', async ({ page, context }) => {
  await page.goto('./')
  await dropFiles(page, [file('night.fits', good(7))])
  await expect(page.getByTestId('next')).toHaveText('Calibrate 1 frame')
  const second = await context.newPage()
  await second.goto('./')
  await expect(second.getByText('Another tab has the workspace')).toBeVisible()
  await expect(second.getByTestId('next')).toHaveText('Calibrate 1 frame')
  await dropFiles(page, [file('more.fits', good(8))])
  await expect(second.getByTestId('next')).toHaveText('Calibrate 2 frames')
  await page.close()
  await expect(second.getByText('Another tab has the workspace')).toHaveCount(0)
})
