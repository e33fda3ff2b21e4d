/** What the page may load and run. Frames are fetched from any https address, and from a companion on this machine. */
const DIRECTIVES = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
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
