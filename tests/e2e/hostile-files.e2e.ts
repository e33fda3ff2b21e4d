import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { zipSync } from 'fflate'
import { createRandom } from '../../web/science/math/random'
import { makeBombs } from '../fuzz/bombs'
import { CORPUS } from '../fuzz/fits-corpus'
import { mutateBytes } from '../fuzz/mutate-bytes'
import { mutateFits } from '../fuzz/mutate-fits'
import { ARCHIVES, BZIPPED, COMPRESSED, GZIPPED } from '../fuzz/packed-corpus'
import { pick } from '../fuzz/pick'
import { makeFrame } from '../science/fits/make-fits'
import { expect, test } from '../support/app-page'
import { watchMemory } from '../support/browser-memory'
import { dropFiles, waitIdle } from '../support/drive-app'

const SEED = 4
const HOSTILE = 240
const PACKED = 80
const GOOD = 6
/** Milliseconds that the page may be deaf. */
const LONGEST_STALL = 1000

interface Stalls {
  longestTask: number
  longestGap: number
}

/** Writes down in the page how long it was deaf: tasks that held its thread, and pictures that did not come. */
const watchStalls = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const stalls = { longestTask: 0, longestGap: 0 }
    Object.assign(globalThis, { stalls })
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries())
        stalls.longestTask = Math.max(stalls.longestTask, duration)
    }).observe({ type: 'longtask' })
    let last = performance.now()
    const tick = (): void => {
      const now = performance.now()
      stalls.longestGap = Math.max(stalls.longestGap, now - last)
      last = now
      requestAnimationFrame(tick)
    }
    requestAnimationFrame(tick)
  })

const readStalls = (page: Page): Promise<Stalls> =>
  page.evaluate(() => (globalThis as unknown as { stalls: Stalls }).stalls)

const good = (number: number): Uint8Array =>
  makeFrame([
    "IMAGETYP= 'Light Frame'",
    `OBJECT  = 'GOOD ${number}'`,
    "DATE-OBS= '2025-01-01T22:00:00'",
    'EXPTIME = 30.0',
  ])

const folder = mkdtempSync(join(tmpdir(), 'hostile-'))
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

const write = (name: string, bytes: Uint8Array): string => {
  const path = join(folder, name)
  writeFileSync(path, bytes)
  return path
}

const namesOfFrames = (page: Page): Promise<string[]> =>
  page.evaluate(async () =>
    ((await window.asterism?.query('exposures')) ?? []).map((row) => String(row['name'])),
  )

const expectWords = (rejected: readonly { readonly name: string; readonly reason: string }[]): void => {
  for (const { name, reason } of rejected) {
    expect(reason.length, name).toBeGreaterThan(20)
    // So begins the sentence for an error of ours that nobody foresaw.
    expect(reason, name).not.toMatch(/^The file could not be read:/)
  }
}

const readRejected = (page: Page): Promise<{ name: string; reason: string }[]> =>
  page.locator('details[open] li').evaluateAll((items) =>
    items.map((item) => ({
      name: item.querySelector('b')?.textContent ?? '',
      reason: item.querySelector('span')?.textContent ?? '',
    })),
  )

test(`${HOSTILE + PACKED} hostile files and ${GOOD} good ones: the good come in, the bad are named, the page answers`, async ({
  page,
}) => {
  const random = createRandom(`hostile files ${SEED}`)
  const names: string[] = []
  const paths: string[] = []
  for (let number = 0; number < HOSTILE; number++) {
    names.push(`hostile-${number}.fits`)
    paths.push(write(`hostile-${number}.fits`, mutateFits(random, CORPUS)))
    if (number % (HOSTILE / GOOD) === 0) paths.push(write(`good-${number}.fits`, good(number)))
  }
  for (let number = 0; number < PACKED; number++) {
    const corpus = pick(random, [GZIPPED, BZIPPED, COMPRESSED, ARCHIVES])
    paths.push(write(`packed-${number}.bin`, mutateBytes(random, pick(random, corpus))))
  }
  await page.goto('./')
  await watchStalls(page)
  await dropFiles(page, paths)
  await waitIdle(page)
  const rejected = await readRejected(page)
  expectWords(rejected)
  const frames = await namesOfFrames(page)
  expect(frames.filter((name) => name.startsWith('good-'))).toHaveLength(GOOD)
  // Each is here or named, but for such as are alike to the last byte.
  const known = new Set([...frames, ...rejected.map(({ name }) => name)])
  const lost = names.filter((name) => !known.has(name))
  expect(lost.length).toBeLessThan(HOSTILE / 10)
  const stalls = await readStalls(page)
  console.log(
    `${paths.length} files, ${rejected.length} refused; longest task ${stalls.longestTask.toFixed(0)} ms, longest gap ${stalls.longestGap.toFixed(0)} ms`,
  )
  expect(stalls.longestTask).toBeLessThan(LONGEST_STALL)
  expect(stalls.longestGap).toBeLessThan(LONGEST_STALL)
})

test('bombs do not go off: each is refused in words, memory stays bounded, and the app goes on', async ({
  page,
  browser,
}) => {
  // A gigabyte of zeros behind a good header has to be unpacked before it is too much.
  test.setTimeout(300_000)
  const bombs = makeBombs()
  const crowd = zipSync(
    Object.fromEntries(
      Array.from({ length: 3000 }, (_, number) => [`${number}.fits`, Uint8Array.of(number & 255, 1)]),
    ),
    { level: 0 },
  )
  const paths = [...bombs.map(({ name, bytes }) => write(name, bytes)), write('many-bad.zip', crowd)]
  paths.splice(3, 0, write('good-1.fits', good(1)))
  await page.goto('./')
  await watchStalls(page)
  const memory = await watchMemory(browser, async () => {
    await dropFiles(page, paths)
    // Zips are looked into first: one of them may be a project.
    await expect(page.locator('details[open] li').first()).toBeVisible({ timeout: 180_000 })
    await waitIdle(page, 180_000)
  })
  const rejected = await readRejected(page)
  expectWords(rejected)
  const said = rejected.map(({ name }) => name).join('\n')
  // A table whose cells point outside comes in with those empty.
  for (const { name } of bombs.filter((bomb) => bomb.name !== 'everywhere.fits'))
    expect(said).toContain(name.split('.')[0])
  expect(await namesOfFrames(page)).toEqual(['good-1.fits'])
  const stalls = await readStalls(page)
  const megabytes = Math.round(memory.peak / 2 ** 20)
  console.log(
    `bombs: longest task ${stalls.longestTask.toFixed(0)} ms, longest gap ${stalls.longestGap.toFixed(0)} ms, ${megabytes} MB`,
  )
  expect(stalls.longestTask).toBeLessThan(LONGEST_STALL)
  expect(stalls.longestGap).toBeLessThan(LONGEST_STALL)
  // One file of a gigabyte at a time, in pieces that are collected and in those that the browser has not let go of yet.
  expect(memory.peak - memory.before).toBeLessThan(4 * 2 ** 30)
  await dropFiles(page, [write('good-2.fits', good(2))])
  await waitIdle(page)
  await expect(page.getByTestId('next')).toHaveText('Calibrate 2 frames')
})
