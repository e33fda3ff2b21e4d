import { AsterismError } from '../../web/core/errors'
import type { PieceSink, PixelStore } from '../../web/storage/pixels'
import { openFilePixels } from '../../web/storage/pixels-opfs'
import { openWorkspace } from '../../web/storage/workspace'

/** A pixel store that lives in a worker, for tests: one message asks, one answers. */
export interface StoreCall {
  readonly number: number
  readonly method:
    | 'open'
    | 'write-piece'
    | 'close-pieces'
    | 'write-for-ever'
    | 'backend'
    | Exclude<keyof PixelStore, 'kind' | 'close'>
  readonly parameters: readonly unknown[]
}

let store: PixelStore | null = null
const sinks: PieceSink[] = []

const writeForEver = async (into: PixelStore, length: number): Promise<never> => {
  const bytes = new Uint8Array(length)
  for (let round = 0; ; round++) await into.write(`round-${round % 7}`, bytes.fill((round % 255) + 1))
}

const answer = async ({ method, parameters }: StoreCall): Promise<unknown> => {
  const [first, second, third] = parameters
  if (method === 'backend') {
    const workspace = await openWorkspace({ name: String(first) })
    const { kind } = workspace.pixels
    workspace.close()
    return kind
  }
  if (method === 'open') {
    store = await openFilePixels(String(first))
    return undefined
  }
  if (store === null) throw new Error('not open')
  switch (method) {
    case 'write':
      return store.write(String(first), second as Uint8Array)
    case 'read':
      return store.read(String(first), second as number | undefined, third as number | undefined)
    case 'readInto': {
      // What a worker fills in its own memory is sent back.
      const target = new Uint8Array(Number(third))
      await store.readInto(String(first), Number(second), target)
      return target
    }
    case 'openPieces': {
      // A sink cannot cross threads: it stays here under a number.
      sinks.push(await store.openPieces(String(first)))
      return sinks.length - 1
    }
    case 'write-piece':
      return sinks[Number(first)]?.write(Number(second), third as Uint8Array)
    case 'close-pieces':
      return sinks[Number(first)]?.close()
    case 'sealPieces':
      return store.sealPieces(String(first), Number(second))
    case 'has':
    case 'delete':
    case 'size':
      return store[method](String(first))
    case 'list':
      return store.list()
    case 'write-for-ever':
      return writeForEver(store, Number(first))
    default:
      throw new Error(`no method ${String(method satisfies never)}`)
  }
}

self.addEventListener('message', (event: MessageEvent<StoreCall>) => {
  const { number } = event.data
  void answer(event.data).then(
    (result) => self.postMessage({ number, result }),
    (error: unknown) => {
      const { code, message, context } =
        error instanceof AsterismError ? error : new AsterismError('unexpected', String(error))
      self.postMessage({ number, failure: { code, message, context } })
    },
  )
})
