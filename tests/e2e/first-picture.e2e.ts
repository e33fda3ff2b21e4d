import { fileURLToPath } from 'node:url'
import { openTinyFrames } from '../../scripts/bench/open-frames.mjs'
import { expect, test } from '../support/app-page'
import { dropFiles, waitIdle } from '../support/drive-app'

const { small, picture } = openTinyFrames(fileURLToPath(new URL('../..', import.meta.url)))

/** Notes what the page shows at the moment when a first picture is on the canvas, and whether it is a provisional one. */
const noteFirstPicture = (): void => {
  const mark = performance.mark.bind(performance)
  performance.mark = (name, options) => {
    if (name === 'asterism:first-picture') {
      const provisional = document.querySelector('[data-provisional="true"]') !== null
      document.documentElement.dataset['first'] ??= provisional ? 'provisional' : 'whole'
    }
    return mark(name, options)
  }
}

test('the picture of a dropped file is there before the file is taken in, and then gives way to the frame', async ({
  page,
}) => {
  await page.addInitScript(noteFirstPicture)
  await page.goto('./')
  await dropFiles(page, [picture])
  await expect(page.getByRole('application')).toBeVisible()
  await waitIdle(page)
  await expect(page.locator('html')).toHaveAttribute('data-first', 'provisional')
  await expect(page.locator('[data-provisional="true"]')).toHaveCount(0)
  // Values can be read off only now, and they are the frame's own.
  await page.getByRole('application').hover()
  await expect(page.locator('[data-readout="position"]')).toBeVisible()
})

test('a file that is no frame shows no picture, and says why', async ({ page }) => {
  await page.goto('./')
  await dropFiles(page, [
    {
      name: 'broken.fits',
      mimeType: 'application/fits',
      buffer: Buffer.from('SIMPLE  =                    T'),
    },
  ])
  await waitIdle(page)
  await expect(page.locator('summary', { hasText: '1 file was not taken in' })).toBeVisible()
  await expect(page.getByRole('application')).toHaveCount(0)
})

test('who looks at a frame goes on looking at it when others come', async ({ page }) => {
  const [first = '', second = ''] = small.frames.light
  await page.goto('./')
  await dropFiles(page, [first])
  await waitIdle(page)
  const surface = page.getByRole('application')
  await expect(surface).toBeVisible()
  const label = await surface.getAttribute('aria-label')
  await dropFiles(page, [second])
  await waitIdle(page)
  await expect(surface).toHaveAttribute('aria-label', label ?? '')
})
