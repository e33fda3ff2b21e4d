/// <reference lib="dom" />
/** What runs in the page to see when a picture is there and how even its frames are. Sent there as text, as page-driver. */

/**
 * @typedef {object} Watch
 * @property {number | null} drop time of the drop event, milliseconds
 * @property {number | null} shown time of the first frame after the picture was drawn
 * @property {number | null} polled time of the first frame on which the canvas was seen to hold a picture
 * @property {boolean} blank the canvas held nothing although a picture was announced
 * @property {number[]} frames times of animation frames
 *
 * @typedef {Window & { benchWatch: Watch, benchFrames: boolean }} WatchedPage
 */

/**
 * Before the page's own scripts: listens for the drop, and for the mark that the viewer sets when a first picture is on
 * its canvas. It also looks at the canvas itself in each frame, for a page that sets no mark.
 */
export const startWatch = () => {
  /** @type {Watch} */
  const watch = { drop: null, shown: null, polled: null, blank: false, frames: [] }
  const page = /** @type {WatchedPage} */ (/** @type {unknown} */ (window))
  page.benchWatch = watch

  /** True of a picture, false of a canvas of one colour, null where it cannot be read. */
  const holdsPicture = () => {
    const canvas = document.querySelector('[role="application"] canvas:not([hidden])')
    if (!(canvas instanceof HTMLCanvasElement) || canvas.width === 0) return false
    if (canvas.getContext('2d') === null) return null
    const context = new OffscreenCanvas(32, 32).getContext('2d')
    context?.drawImage(canvas, 0, 0, 32, 32)
    const bytes = context?.getImageData(0, 0, 32, 32).data ?? new Uint8ClampedArray()
    const greens = bytes.filter((_, index) => index % 4 === 1)
    return Math.max(...greens) - Math.min(...greens) > 8
  }
  const look = () => {
    if (watch.shown !== null) return
    if (holdsPicture() === true) watch.polled = performance.now()
    else requestAnimationFrame(look)
  }
  window.addEventListener(
    'drop',
    (event) => {
      watch.drop = event.timeStamp
      requestAnimationFrame(look)
    },
    { capture: true },
  )
  const mark = performance.mark.bind(performance)
  performance.mark = (name, options) => {
    if (name === 'asterism:first-picture' && watch.drop !== null && watch.shown === null) {
      watch.shown = Infinity
      requestAnimationFrame(() => {
        watch.shown = performance.now()
        watch.blank = holdsPicture() === false
      })
    }
    return mark(name, options)
  }
}

/** Milliseconds from the drop to the picture, null as long as there is none. */
export const readWatch = () => {
  const { drop, shown, polled, blank } = /** @type {WatchedPage} */ (/** @type {unknown} */ (window))
    .benchWatch
  const at = shown ?? polled
  return drop === null || at === null || at === Infinity
    ? null
    : { milliseconds: at - drop, marked: shown !== null, blank }
}

export const startFrames = () => {
  const page = /** @type {WatchedPage} */ (/** @type {unknown} */ (window))
  page.benchFrames = true
  page.benchWatch.frames = []
  const note = (/** @type {number} */ time) => {
    page.benchWatch.frames.push(time)
    if (page.benchFrames) requestAnimationFrame(note)
  }
  requestAnimationFrame(note)
}

/** Milliseconds between the frames since `startFrames`. */
export const stopFrames = () => {
  const page = /** @type {WatchedPage} */ (/** @type {unknown} */ (window))
  page.benchFrames = false
  const { frames } = page.benchWatch
  return frames.slice(1).map((time, index) => time - (frames[index] ?? time))
}
