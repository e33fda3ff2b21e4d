import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expect, expectAccessible, test } from '../support/app-page'
import { waitIdle } from '../support/drive-app'

/** The page has no native dialogs in a test: a folder of the browser's own stands for one on the disk, and files are downloaded. */
const standInForPickers = async (page: Page): Promise<void> => {
  await page.addInitScript(() => {
    const scope = globalThis as unknown as Record<string, unknown>
    scope['showSaveFilePicker'] = undefined
    scope['showDirectoryPicker'] = async ({ id }: { id: string }) =>
      (await navigator.storage.getDirectory()).getDirectoryHandle(id, { create: true })
  })
}

/** Hash of every record of every store and of every file of the pixel store, read past the app. The log is kept apart: it goes on. */
const fingerprint = (page: Page) =>
  page.evaluate(async () => {
    const hash = async (bytes: BufferSource) =>
      Array.from(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('')
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('asterism')
      opening.onsuccess = () => resolve(opening.result)
      opening.onerror = () => reject(opening.error ?? new Error('no database'))
    })
    const found: Record<string, string> = {}
    for (const name of database.objectStoreNames) {
      const records = await new Promise<{ id: string }[]>((resolve, reject) => {
        const reading = database.transaction(name).objectStore(name).getAll()
        reading.onsuccess = () => resolve(reading.result as { id: string }[])
        reading.onerror = () => reject(reading.error ?? new Error('no records'))
      })
      for (const record of records) {
        if (name === 'settings' && (record.id === 'pixel-backend' || record.id.startsWith('local-'))) continue
        // The order of the members of a record is nobody's concern.
        const text = JSON.stringify(record, (_key, value: unknown) => {
          if (ArrayBuffer.isView(value))
            return [value.constructor.name, Array.from(value as Float64Array, String).join()]
          if (typeof value === 'number' && !Number.isFinite(value)) return String(value)
          if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
          return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
        })
        found[`${name}/${record.id}`] = await hash(new TextEncoder().encode(text))
      }
    }
    database.close()
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('asterism-bytes')
    for await (const [name, handle] of folder.entries())
      if (handle.kind === 'file' && !name.includes(' '))
        found[`bytes/${name}`] = await hash(await (await handle.getFile()).arrayBuffer())
    return found
  })

const withoutLog = (found: Record<string, string>) =>
  Object.fromEntries(Object.entries(found).filter(([name]) => !name.startsWith('log/')))

/** What is still to be measured: masters that do not say what they are like, and frames. Past the app. */
const countUnmeasured = () =>
  new Promise<number>((resolve, reject) => {
    const opening = indexedDB.open('asterism')
    opening.onerror = () => reject(opening.error ?? new Error('no database'))
    opening.onsuccess = () => {
      const reading = opening.result.transaction(['masters', 'exposures', 'frame_statistics'])
      const masters = reading.objectStore('masters').getAll()
      const exposures = reading.objectStore('exposures').count()
      const measured = reading.objectStore('frame_statistics').count()
      reading.onerror = () => reject(reading.error ?? new Error('nothing to read'))
      reading.oncomplete = () => {
        opening.result.close()
        const without = (masters.result as object[]).filter((master) => !('quality' in master))
        resolve(without.length + exposures.result - measured.result)
      }
    }
  })

const reduceDemonstration = async (page: Page): Promise<void> => {
  const status = await page.evaluate(async () => {
    const app = window.asterism
    if (app === undefined) throw new Error('no app')
    await app.ready
    const { frames, truth } = await app.simulateNight()
    const first = truth.truth.lights[0]
    const number = truth.truth.target
    const names = new Set(truth.truth.lights.slice(0, 8).map((light) => light.name.split('/').at(-1)))
    const lights = frames.filter((frame) => names.has(frame.name)).map((frame) => frame.id)
    const report = await app.submit({
      request: 'light_curve',
      frames: lights,
      parameters: { target: { x: first?.x[number] ?? 0, y: first?.y[number] ?? 0 } },
    })
    return report.status
  })
  expect(status).toBe('done')
  // Masters and frames are measured after the order, when nobody waits for it.
  await expect.poll(() => page.evaluate(countUnmeasured), { timeout: 120_000 }).toBe(0)
}

