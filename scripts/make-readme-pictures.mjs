/**
 * Makes the pictures in colour of the README with the built app in a real browser: `npm run readme-pictures`. M 37 in two filters comes from frames beside
 * the repository (../shared/data), and is left as it is where they are not there; the cluster in three filters is simulated.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { build } from './build.mjs'
import { ensureInstalled } from './install.mjs'

ensureInstalled()
const { chromium } = await import('@playwright/test')
const { CHROMIUM_FLAGS, findChromium } = await import('./find-chromium.mjs')
const { startServer } = await import('./serve.mjs')
const { simulateCluster } = await import('./pictures/simulate-cluster.mjs')

const { values } = parseArgs({ options: { into: { type: 'string' }, only: { type: 'string' } } })
const root = new URL('../', import.meta.url)
const target = values.into ?? fileURLToPath(new URL('docs/images/', root))
/** Pixels along the longer side, and what a file may weigh. */
const [SIDE, MOST_BYTES] = [1400, 300_000]

/**
 * What of the app's own object is called here.
 * @typedef {object} App
 * @property {(table: string, filter?: object) => Promise<Record<string, unknown>[]>} query
 * @property {(order: object) => Promise<{ frames: { id: string, kind: string }[], result: Record<string, unknown>, failures: unknown }>} submit
 * @property {(picture: string) => Promise<Blob>} exportPicture
 */

mkdirSync(target, { recursive: true })
build()
const server = await startServer({ root: fileURLToPath(new URL('dist/', root)), port: 0 })
const executablePath = await findChromium()
const browser = await chromium.launch({
  args: CHROMIUM_FLAGS,
  ...(executablePath === null ? {} : { executablePath }),
})

/**
 * Takes frames in, carries orders out for each filter, makes the picture of what they end in, and keeps it as a small file.
 * @param {string} name
 * @param {string[]} paths
 * @param {{ request: string, parameters: Record<string, unknown> }} reduction
 * @param {Record<string, unknown>} look
 */
const makePicture = async (name, paths, reduction, look) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.on('pageerror', (error) => console.error(error))
  await page.goto(server.address)
  await page.getByRole('button', { name: 'Choose files' }).first().waitFor()
  await page.locator('input[type=file]').last().setInputFiles(paths)
  /** @returns {Promise<number>} */
  const countFrames = () =>
    page.evaluate(async () => {
      const app = /** @type {{ asterism?: App }} */ (/** @type {unknown} */ (window)).asterism
      return app === undefined ? 0 : (await app.query('exposures')).length
    })
  for (let waited = 0; (await countFrames()) < paths.length; waited++) {
    if (waited > 300) throw new Error(`${name}: the frames do not come in`)
    await page.waitForTimeout(1000)
  }
  const made = await page.evaluate(
    async ({ reduction: { request, parameters }, look: wanted, side, most }) => {
      const app = /** @type {{ asterism?: App }} */ (/** @type {unknown} */ (window)).asterism
      if (app === undefined) throw new Error('the page has no scripting interface')
      const lights = await app.query('exposures', { kind: 'light' })
      const filters = [...new Set(lights.map(({ filter }) => String(filter)))]
      /** @type {Record<string, string>} */
      const frames = {}
      for (const filter of filters) {
        const own = lights.filter((light) => light['filter'] === filter).map(({ id }) => String(id))
        const report = await app.submit({
          request: /** @type {'stack'} */ (request),
          frames: own,
          parameters,
        })
        const result = report.frames.findLast(({ kind }) => kind === 'stack' || kind === 'reduced')
        if (result === undefined) throw new Error(JSON.stringify(report.failures))
        frames[filter] = result.id
      }
      const named = Object.fromEntries(
        Object.entries(wanted).map(([key, value]) => [
          key,
          typeof value === 'string' ? (frames[value] ?? value) : value,
        ]),
      )
      const report = await app.submit({ request: 'colour_composite', parameters: named })
      if (typeof report.result['frame'] !== 'string') throw new Error(JSON.stringify(report.failures))
      const bitmap = await createImageBitmap(await app.exportPicture(report.result['frame']))
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height))
      const canvas = new OffscreenCanvas(Math.round(bitmap.width * scale), Math.round(bitmap.height * scale))
      const context = canvas.getContext('2d')
      if (context === null) throw new Error('no canvas')
      context.imageSmoothingQuality = 'high'
      context.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
      let blob = await canvas.convertToBlob({ type: 'image/webp', quality: 0.92 })
      for (let quality = 0.86; blob.size > most && quality > 0.4; quality -= 0.06)
        blob = await canvas.convertToBlob({ type: 'image/webp', quality })
      return { bytes: [...new Uint8Array(await blob.arrayBuffer())], result: report.result }
    },
    { reduction, look, side: SIDE, most: MOST_BYTES },
  )
  const path = join(target, `${name}.webp`)
  writeFileSync(path, Uint8Array.from(made.bytes))
  console.log(`${path}: ${made.bytes.length} bytes`, JSON.stringify(made.result))
  await context.close()
}

const work = mkdtempSync(join(tmpdir(), 'pictures-'))
/** @param {{ name: string, bytes: Uint8Array }[]} frames */
const keep = (frames) =>
  frames.map(({ name, bytes }) => {
    const path = join(work, name)
    writeFileSync(path, bytes)
    return path
  })

try {
  const m37 = fileURLToPath(new URL('../shared/data/m37_cmd/', root))
  if (values.only !== 'cluster' && existsSync(m37)) {
    const paths = keep(
      ['m37_b.fits', 'm37_v.fits'].map((name) => ({
        name,
        bytes: gunzipSync(readFileSync(`${m37}${name}.gz`)),
      })),
    )
    await makePicture(
      'm37',
      paths,
      // The frames are not flat-fielded: what is left of the light of the sky is taken off.
      { request: 'calibrate_file_batch', parameters: { gradient: { degree: 4 }, cosmicRays: 'lacosmic' } },
      { red: 'Green', blue: 'Blue', saturation: 1.5, name: 'M 37' },
    )
  }
  if (values.only !== 'm37') {
    const { frames } = await simulateCluster()
    await makePicture(
      'cluster',
      keep(frames),
      { request: 'stack', parameters: {} },
      { red: 'R', green: 'V', blue: 'B', saturation: 1.35, name: 'Simulated cluster' },
    )
  }
} finally {
  await browser.close()
  await server.close()
  rmSync(work, { recursive: true, force: true })
}
