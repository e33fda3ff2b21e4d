import { AsterismError } from '../../../web/core/errors'
import { idleTask } from '../../../web/core/task'
import { decodeBzip2 } from '../../../web/ingest/decode-bzip2'
import { decodeLzw } from '../../../web/ingest/decode-lzw'
import { ingestInput, type IngestSink } from '../../../web/ingest'
import { unpack, type UnpackLimits } from '../../../web/ingest/unpack'
import { CORPUS } from '../fits-corpus'
import { mutateArchive } from '../mutate-archive'
import { mutateBytes, spliceBytes } from '../mutate-bytes'
import { mutateFits } from '../mutate-fits'
import { ARCHIVES, BZIPPED, COMPRESSED, FOREIGN, GZIPPED, TEXT_TABLES } from '../packed-corpus'
import { chance, pick } from '../pick'
import type { Random } from '../../../web/science/math/random'
import { promise, type FuzzTarget } from '../target'

const LIMITS: UnpackLimits = { maxEntries: 50, maxEntryBytes: 2 ** 20, maxTotalBytes: 2 ** 21 }

const isExpected = (error: unknown): boolean => error instanceof AsterismError && error.code !== 'unexpected'

/** All that comes out of a dropped file stays within the limits, and what does not come out is explained. */
const drainFile = async (input: Uint8Array<ArrayBuffer>): Promise<void> => {
  let [count, total] = [0, 0]
  for await (const item of unpack({ path: 'a/night.fits', blob: new Blob([input]) }, idleTask(), LIMITS)) {
    if ('error' in item) {
      if (!isExpected(item.error)) throw item.error
      continue
    }
    count++
    total += item.bytes.length
    promise(!/(?:^|\/)\.\.(?:\/|$)/.test(item.path), `a path leads out of the archive: ${item.path}`)
    promise(item.bytes.length <= LIMITS.maxEntryBytes, `${item.bytes.length} bytes came out`)
  }
  promise(
    count <= LIMITS.maxEntries && total <= LIMITS.maxTotalBytes,
    `${count} files of ${total} bytes came out`,
  )
}

const hurt = (random: Random, corpus: readonly Uint8Array[]): Uint8Array<ArrayBuffer> =>
  chance(random, 0.95)
    ? mutateBytes(random, pick(random, corpus))
    : spliceBytes(random, pick(random, corpus), pick(random, corpus))

export const gzips: FuzzTarget = {
  name: 'gzip',
  make: (random) => hurt(random, GZIPPED),
  run: drainFile,
}

export const archives: FuzzTarget = {
  name: 'archives',
  make: (random) =>
    chance(random, 0.6) ? mutateArchive(random, pick(random, ARCHIVES)) : hurt(random, ARCHIVES),
  run: drainFile,
}

const MOST_BYTES = 2 ** 20

/** A decoder may throw what it likes where its caller turns it into words, but it has to come to an end. */
const drainDecoder = (pieces: Iterable<Uint8Array>): void => {
  let length = 0
  try {
    for (const piece of pieces) {
      length += piece.length
      if (length > MOST_BYTES) return
    }
  } catch (error) {
    const known = error instanceof Error && /^(?:bzip2|LZW) data: /.test(error.message)
    if (!known) throw error
  }
}

export const bzip2: FuzzTarget = {
  name: 'bzip2',
  make: (random) => hurt(random, BZIPPED),
  run: (input) => drainDecoder(decodeBzip2(input)),
}

export const lzw: FuzzTarget = {
  name: 'lzw',
  make: (random) => hurt(random, COMPRESSED),
  run: (input) => drainDecoder(decodeLzw(input)),
}

const sink: IngestSink = { has: () => Promise.resolve(null), save: () => Promise.resolve() }

const OTHERS = [...FOREIGN, ...TEXT_TABLES].map(({ bytes }) => bytes)

/** A dropped file all the way to what would be stored. */
export const intake: FuzzTarget = {
  name: 'intake',
  make: (random) => {
    const kind = random.integer(4)
    if (kind < 2) return mutateFits(random, CORPUS)
    return hurt(random, pick(random, [GZIPPED, BZIPPED, COMPRESSED, ARCHIVES, OTHERS, OTHERS]))
  },
  run: async (input) => {
    const file = { path: 'a/night.fits', blob: new Blob([input]), batch: 'batch' }
    const { frames, rejected } = await ingestInput(file, sink, idleTask(), LIMITS)
    for (const { code, reason } of rejected) {
      promise(code !== 'unexpected', `a file is rejected for an error of ours: ${reason}`)
      promise(reason.length > 20, `a file is rejected without a reason: ${reason}`)
    }
    for (const { width, height } of frames)
      promise(width > 0 && height > 0, `a frame of ${width} x ${height}`)
  },
}
