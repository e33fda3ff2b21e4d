/** This tab's claim to be the one that writes. */
export interface WriterClaim {
  /** As far as is known now; false until the lock has answered. */
  readonly canWrite: boolean
  /** Resolves once it is known whether this tab writes, at once or after another one. */
  readonly settled: Promise<boolean>
  /** Takes the right away from a tab that hangs; that tab is told. */
  takeOver(): Promise<void>
  release(): void
}

/**
 * One tab writes at a time. The first to come gets the right; the others wait in line and are told when it is their turn.
 * Where the browser has no locks, every tab may write, as there is no way to know of the others.
 */
export const claimWriter = (
  onChange: (canWrite: boolean) => void,
  options: { readonly name?: string } = {},
): WriterClaim => {
  const name = options.name ?? 'asterism-writer'
  const locks = typeof navigator === 'undefined' ? undefined : (navigator as { locks?: LockManager }).locks
  let canWrite = locks === undefined
  let released = false
  let letGo: () => void = () => undefined
  let waiting = new AbortController()
  const { promise: settled, resolve: settle } = Promise.withResolvers<boolean>()

  const become = (writes: boolean): void => {
    const changed = writes !== canWrite
    canWrite = writes
    settle(writes)
    if (changed && !released) onChange(writes)
  }

  /** A lock stays held as long as the promise that its callback gave is open. */
  const keep = async (): Promise<void> => {
    if (released) return
    const { promise, resolve } = Promise.withResolvers<void>()
    letGo = resolve
    become(true)
    await promise
  }

  const waitInLine = (): void => {
    waiting = new AbortController()
    const { signal } = waiting
    locks?.request(name, { signal }, keep).catch(() => {
      if (!signal.aborted) lose()
    })
  }

  /** Another tab took the lock over: this one follows from now on, and is next in line. */
  const lose = (): void => {
    if (released) return
    become(false)
    waitInLine()
  }

  if (locks === undefined) settle(true)
  else {
    locks
      .request(name, { ifAvailable: true }, async (lock) => {
        if (lock !== null) return keep()
        become(false)
        waitInLine()
        return undefined
      })
      .catch(lose)
  }

  return {
    get canWrite() {
      return canWrite
    },
    settled,
    takeOver: async () => {
      if (locks === undefined || canWrite || released) return
      waiting.abort()
      const { promise: taken, resolve } = Promise.withResolvers<void>()
      locks
        .request(name, { steal: true }, () => {
          resolve()
          return keep()
        })
        .catch(lose)
      await taken
    },
    release: () => {
      released = true
      canWrite = false
      waiting.abort()
      letGo()
    },
  }
}
