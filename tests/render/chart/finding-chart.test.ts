import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { applyTransform } from '../../../web/core/transform'
import { drawChart, PAGE, PICTURE_ROOM, type Chart } from '../../../web/render/chart/draw-chart'
import { measureHelvetica, toLatin } from '../../../web/render/chart/helvetica'
import { createPdfPage } from '../../../web/render/chart/pdf-page'
import { placeChart } from '../../../web/render/chart/place-chart'
import { samplePicture } from '../../../web/render/chart/sample-picture'
import { createFrameSky } from '../../../web/render/sky/create-frame-sky'
import { findCompass } from '../../../web/render/sky/find-compass'
import type { FrameSky } from '../../../web/render/sky/frame-sky'
import { tanSipToWcs } from '../../../web/science/astrometry/tan-sip-to-wcs'

/** Reads a page as another program does. */
const GHOSTSCRIPT = 'gs'
const SIZE = { width: 120, height: 80 }

const makeSky = (angle: number, parity: 1 | -1): FrameSky => {
  const scale = 5 / 3600
  const [c, s] = [scale * Math.cos(angle), scale * Math.sin(angle)]
  const sky = createFrameSky(
    tanSipToWcs({
      crpix: [60, 40],
      crval: [31, 46.7],
      cd: [parity * c, s, -parity * s, c],
      order: 1,
      a: [],
      b: [],
    }),
    SIZE,
  )
  if (sky === null) throw new Error('no sky')
  return sky
}

const FIELD = { center: { x: 60, y: 40 }, size: 0.05, northUp: true }

describe('the place of a chart', () => {
  it.each([
    [0, -1],
    [0.7, -1],
    [2.9, 1],
    [-1.2, 1],
  ] as const)('turns north up and east left, whatever the frame (%f, %d)', (angle, parity) => {
    const sky = makeSky(angle, parity)
    const { place } = placeChart(sky, FIELD, PICTURE_ROOM)
    const compass = findCompass(sky, FIELD.center, place)
    expect(compass?.north.y).toBeCloseTo(-1, 4)
    expect(compass?.east.x).toBeCloseTo(-1, 4)
  })

  it('is as large as was asked, and its middle is the middle', () => {
    const sky = makeSky(0.4, -1)
    const { place, picture } = placeChart(sky, FIELD, PICTURE_ROOM)
    expect(picture.right - picture.left).toBeCloseTo(PICTURE_ROOM.right - PICTURE_ROOM.left, 6)
    expect(findCompass(sky, FIELD.center, place)?.unitsPerDegree).toBeCloseTo(
      (picture.right - picture.left) / FIELD.size,
      0,
    )
    const middle = applyTransform(place, FIELD.center)
    expect(middle.x).toBeCloseTo((picture.left + picture.right) / 2, 6)
    expect(middle.y).toBeCloseTo((picture.top + picture.bottom) / 2, 6)
  })

  it('shows the whole frame, every corner within the picture', () => {
    for (const northUp of [true, false]) {
      const { place, picture } = placeChart(makeSky(0.5, -1), { ...FIELD, size: null, northUp }, PICTURE_ROOM)
      for (const x of [-0.5, 119.5])
        for (const y of [-0.5, 79.5]) {
          const at = applyTransform(place, { x, y })
          expect(at.x).toBeGreaterThan(picture.left - 1e-6)
          expect(at.x).toBeLessThan(picture.right + 1e-6)
          expect(at.y).toBeGreaterThan(picture.top - 1e-6)
          expect(at.y).toBeLessThan(picture.bottom + 1e-6)
        }
    }
  })
})

describe('the picture of a chart', () => {
  const data = new Float32Array(SIZE.width * SIZE.height)
  data[55 * SIZE.width + 60] = 1
  const image = { ...SIZE, data }
  const look = { stretch: 'linear', low: 0, high: 1 } as const

  it('has a star where the chart puts it, bright on black and dark on white', () => {
    const placed = placeChart(makeSky(0.6, -1), { ...FIELD, size: null }, PICTURE_ROOM)
    const at = applyTransform(placed.place, { x: 60, y: 55 })
    for (const invert of [false, true]) {
      const { width, grey } = samplePicture(image, placed, look, { fineness: 1, invert })
      const brightest = grey.reduce(
        (best, value, index) => ((invert ? value < grey[best]! : value > grey[best]!) ? index : best),
        0,
      )
      expect((brightest % width) + 0.5 + placed.picture.left).toBeCloseTo(at.x, -0.3)
      expect(Math.floor(brightest / width) + 0.5 + placed.picture.top).toBeCloseTo(at.y, -0.3)
      // Beyond the frame there is paper, or night.
      expect(grey[0]).toBe(invert ? 255 : 0)
    }
  })
})

