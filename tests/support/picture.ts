import type { Page } from '@playwright/test'
import { median } from '../../web/science/math/median'

/** Pixels that the app shows of a frame. */
export interface Picture {
  readonly width: number
  readonly height: number
  readonly data: Float32Array
}

/** As text: numbers one by one take the browser longer than the work on them. */
export const readPicture = async (page: Page, frame: string): Promise<Picture> => {
  const { width, height, text } = await page.evaluate(async (id) => {
    const picture = await window.asterism!.pixels(id)
    const bytes = new Uint8Array(picture.data.buffer as ArrayBuffer)
    let characters = ''
    for (let start = 0; start < bytes.length; start += 8192)
      characters += String.fromCharCode(...bytes.subarray(start, start + 8192))
    return { width: picture.width, height: picture.height, text: btoa(characters) }
  }, frame)
  return { width, height, data: new Float32Array(Uint8Array.from(Buffer.from(text, 'base64')).buffer) }
}

/** Robust standard deviation about the median. */
export const deviationOf = (values: readonly number[]): number => {
  const middle = median(values)
  return 1.4826 * median(values.map((value) => Math.abs(value - middle)))
}

/** Centre of light above the edge of a small box, pixels; three rounds, each about the centre of the one before. */
export const findCentre = ({ width, data }: Picture, start: { x: number; y: number }) => {
  let { x, y } = start
  for (let round = 0; round < 3; round++) {
    const [left, top] = [Math.round(x) - 5, Math.round(y) - 5]
    const box = Array.from({ length: 121 }, (_, i) => ({ x: left + (i % 11), y: top + Math.floor(i / 11) }))
    const sky = median(
      box.filter((at) => Math.abs(at.x - left - 5) === 5).map((at) => data[at.y * width + at.x] ?? 0),
    )
    let [sum, sumX, sumY] = [0, 0, 0]
    for (const at of box) {
      if (Math.hypot(at.x - x, at.y - y) > 4) continue
      const light = (data[at.y * width + at.x] ?? 0) - sky
      sum += light
      sumX += light * at.x
      sumY += light * at.y
    }
    ;[x, y] = [sumX / sum, sumY / sum]
  }
  return { x, y }
}