test('the demonstration night, reduced, goes out as a zip, and after a reset comes back equal to the last bit', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await standInForPickers(page)
  await page.goto('./')
  await reduceDemonstration(page)
  const before = withoutLog(await fingerprint(page))
  expect(Object.keys(before).length).toBeGreaterThan(300)

  const outcome = await page.evaluate(async () => {
    const app = window.asterism
    if (app === undefined) throw new Error('no app')
    const seen: number[] = []
    const started = performance.now()
    const zip = await app.exportProject({ onProgress: ({ done, total }) => void seen.push(done / total) })
    const exported = performance.now()
    await app.reset()
    const empty = await app.query('exposures')
    const imported = performance.now()
    const report = await app.importProject(zip)
    return {
      size: zip.size,
      type: zip.type,
      progress: seen.length,
      last: seen.at(-1),
      empty: empty.length,
      report,
      seconds: [(exported - started) / 1000, (performance.now() - imported) / 1000],
    }
  })
  console.log(
    `${(outcome.size / 1e6).toFixed(0)} MB out in ${outcome.seconds[0]?.toFixed(1)} s, in again in ${outcome.seconds[1]?.toFixed(1)} s`,
  )
  expect(outcome).toMatchObject({ type: 'application/zip', last: 1, empty: 0 })
  expect(outcome.progress).toBeGreaterThan(3)
  expect(outcome.report).toMatchObject({
    kind: 'project',
    masters: 3,
    lightcurves: 1,
    conflicts: [],
    rejected: [],
  })
  expect(withoutLog(await fingerprint(page))).toEqual(before)

  // What came back works: the same order finds all of it there.
  const again = await page.evaluate(async () => {
    const curves = await window.asterism?.query('lightcurves')
    return curves?.length
  })
  expect(again).toBe(8)
})

test('by hand: saved from the settings, dropped on another page, asked, and opened', async ({
  page,
  browser,
  baseURL,
}) => {
  test.setTimeout(300_000)
  await standInForPickers(page)
  await page.goto('./')
  await reduceDemonstration(page)
  const before = withoutLog(await fingerprint(page))
  await page.getByRole('button', { name: 'Settings' }).click()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the project…' }).click()
  const path = join(tmpdir(), `asterism-${Date.now()}.zip`)
  await (await download).saveAs(path)

  const other = await browser.newContext()
  const second = await other.newPage()
  await second.goto(baseURL ?? '')
  await second.locator('input[type=file]').last().setInputFiles(path)
  const dialog = second.getByRole('dialog', { name: 'This is a whole project' })
  await expect(dialog).toBeVisible({ timeout: 30_000 })
  await expect(dialog.getByText('Light curves')).toBeVisible()
  await expectAccessible(second)
  await second.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  expect(Object.keys(withoutLog(await fingerprint(second))).length).toBe(0)
  await second.locator('input[type=file]').last().setInputFiles(path)
  await dialog.getByRole('button', { name: 'Open the project' }).click()
  const report = second.getByRole('region', { name: 'Project opened' })
  await expect(report).toBeVisible({ timeout: 60_000 })
  await expectAccessible(second)
  expect(withoutLog(await fingerprint(second))).toEqual(before)
  await report.getByRole('button', { name: 'Close' }).click()
  await expect(report).toBeHidden()

  // Opened once more into what is there: nothing is new, and nothing is lost.
  await second.getByTestId('project-file').setInputFiles(path)
  await dialog.getByRole('button', { name: 'Open the project' }).click()
  await expect(report.getByText('Here already')).toBeVisible({ timeout: 60_000 })
  expect(withoutLog(await fingerprint(second))).toEqual(before)
  await other.close()
})

