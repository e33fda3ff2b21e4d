import { expect, expectAccessible, test } from '../support/app-page'
import { clickPixel, dropFiles, waitIdle } from '../support/drive-app'
import { makeShortNight } from '../support/short-night'

const { files } = makeShortNight({ counts: { bias: 4, dark: 4, flat: 4, light: 2 } })

test('a map of bad pixels is looked at by kind, marked by hand, saved as a new one, used, and laid over frames', async ({
  page,
}) => {
  test.setTimeout(240_000)
  page.setDefaultTimeout(20_000)
  await page.goto('./')
  await dropFiles(page, files)
  await waitIdle(page)
  await page.evaluate(async () =>
    window.asterism?.submit({ request: 'calibrate_file_batch', parameters: { badPixels: 'mask' } }),
  )
  await waitIdle(page)
  const readMaps = () =>
    page.evaluate(async () => {
      const rows = (await window.asterism?.query('masters', { kind: 'master-bad-pixels' })) ?? []
      return rows.map((row) => ({
        id: String(row['id']),
        bad: row['badPixels'] as { counts: Record<string, number>; edits: number },
      }))
    })
  const [before] = await readMaps()

  const editor = page.getByRole('region', { name: 'Bad pixels' })
  await test.step('it is in the library of masters, and opens from there', async () => {
    await page.getByRole('button', { name: 'Masters', exact: true }).click()
    const dot = page.locator('[data-master][data-kind="master-bad-pixels"]')
    await expect(dot).toHaveAttribute('aria-label', /Map of bad pixels, .* bad pixels, would be taken/)
    await dot.click()
    await expect(page.getByText('marked by hand')).toBeVisible()
    await page.screenshot({ path: 'tests/e2e/output/bad-pixels-masters.png' })
    await page.getByRole('button', { name: 'Open the picture' }).click()
    await expect(editor).toBeVisible()
  })

  await test.step('kinds have colours, counts and a switch each', async () => {
    const hot = editor.locator('[data-kind="hot"]')
    await expect(hot).toContainText((before?.bad.counts['hot'] ?? -1).toLocaleString('en'))
    await expect(hot).toHaveAttribute('aria-pressed', 'true')
    await hot.click()
    await expect(hot).toHaveAttribute('aria-pressed', 'false')
    await hot.click()
    for (const theme of ['light', 'night', 'dark']) {
      await page.evaluate((name) => {
        document.documentElement.dataset['theme'] = name
      }, theme)
      await expectAccessible(page)
      await page.screenshot({ path: `tests/e2e/output/bad-pixels-${theme}.png` })
    }
  })

  const marks = editor.getByRole('list', { name: 'Marked and not saved' })
  await test.step('pixels are marked by click, drag and keys, and taken back', async () => {
    await editor.getByRole('button', { name: 'Mark bad' }).click()
    await clickPixel(page, { x: 300, y: 200 })
    await expect(marks.locator('li')).toHaveCount(1)
    await editor.getByLabel('What a click or a drag marks').selectOption('whole columns')
    await clickPixel(page, { x: 500, y: 300 })
    await expect(marks).toContainText('bad: column')
    await editor.getByLabel('What a click or a drag marks').selectOption('a line')
    const box = await page.getByRole('application').boundingBox()
    if (box === null) throw new Error('no picture')
    await page.mouse.move(box.x + 0.3 * box.width, box.y + 0.6 * box.height)
    await page.mouse.down()
    await page.mouse.move(box.x + 0.4 * box.width, box.y + 0.65 * box.height, { steps: 4 })
    await page.screenshot({ path: 'tests/e2e/output/bad-pixels-line.png' })
    await page.mouse.up()
    await expect(marks).toContainText('bad: line')
    await editor.getByLabel('What a click or a drag marks').selectOption('pixels, a box')
    await page.getByRole('application').focus()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Shift+ArrowRight')
    await page.keyboard.press('ArrowUp')
    await expect(editor.getByRole('status')).toContainText('x 460, y 351')
    await page.keyboard.press('b')
    await expect(marks).toContainText('bad: pixel 460, 351')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('g')
    await expect(marks).toContainText('good: pixel 460, 352')
    await page.keyboard.press('Control+z')
    await expect(marks.locator('li')).toHaveCount(4)
    await editor.getByRole('button', { name: /^Take back bad: line/ }).click()
    await expect(marks.locator('li')).toHaveCount(3)
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/bad-pixels-marked.png' })
  })

  await test.step('it is used for the lights, and what is saved takes its place', async () => {
    await editor.getByRole('button', { name: 'Use this map' }).click()
    await expect(editor.getByRole('button', { name: 'This map is used' })).toHaveAttribute(
      'aria-pressed',
      'true',
    )
    await editor.getByRole('button', { name: 'Save 3 marks' }).click()
    await expect(marks).toHaveCount(0)
    await expect(editor.locator('[data-kind="person"]')).not.toContainText(/^marked by hand0$/)
    const maps = await readMaps()
    expect(maps).toHaveLength(2)
    const edited = maps.find(({ id }) => id !== before?.id)
    // A column of 700 pixels and two more, less those that were bad before.
    expect(edited?.bad.counts['person']).toBeGreaterThan(680)
    expect(edited?.bad.counts['person']).toBeLessThanOrEqual(702)
    await expect(editor.getByRole('button', { name: 'This map is used' })).toBeVisible()
    await page.getByRole('button', { name: 'Calibrate', exact: true }).click()
    await page.getByRole('button', { name: /^Calibrate \d+ lights/ }).click()
    await waitIdle(page)
    const used = await page.evaluate(async () =>
      ((await window.asterism?.query('reduced')) ?? []).map((row) =>
        JSON.stringify(row['calibration'] ?? row),
      ),
    )
    expect(used.filter((row) => row.includes(edited?.id ?? '?')).length).toBeGreaterThanOrEqual(2)
  })

  await test.step('it lies over any frame of its camera, and marks made there are its own', async () => {
    await page.getByRole('button', { name: 'Image', exact: true }).click()
    await page.getByRole('listbox', { name: 'Frames' }).getByRole('option').first().click()
    const maps = await readMaps()
    const edited = maps.find(({ id }) => id !== before?.id)
    await page.getByLabel('Bad pixels over the frame').selectOption(edited?.id ?? '')
    await expect(editor).toBeVisible()
    await editor.getByRole('button', { name: 'Mark good' }).click()
    await clickPixel(page, { x: 300, y: 200 })
    await expect(marks).toContainText('good: pixel 300, 200')
    await page.screenshot({ path: 'tests/e2e/output/bad-pixels-over.png' })
    await page.setViewportSize({ width: 390, height: 844 })
    await expectAccessible(page)
    await page.screenshot({ path: 'tests/e2e/output/bad-pixels-390.png' })
  })
})
