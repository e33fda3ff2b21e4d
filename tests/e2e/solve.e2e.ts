import { requireShared } from '../support/shared-data'
import { expect, test } from '../support/app-page'
import { dropFiles, listFolder, waitIdle } from '../support/drive-app'

const folder = requireShared('hatp32_transit/HatP32Dec202017')

test.skip(folder === null, 'the data set hatp32_transit is not beside this clone')

test('a series is solved in the tab, cancelled and taken up again, and once more without a net', async ({
  page,
  context,
}) => {
  test.setTimeout(240_000)
  await page.goto('./')
  const night = listFolder(folder ?? '')
  await dropFiles(
    page,
    night.filter((_, index) => index % 6 === 0),
  )
  await expect(page.getByTestId('next')).toHaveText('Calibrate 24 frames', { timeout: 60_000 })
  await waitIdle(page)

  // Cancelled when the first frames have ended: what is solved stays, and the same order goes on from there.
  const cancelled = await page.evaluate(async () => {
    const controller = new AbortController()
    const error = await window.asterism
      ?.submit(
        { id: 'order-solve', request: 'solve' },
        {
          signal: controller.signal,
          onProgress: ({ label, done }) => {
            if (label === 'solve-frame' && done > 30) controller.abort()
          },
        },
      )
      .then(
        () => 'ended',
        (thrown: Error) => thrown.name,
      )
    return { error, solved: (await window.asterism?.query('solutions'))?.length ?? 0 }
  })
  expect(cancelled.error).toBe('AbortError')
  expect(cancelled.solved).toBeGreaterThan(0)
  expect(cancelled.solved).toBeLessThan(24)

  const resumed = await page.evaluate(async () => {
    let told = 0
    let last = { done: 0, total: 0 }
    const report = await window.asterism?.submit(
      { request: 'resume_file_batch', parameters: { order: 'order-solve' } },
      {
        onProgress: (progress) => {
          told++
          last = progress
        },
      },
    )
    return { report, told, last }
  })
  expect(resumed.report).toMatchObject({ status: 'done', failures: [] })
  expect(resumed.told).toBeGreaterThan(10)
  expect(resumed.last.done).toBe(resumed.last.total)
  const solved = resumed.report?.result['solved'] as { scale: number; rms: number; matched: number }[]
  expect(solved).toHaveLength(24)
  for (const { scale, rms, matched } of solved) {
    expect(Math.abs(scale - 5.168)).toBeLessThan(0.006)
    expect(rms).toBeLessThan(1.5)
    expect(matched).toBeGreaterThan(25)
  }

  // The tiles are kept by the browser: with the catalogue out of reach new workers solve a frame of that field all the same.
  await context.route('**/catalogue/**', (route) => route.abort())
  await page.evaluate(() => window.asterism?.reset())
  await dropFiles(page, night.slice(0, 1))
  await expect(page.getByTestId('next')).toHaveText('Calibrate 1 frame', { timeout: 60_000 })
  await waitIdle(page)
  const kept = await page.evaluate(() => window.asterism?.submit({ request: 'solve' }))
  expect(kept).toMatchObject({ status: 'done', failures: [] })
  // A field that was never asked for is told in words.
  const missing = await page.evaluate(() =>
    window.asterism?.submit({
      request: 'solve',
      parameters: { center: { ra: 200, dec: -40 }, blind: false },
    }),
  )
  expect(missing).toMatchObject({ status: 'failed', failures: [{ code: 'fetch-network' }] })
  expect(missing?.failures[0]?.reason).toContain('Connect to the net once')
})

test('a frame of which nothing is known is found over the whole sky, and a search can be stopped', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await page.goto('./')
  await dropFiles(page, listFolder(folder ?? '').slice(0, 1))
  await expect(page.getByTestId('next')).toHaveText('Calibrate 1 frame', { timeout: 60_000 })
  await waitIdle(page)
  const report = await page.evaluate(() =>
    window.asterism?.submit({ request: 'solve', parameters: { blind: true, scale: [1, 20] } }),
  )
  expect(report).toMatchObject({ status: 'done' })
  expect(report?.result).toMatchObject({ solved: [{ hint: 'blind' }] })
  const [place] = (report?.result['solved'] ?? []) as {
    center: { ra: number; dec: number }
    seconds: number
  }[]
  console.log(`blind: ${place?.seconds.toFixed(2)} s`)
  expect(Math.abs((place?.center.ra ?? 0) - 31.2486) * 3600).toBeLessThan(5)
  expect(Math.abs((place?.center.dec ?? 0) - 46.7409) * 3600).toBeLessThan(3)

  const stopped = await page.evaluate(async () => {
    const controller = new AbortController()
    const began = performance.now()
    setTimeout(() => controller.abort(), 1500)
    const error = await window.asterism
      ?.submit(
        // Scales that are none of this frame's: the search would go on until its time is over.
        { request: 'solve', parameters: { blind: true, scale: [20, 100] } },
        { signal: controller.signal },
      )
      .then(
        () => 'ended',
        (thrown: Error) => thrown.name,
      )
    return { error, took: performance.now() - began }
  })
  expect(stopped.took).toBeLessThan(6000)
  // It may have given up by itself before.
  expect(['AbortError', 'ended']).toContain(stopped.error)
})
