/** What can be laid over a picture whose place on the sky is known, in the order in which it is offered. */
export const SKY_LAYERS = [
  'grid',
  'compass',
  'scale',
  'matched',
  'unmatched',
  'missing',
  'residuals',
  'catalogue',
  'target',
  'objects',
] as const

export type SkyLayerName = (typeof SKY_LAYERS)[number]

/** What somebody sees who never chose: where up is, how large the field is, and what was found. */
export const USUAL_LAYERS: readonly SkyLayerName[] = ['compass', 'scale', 'matched', 'target']
