import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { canSpell } from '../../../web/render/chart/helvetica'
import { createPdfPage } from '../../../web/render/chart/pdf-page'
import { drawPoster, wordsOfPoster, type PosterContent } from '../../../web/render/draw-poster'
import type { FramePart } from '../../../web/render/sky/see-sky'

/** Reads a page as another program does. */
const GHOSTSCRIPT = 'gs'
/** DIN A4 across, points. */
const SHEET = { width: 841.89, height: 595.276 }
const SIZE = { width: 40, height: 20 }

const content: PosterContent = {
  title: 'M 37 über Egham',
  subtitle: 'ein offener Sternhaufen',
  facts: [
    { label: 'Feld', text: '26′ × 17′' },
    { label: 'Filter', text: 'V 60 s, R 60 s' },
  ],
  credit: 'Sternwarte',
  sky: { scale: 36, north: 90, flipped: false },
  northLetter: 'N',
  eastLetter: 'O',
}

/** Left half orange, right half blue. */
const rgb = Uint8Array.from({ length: SIZE.width * SIZE.height * 3 }, (_, at) => {
  const isLeft = Math.floor(at / 3) % SIZE.width < SIZE.width / 2
  return (isLeft ? [230, 120, 10] : [20, 60, 200])[at % 3]!
})

const writePoster = async (): Promise<{ readonly bytes: Uint8Array; readonly part: FramePart }> => {
  const page = createPdfPage(SHEET)
  let part: FramePart | null = null
  drawPoster(
    {
      pen: page.pen,
      fill: page.fill,
      place: (there) => {
        part = there
        page.place({ ...SIZE, rgb }, there)
      },
    },
    SIZE,
    content,
    SHEET,
  )
  const bytes = new Uint8Array(await (await page.finish()).arrayBuffer())
  if (part === null) throw new Error('no picture was placed')
  return { bytes, part }
}

const ghostscript = (folder: string, device: string, name: string): Buffer => {
  const out = join(folder, name)
  execFileSync(GHOSTSCRIPT, [
    '-q',
    '-dNOPAUSE',
    '-dBATCH',
    '-dSAFER',
    '-r72',
    `-sDEVICE=${device}`,
    `-sOutputFile=${out}`,
    join(folder, 'poster.pdf'),
  ])
  return readFileSync(out)
}

describe('the page of a poster', () => {
  it('is read by another program: words, paper and the colours of the picture where it lies', async ({
    skip,
  }) => {
    try {
      execFileSync(GHOSTSCRIPT, ['--version'])
    } catch {
      skip('Ghostscript is not installed')
    }
    const folder = mkdtempSync(join(tmpdir(), 'poster-'))
    try {
      const { bytes, part } = await writePoster()
      writeFileSync(join(folder, 'poster.pdf'), bytes)
      const words = ghostscript(folder, 'txtwrite', 'words.txt').toString('utf8')
      // The bar is the longest round length within a fifth of 24 arcminutes.
      for (const word of ['M 37 über Egham', 'Sternhaufen', "26' × 17'", 'V 60 s, R 60 s', 'Sternwarte', 'O'])
        expect(words).toContain(word)
      expect(words).toMatch(/\b2'/)
      const image = ghostscript(folder, 'ppmraw', 'poster.ppm')
      const header = /^P6\n(?:#.*\n)?(\d+) (\d+)\n255\n/.exec(image.toString('latin1'))
      const [width, height] = [Number(header?.[1]), Number(header?.[2])]
      expect([width, height]).toEqual([842, 595])
      const colourAt = (x: number, y: number): number[] => {
        const at = (header?.[0].length ?? 0) + 3 * (Math.floor(y) * width + Math.floor(x))
        return [...image.subarray(at, at + 3)]
      }
      const middle = (part.top + part.bottom) / 2
      const across = (share: number) => part.left + share * (part.right - part.left)
      expect(colourAt(across(0.02), part.top + 4)).toEqual([230, 120, 10])
      expect(colourAt(across(0.49), middle)).toEqual([230, 120, 10])
      expect(colourAt(across(0.51), middle)).toEqual([20, 60, 200])
      expect(colourAt(across(0.98), part.top + 4)).toEqual([20, 60, 200])
      // Paper about it, dark.
      expect(colourAt(3, 3)).toEqual([9, 11, 16])
      expect(colourAt(part.left - 3, middle)).toEqual([9, 11, 16])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('keeps the shape of the picture, within its paper', async () => {
    const { part } = await writePoster()
    expect((part.right - part.left) / (part.bottom - part.top)).toBeCloseTo(SIZE.width / SIZE.height, 9)
    expect(part.left).toBeGreaterThan(0)
    expect(part.right).toBeLessThan(SHEET.width)
    expect(part.bottom).toBeLessThan(SHEET.height)
  })

  it('knows whether its fonts have the letters of all words', () => {
    expect(canSpell(wordsOfPoster(content))).toBe(true)
    for (const credit of ['Kraków, Żywiec', '天文台', 'Обсерватория'])
      expect(canSpell(wordsOfPoster({ ...content, credit }))).toBe(false)
    expect(canSpell('Where? 5′ – 6″')).toBe(true)
  })
})
