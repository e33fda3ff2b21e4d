import { readFileSync } from 'node:fs'
import { inflateSync } from 'node:zlib'
import type { Page } from '@playwright/test'
import { createRandom } from '../../web/science/math/random'
import { expect, expectAccessible, test } from '../support/app-page'
import { makeBayerFits, type ColourScene } from '../support/bayer-frames'
import { dropFiles, waitIdle } from '../support/drive-app'

const [WIDTH, HEIGHT, BIAS] = [420, 300, 600]
/** Light of the sky in each colour, ADU: town and airglow make it orange. */
const SKY = [900, 700, 400] as const
/** Stars by place, and their light in red, green and blue as parts of what the sky's colour is. */
const STARS = [
  { x: 120, y: 200, light: [9000, 1400, 300] },
  { x: 300, y: 200, light: [1200, 2100, 6000] },
  { x: 210, y: 80, light: [9000, 7000, 4000] },
] as const

const random = createRandom('bayer night')
const starry: ColourScene = (x, y) => {
  const noise = () => 12 * random.normal()
  const light = (channel: 0 | 1 | 2) =>
    STARS.reduce(
      (sum, star) => sum + star.light[channel] * Math.exp(-((x - star.x) ** 2 + (y - star.y) ** 2) / 18),
      SKY[channel] + noise(),
    )
  return [BIAS + light(0), BIAS + light(1), BIAS + light(2)]
}
const dark: ColourScene = () => {
  const level = BIAS + 5 * random.normal()
  return [level, level, level]
}

const takeFrame = (name: string, kind: string, scene: ColourScene, second: number) => {
  const cards = [
    { keyword: 'ROWORDER', value: 'TOP-DOWN' },
    { keyword: 'OBJECT', value: kind === 'Light Frame' ? 'Three stars' : '' },
    { keyword: 'SEQ', value: second },
  ]
  const bytes = makeBayerFits({ width: WIDTH, height: HEIGHT, pattern: 'GRBG', scene, kind, cards })
  return { name, mimeType: 'application/fits', buffer: Buffer.from(bytes.buffer) }
}
const files = [
  ...[1, 2, 3].map((index) => takeFrame(`bias-${index}.fits`, 'Bias Frame', dark, index)),
  ...[1, 2].map((index) => takeFrame(`light-${index}.fits`, 'Light Frame', starry, 10 + index)),
]

/** Pixels of a PNG of eight bits a channel without interlacing, as a canvas writes it. */
const readPng = (bytes: Buffer) => {
  const [width, height, channels] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20), bytes[25] === 6 ? 4 : 3]
  const parts: Buffer[] = []
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + length))
    at += 12 + length
  }
  const raw = inflateSync(Buffer.concat(parts))
  const stride = width * channels
  const data = new Uint8Array(stride * height)
  for (let y = 0; y < height; y++) {
    const filter = raw[y * (stride + 1)]
    for (let i = 0; i < stride; i++) {
      const left = i < channels ? 0 : data[y * stride + i - channels]!
      const up = y === 0 ? 0 : data[(y - 1) * stride + i]!
      const corner = i < channels || y === 0 ? 0 : data[(y - 1) * stride + i - channels]!
      const guess = left + up - corner
      const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - up), Math.abs(guess - corner)]
      const paeth = a <= b && a <= c ? left : b <= c ? up : corner
      const predicted = [0, left, up, (left + up) >> 1, paeth][filter ?? 0] ?? 0
      data[y * stride + i] = (raw[y * (stride + 1) + 1 + i]! + predicted) & 255
    }
  }
  const colourAt = (x: number, y: number) => [
    ...data.subarray(y * stride + x * channels, y * stride + x * channels + 3),
  ]
  return { width, height, colourAt }
}

/** The picture as it is saved, and the mean colour about a pixel of the frame in it. */
const savePicture = async (page: Page) => {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'PNG', exact: true }).click(),
  ])
  const png = readPng(readFileSync(await download.path()))
  const scale = Math.min(png.width / WIDTH, png.height / HEIGHT)
  return (x: number, y: number): number[] => {
    const sums = [0, 0, 0]
    for (let j = -2; j <= 2; j++)
      for (let i = -2; i <= 2; i++) {
        const colour = png.colourAt(
          Math.round(png.width / 2 + scale * (x + i - (WIDTH - 1) / 2)),
          Math.round(png.height / 2 - scale * (y + j - (HEIGHT - 1) / 2)),
        )
        for (const [channel, value] of colour.entries()) sums[channel]! += value / 25
      }
    return sums
  }
}

