import type { CatalogueConeRecord } from '../../web/core/catalogue'

/** One star that a service gave. */
export const sampleCone: CatalogueConeRecord = {
  id: 'cone-1',
  catalogue: 'gaia-dr3',
  service: 'tapvizier.cds.unistra.fr',
  cone: { rightAscension: 31.0427, declination: 46.6878, radius: 0.25 },
  faintest: 14,
  stars: {
    rightAscension: Float64Array.of(31.04274689),
    declination: Float64Array.of(46.68785129),
    magnitude: Float32Array.of(11.12),
    colour: Float32Array.of(Number.NaN),
    motion: null,
    epoch: 2016,
  },
  createdAt: 1_770_000_000_000,
}
