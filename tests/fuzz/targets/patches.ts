import { applyPatch, packPatch, unpackPatch } from '../../../web/pipeline/strips/pixel-patch'
import { mutateBytes } from '../mutate-bytes'
import { promise, type FuzzTarget } from '../target'

const SIDE = 64

/** Pixels that were replaced in a frame, as bytes that may have come with a project: put in place, some rows at a time. */
export const patches: FuzzTarget = {
  name: 'patches',
  make: (random) => {
    const count = random.integer(30)
    const indices = Uint32Array.from({ length: count }, () => random.integer(SIDE * SIDE)).sort()
    return mutateBytes(
      random,
      packPatch({ indices, values: Float32Array.from(indices, (index) => index / 7) }),
    )
  },
  run: (input) => {
    const patch = unpackPatch(input)
    promise(patch.indices.length === patch.values.length, 'not a value for each pixel')
    promise(8 * patch.indices.length + 4 <= input.length, 'more pixels than bytes')
    for (const first of [0, SIDE, SIDE * (SIDE - 1)]) {
      const rows = new Float32Array(2 * SIDE)
      applyPatch(patch, { first, scale: 2 }, rows)
      promise(Object.keys(rows).length === rows.length, 'a value was put beside the pixels')
    }
  },
}