/** Puts a file that was kept aside into the folder that stands for the telescope's, in two goes with a pause, as a camera does. */
const writeSlowly = (page: Page, name: string, pause: number) =>
  page.evaluate(
    async ([fileName, milliseconds]) => {
      const root = await navigator.storage.getDirectory()
      const aside = await (await root.getDirectoryHandle('aside')).getFileHandle(fileName)
      const folder = await root.getDirectoryHandle('asterism-watch', { create: true })
      const handle = await folder.getFileHandle(fileName, { create: true })
      const all = new Uint8Array(await (await aside.getFile()).arrayBuffer())
      for (const end of [Math.floor(all.length / 2), all.length]) {
        const stream = await handle.createWritable()
        await stream.write(all.slice(0, end))
        await stream.close()
        if (end < all.length) await new Promise((resolve) => setTimeout(resolve, milliseconds))
      }
    },
    [name, pause] as const,
  )

test('a watched folder: each frame once and whole, the light curve grows, a reload goes on', async ({
  page,
}) => {
  test.setTimeout(300_000)
  await standInForPickers(page)
  await page.goto('./')
  // The night is made, two of its lights are put aside, and the rest is reduced.
  const late = await page.evaluate(async () => {
    const app = window.asterism
    if (app === undefined) throw new Error('no app')
    await app.ready
    const { frames, truth } = await app.simulateNight()
    const { lights, target } = truth.truth
    const ids = lights.flatMap(
      (light) => frames.find((frame) => frame.name === light.name.split('/').at(-1))?.id ?? [],
    )
    const root = await navigator.storage.getDirectory()
    const aside = await root.getDirectoryHandle('aside', { create: true })
    const kept: string[] = []
    for (const id of ids.slice(6, 8)) {
      const stream = await (await aside.getFileHandle(`${id}.fits`, { create: true })).createWritable()
      await stream.write(await app.exportFits(id))
      await stream.close()
      kept.push(`${id}.fits`)
    }
    // Emptied and taken in again without the two: as if they were still to be taken.
    const files: File[] = []
    for (const frame of frames) {
      if (ids.slice(6).includes(frame.id)) continue
      files.push(new File([await app.exportFits(frame.id)], frame.name))
    }
    await app.reset()
    await app.ingest(files)
    const report = await app.submit({
      request: 'light_curve',
      parameters: { target: { x: lights[0]?.x[target] ?? 0, y: lights[0]?.y[target] ?? 0 } },
    })
    if (report.status !== 'done') throw new Error(JSON.stringify(report.failures))
    return kept
  })
  const points = () =>
    page.evaluate(async () => {
      const rows = (await window.asterism?.query('lightcurves')) ?? []
      const tables = Map.groupBy(rows, (row) => String(row['curve'] ?? row['table']))
      return Math.max(0, ...[...tables.values()].map((table) => table.length))
    })
  expect(await points()).toBe(6)

  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('checkbox', { name: 'Also reduce new frames' }).check()
  await page.getByRole('button', { name: 'Choose a folder to watch…' }).click()
  const state = page.getByTestId('watch-state')
  await expect(state).toContainText('Watching asterism-watch')
  await expectAccessible(page)

  const count = () => page.evaluate(async () => (await window.asterism?.query('exposures'))?.length)
  const taken = await count()
  const [first, second] = late
  if (first === undefined || second === undefined) throw new Error('no frames')
  const writing = writeSlowly(page, first, 4000)
  await expect(state).toContainText('1 still being written', { timeout: 15_000 })
  expect(await count()).toBe(taken)
  await writing
  await expect(state).toContainText('1 frame taken in', { timeout: 30_000 })
  await expect.poll(points, { timeout: 90_000 }).toBe(7)
  await waitIdle(page)

  await page.reload()
  await page.evaluate(() => window.asterism?.ready)
  await page.getByRole('button', { name: 'Settings' }).click()
  await expect(state).toContainText('Watching asterism-watch', { timeout: 30_000 })
  await writeSlowly(page, second, 10)
  await expect(state).toContainText('1 frame taken in', { timeout: 30_000 })
  await expect.poll(points, { timeout: 90_000 }).toBe(8)
  const rejected = await page.evaluate(async () => {
    const lines = (await window.asterism?.query('log')) ?? []
    return lines.filter((line) => String(line['message']).includes('was not taken in')).length
  })
  expect(rejected).toBe(0)
  await page.getByRole('button', { name: 'Stop watching' }).click()
  await expect(state).toContainText('No folder is watched.')
})

