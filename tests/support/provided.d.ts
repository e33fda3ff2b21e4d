import 'vitest'

declare module 'vitest' {
  /** What the runner hands to tests in a browser, where there is no environment to read. */
  interface ProvidedContext {
    /** REQUIRE_ALL=1: what is missing fails instead of being skipped. */
    requireAll: boolean
  }
}
