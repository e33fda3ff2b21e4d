/** Flags of a measured star: bit, name, sentence. The number is stored, the words are shown. */
export const PHOTOMETRY_FLAGS = [
  { bit: 1, name: 'saturated', text: 'A pixel in the aperture is at or above saturation.' },
  { bit: 2, name: 'edge', text: 'The aperture reaches beyond the edge of the frame.' },
  { bit: 4, name: 'bad-pixel', text: 'A pixel in the aperture has no value or is masked.' },
  {
    bit: 8,
    name: 'centroid-failed',
    text: 'The centroid did not converge; the predicted position was used.',
  },
  { bit: 16, name: 'sky-crowded', text: 'More than half of the sky annulus was rejected.' },
  { bit: 32, name: 'blended', text: 'Another star lies closer than the aperture and its width.' },
  { bit: 64, name: 'outlier', text: 'The point lies more than five sigma from its neighbours.' },
  { bit: 128, name: 'negative-flux', text: 'The sky is brighter than the star in the aperture.' },
] as const

export type PhotometryFlag = (typeof PHOTOMETRY_FLAGS)[number]['name']

const BIT_OF = new Map<string, number>(PHOTOMETRY_FLAGS.map((flag) => [flag.name, flag.bit]))

export const flagBit = (name: PhotometryFlag): number => BIT_OF.get(name) ?? 0

export const describeFlags = (flags: number): PhotometryFlag[] =>
  PHOTOMETRY_FLAGS.filter((flag) => (flags & flag.bit) !== 0).map((flag) => flag.name)
