import { createHash } from 'node:crypto'

/**
 * The two style sheets that React Aria adds to the page by itself (no double-tap zoom on what can be pressed; no scroll
 * of the page behind a dialog on iOS). They are allowed by their hash, so that 'unsafe-inline' is not needed.
 * When a new version changes its text, the smoke test reports the violation.
 */
const REACT_ARIA_STYLES = [
  `@layer {
  [data-react-aria-pressable] {
    touch-action: pan-x pan-y pinch-zoom;
  }
}`,
  `@layer {
  * {
    overscroll-behavior: contain;
  }
}`,
]

/** @param {string} text */
const hashSource = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** What the page may load and run. Frames are fetched from any https address, and from a companion on this machine. */
const DIRECTIVES = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'", ...REACT_ARIA_STYLES.map(hashSource)],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'", 'https:', 'http://127.0.0.1:*', 'http://localhost:*'],
  'worker-src': ["'self'"],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
}

/** @param {Record<string, string[]>} directives */
const join = (directives) =>
  Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ')

/** For `<meta http-equiv>`, which has no frame-ancestors: works on a host that sends no headers. */
export const metaPolicy = () => join(DIRECTIVES)

/** For the header of our own server. */
export const headerPolicy = () => join({ ...DIRECTIVES, 'frame-ancestors': ["'self'"] })
