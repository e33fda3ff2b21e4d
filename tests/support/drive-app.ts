import type { Asterism } from '../../web/app/scripting'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect } from './app-page'

/** What the page's own object is, for tests that call it. */
export type PageObject = Asterism

/** Waits until no order and no intake runs and the next button, if there is one, can be pressed. */
export const waitIdle = async (page: Page, timeout = 90_000): Promise<void> => {
  await expect(page.locator('footer progress')).toHaveCount(0, { timeout })
}

export const pressNext = async (page: Page): Promise<void> => {
  const next = page.getByTestId('next')
  await expect(next).toBeEnabled()
  await next.click()
}

/** Gives files to the picker of the empty page, or to the hidden one of a page with frames. */
export const dropFiles = async (
  page: Page,
  files: string[] | { name: string; mimeType: string; buffer: Buffer }[],
): Promise<void> => {
  await page.locator('input[type=file]').last().setInputFiles(files)
}

export const listFolder = (folder: string, keep: (name: string) => boolean = () => true): string[] =>
  readdirSync(folder)
    .filter(keep)
    .sort()
    .map((name) => join(folder, name))

/** Pixel position under the pointer, read off the picture's own readout as a person would. */
const readPosition = async (page: Page, x: number, y: number): Promise<{ x: number; y: number }> => {
  await page.mouse.move(x, y)
  const readout = page.locator('[data-readout="position"]')
  await expect(readout).toBeVisible()
  const [x0, y0] = await readout.locator('span').allTextContents()
  const number = (text: string | undefined) => Number((text ?? '').replace(/^[xy]\s*/, ''))
  return { x: number(x0), y: number(y0) }
}

/** Where a pixel of the frame lies on the screen: two looks at the readout give scale and offset of each axis. */
const locatePixel = async (
  page: Page,
  pixel: { x: number; y: number },
): Promise<{ x: number; y: number }> => {
  const box = await page.getByRole('application').boundingBox()
  if (box === null) throw new Error('there is no picture')
  const [left, top] = [box.x + 0.3 * box.width, box.y + 0.35 * box.height]
  const [right, bottom] = [box.x + 0.7 * box.width, box.y + 0.65 * box.height]
  const first = await readPosition(page, left, top)
  const second = await readPosition(page, right, bottom)
  return {
    x: left + ((pixel.x - first.x) * (right - left)) / (second.x - first.x),
    y: top + ((pixel.y - first.y) * (bottom - top)) / (second.y - first.y),
  }
}

/** Clicks a pixel of the frame that is shown. */
export const clickPixel = async (page: Page, pixel: { x: number; y: number }): Promise<void> => {
  const at = await locatePixel(page, pixel)
  await page.mouse.click(at.x, at.y)
}