test('a folder follows the workspace, and what did not change is not written again', async ({ page }) => {
  test.setTimeout(300_000)
  await standInForPickers(page)
  await page.goto('./')
  await reduceDemonstration(page)
  await page.getByRole('button', { name: 'Settings' }).click()
  await page.getByRole('button', { name: 'Choose an empty folder…' }).click()
  const state = page.getByTestId('mirror-state')
  await expect(state).toContainText('files written at', { timeout: 90_000 })
  const list = () =>
    page.evaluate(async () => {
      const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('asterism-mirror')
      const found: Record<string, number> = {}
      const walk = async (folder: FileSystemDirectoryHandle, prefix: string): Promise<void> => {
        for await (const [name, handle] of folder.entries()) {
          if (handle.kind === 'directory') await walk(handle, `${prefix}${name}/`)
          else found[`${prefix}${name}`] = (await handle.getFile()).lastModified
        }
      }
      await walk(root, '')
      return found
    })
  const before = await list()
  const paths = Object.keys(before)
  for (const folder of [
    'raw/',
    'masterbias/',
    'masterdark/',
    'masterflat/',
    'calibration/',
    'projects/',
    'logs/',
  ])
    expect(
      paths.some((path) => path.startsWith(folder)),
      folder,
    ).toBe(true)
  expect(paths).toContain('asterism.json')

  // One order more: its records and the manifest are written, originals and masters are not.
  await page.evaluate(async () => {
    const app = window.asterism
    const rows = (await app?.query('exposures')) ?? []
    await app?.submit({ request: 'detect', frames: [String(rows.at(-1)?.['id'])] }).catch(() => undefined)
  })
  await expect
    .poll(async () => (await list())['asterism.json'], { timeout: 60_000 })
    .toBeGreaterThan(before['asterism.json'] ?? 0)
  await expect(state).toContainText('written at', { timeout: 60_000 })
  const after = await list()
  for (const path of paths.filter((each) => each.startsWith('raw/') || each.startsWith('master')))
    expect(after[path], path).toBe(before[path])
  await page.getByRole('button', { name: 'Stop', exact: true }).click()
  await expect(state).toContainText('No folder follows the workspace.')
})

test('on a small screen, in all themes and in German', async ({ page }) => {
  await standInForPickers(page)
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto('./')
  await page.getByRole('button', { name: 'Settings' }).click()
  for (const theme of ['Dark', 'Light', 'Night (red)']) {
    await page.getByRole('button', { name: theme }).click()
    await expectAccessible(page)
    const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
    expect(wide, theme).toBe(false)
  }
  await page.getByRole('button', { name: 'Deutsch' }).click()
  await expect(page.getByRole('button', { name: 'Projekt öffnen …' })).toBeVisible()

  // A disk that is nearly full: it is said which file does not fit, before anything is taken.
  await page.evaluate(() => {
    navigator.storage.estimate = () => Promise.resolve({ usage: 1e10 - 60e6, quota: 1e10 })
  })
  const files = ['fits.fits', 'too-large.fits'].map((name) => ({
    name,
    mimeType: 'application/fits',
    buffer: Buffer.alloc(20e6),
  }))
  await page.locator('input[type=file]').last().setInputFiles(files)
  const dialog = page.getByRole('dialog', { name: 'Es passt nicht alles' })
  await expect(dialog.getByRole('listitem')).toHaveText(['too-large.fits'])
  await expectAccessible(page)
  for (const button of await dialog.getByRole('button').all())
    await expect(button).toBeInViewport({ ratio: 1 })
  await dialog.getByRole('button', { name: 'Keine übernehmen' }).click()
  await expect(dialog).toBeHidden()
  expect(await page.evaluate(async () => (await window.asterism?.query('log'))?.length)).toBe(0)
})