test('a frame behind a colour mask is shown in colour, its sky grey, and saved so', async ({ page }) => {
  test.setTimeout(180_000)
  page.setDefaultTimeout(20_000)
  await page.goto('./')
  await dropFiles(page, files)
  await waitIdle(page)
  const colour = page.getByRole('button', { name: 'In colour', exact: true })
  await expect(colour).toHaveAttribute('aria-pressed', 'false')
  const grey = (await savePicture(page))(120, 200)
  expect(new Set(grey.map(Math.round)).size).toBe(1)

  await test.step('a raw frame has the levels of its colours made equal', async () => {
    await colour.click()
    await expect(colour).toHaveAttribute('aria-pressed', 'true')
    await page.getByRole('button', { name: 'Balance', exact: true }).click()
    const panel = page.getByRole('dialog', { name: 'Balance of the colours' })
    await expect(panel.locator('[data-balance="levelled"]')).toContainText(
      'bias and dark are still in the pixels',
    )
    await expect(panel.locator('[data-gain="red"]')).toHaveText('1.000')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    // So that no star is white.
    await page.getByRole('button', { name: 'min – max' }).click()
    const at = await savePicture(page)
    const [red = 0, , blue = 0] = at(120, 200)
    expect(red).toBeGreaterThan(blue + 60)
  })

  await test.step('a calibrated one has a grey sky, and stars their colours', async () => {
    await page.evaluate(async () => window.asterism?.submit({ request: 'calibrate_file_batch' }))
    await waitIdle(page)
    await page.getByRole('button', { name: 'Balance', exact: true }).click()
    const panel = page.getByRole('dialog', { name: 'Balance of the colours' })
    await expect(panel.locator('[data-balance="grey-sky"]')).toBeVisible()
    const gains = await panel.locator('[data-gain]').allTextContents()
    const wanted = SKY.map((level) => SKY[1] / level)
    for (const [index, gain] of gains.entries())
      expect(Math.abs(Number(gain) / wanted[index]! - 1)).toBeLessThan(0.01)
    await page.screenshot({ path: 'tests/e2e/output/colour-balance.png' })
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'min – max' }).click()
    const at = await savePicture(page)
    const [[red = 0, , blueOfRed = 0], [redOfBlue = 0, , blue = 0], white, sky] = [
      at(120, 200),
      at(300, 200),
      at(210, 80),
      at(40, 40),
    ]
    expect(red).toBeGreaterThan(blueOfRed + 60)
    expect(blue).toBeGreaterThan(redOfBlue + 60)
    for (const even of [white, sky]) expect(Math.max(...even) - Math.min(...even)).toBeLessThan(25)
    const planes = await page.evaluate(async () => {
      const [row] = (await window.asterism?.query('reduced')) ?? []
      const made = await window.asterism?.colours(String(row?.['id']))
      return made === undefined ? null : { sky: [...made.sky], zero: made.zero, width: made.planes[2].length }
    })
    expect(planes).toMatchObject({ zero: 0, width: WIDTH * HEIGHT })
    for (const [index, level] of (planes?.sky ?? []).entries())
      expect(Math.abs(level - SKY[index]!)).toBeLessThan(5)
  })

  await test.step("by factors of one's own, another method, the key, and back", async () => {
    await page.getByRole('button', { name: 'Balance', exact: true }).click()
    const panel = page.getByRole('dialog', { name: 'Balance of the colours' })
    await panel.getByLabel('Missing colours').selectOption('vng')
    await panel.getByRole('combobox', { name: /^Balance/ }).selectOption('given')
    await panel.getByLabel('Blue ×').fill('0.25')
    await expect(panel.locator('[data-gain="blue"]')).toHaveText('0.250')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    const [, , blue = 255] = (await savePicture(page))(300, 200)
    await page.getByRole('button', { name: 'Balance', exact: true }).click()
    await panel.getByLabel('Blue ×').fill('3')
    await page.keyboard.press('Escape')
    const [, , bluer = 0] = (await savePicture(page))(300, 200)
    expect(bluer).toBeGreaterThan(blue + 20)
    await page.getByRole('application').focus()
    await page.keyboard.press('c')
    await expect(colour).toHaveAttribute('aria-pressed', 'false')
    await page.keyboard.press('c')
    await expect(colour).toHaveAttribute('aria-pressed', 'true')
  })

  await test.step('in every theme and on a small screen', async () => {
    for (const theme of ['light', 'night', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name
      }, theme)
      await expectAccessible(page)
      await page.screenshot({ path: `tests/e2e/output/colour-${theme}.png` })
    }
    await page.setViewportSize({ width: 390, height: 844 })
    await page.getByRole('button', { name: 'Balance', exact: true }).click()
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/colour-390.png' })
  })
})
