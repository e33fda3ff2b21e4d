import { describe, expect, test } from 'vitest'
import { cleanCosmicRays, type CosmicRayParameters } from '../../../web/science/calibration/cosmic-rays'
import golden from '../../golden/calibration/cosmic-rays-frames.json'
import { readGzippedImage } from '../../support/read-gzipped-image'
import { requireShared } from '../../support/shared-data'

describe(`whole real frames against astroscrappy ${golden.versions.astroscrappy}`, () => {
  test.for(golden.cases)('$frame, $parameters', ({ frame, parameters, steps, cleaned }, { skip }) => {
    const path = requireShared(frame)
    skip(path === null)
    const { width, height, data } = readGzippedImage(path!)
    const output = { data: new Float32Array(data.length), mask: new Uint8Array(data.length) }
    const options = { ...parameters, width, height } as CosmicRayParameters
    cleanCosmicRays({ data }, options, output)
    const wanted = new Set<number>()
    let pixel = 0
    for (const step of steps) wanted.add((pixel += step))
    let [differing, sum] = [0, 0]
    output.mask.forEach((flag, i) => {
      if ((flag === 1) !== wanted.has(i)) differing++
      if (flag === 1) sum += output.data[i]!
    })
    expect(wanted.size).toBeGreaterThan(5)
    // One in a thousand of the pixels found would be allowed; none differs.
    expect(differing).toBe(0)
    expect(Math.abs(sum / cleaned - 1)).toBeLessThan(1e-6)
  })
})