const makeChart = (): { chart: Chart; sky: FrameSky } => {
  const sky = makeSky(0.6, -1)
  return {
    sky,
    chart: {
      title: 'HAT-P-32 (Prüfung)',
      lines: ['02:04:10.30 +46:41:16', 'filter R · 2017-12-20'],
      scene: {
        sky,
        grid: 'sexagesimal',
        compass: { north: 'N', east: 'E' },
        scaleBar: true,
        marks: [
          {
            kind: 'target',
            x: 60,
            y: 55,
            rightAscension: 31,
            declination: 46.7,
            magnitude: null,
            name: 'HAT-P-32',
            extent: null,
          },
        ],
        residuals: [],
        rmsArcseconds: Number.NaN,
        magnitudes: { faintest: 12, brightest: 6 },
      },
      stars: [{ label: 'C1', x: 20, y: 30, words: '02:05:00 +46:30:00  11.2 mag' }],
      credits: ['Tycho-2 (Høg et al. 2000)'],
      invert: true,
    },
  }
}

const writePdf = async (): Promise<Uint8Array> => {
  const { chart, sky } = makeChart()
  const placed = placeChart(sky, { ...FIELD, size: null }, PICTURE_ROOM)
  const page = createPdfPage(PAGE)
  const data = Float32Array.from({ length: SIZE.width * SIZE.height }, (_, k) => k % 97)
  page.place(
    samplePicture(
      { ...SIZE, data },
      placed,
      { stretch: 'linear', low: 0, high: 97 },
      { fineness: 1, invert: true },
    ),
    placed.picture,
  )
  drawChart(page.pen, chart, placed)
  return new Uint8Array(await (await page.finish()).arrayBuffer())
}

describe('the page of a chart', () => {
  it('says where each of its objects begins and how long its streams are', async () => {
    const bytes = await writePdf()
    const text = Buffer.from(bytes).toString('latin1')
    const start = Number(/startxref\n(\d+)\n%%EOF\n$/.exec(text)?.[1])
    expect(text.slice(start, start + 4)).toBe('xref')
    const entries = [...text.slice(start).matchAll(/^(\d{10}) 00000 n $/gm)].map(([, at]) => Number(at))
    expect(entries).toHaveLength(7)
    for (const [index, at] of entries.entries()) expect(text.slice(at, at + 8)).toBe(`${index + 1} 0 obj\n`)
    for (const { 1: length, index } of text.matchAll(/\/Length (\d+)[^\n]*\nstream\n/g)) {
      const begin = text.indexOf('stream\n', index) + 7
      expect(text.slice(begin + Number(length), begin + Number(length) + 11)).toBe('\nendstream\n')
    }
  })

  it('is read by another program, words and all', async ({ skip }) => {
    const folder = mkdtempSync(join(tmpdir(), 'chart-'))
    try {
      const file = join(folder, 'chart.pdf')
      writeFileSync(file, await writePdf())
      try {
        execFileSync(GHOSTSCRIPT, ['--version'])
      } catch {
        skip('Ghostscript is not installed')
      }
      const said = execFileSync(
        GHOSTSCRIPT,
        [
          '-q',
          '-dNOPAUSE',
          '-dBATCH',
          '-dSAFER',
          '-sDEVICE=txtwrite',
          `-sOutputFile=${join(folder, 'words.txt')}`,
          file,
        ],
        { encoding: 'utf8' },
      )
      expect(said).toBe('')
      const words = readFileSync(join(folder, 'words.txt'), 'utf8')
      for (const word of [
        'HAT-P-32 (Prüfung)',
        '02:04:10.30 +46:41:16',
        'C1',
        '11.2 mag',
        'Tycho-2 (Høg',
        '2h04m',
      ])
        expect(words).toContain(word)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  it('knows how wide its letters are', () => {
    // Adobe's metrics: H 722, e 556, l 222, o 556.
    expect(measureHelvetica('Hello', 10, false)).toBeCloseTo(22.78, 6)
    expect(measureHelvetica('é', 10, false)).toBe(measureHelvetica('e', 10, false))
    expect(toLatin('46°40′30″ −5 α 星')).toBe('46°40\'30" -5 RA ?')
  })
})
