/** How the pixels of a FITS file that is written may be packed. */
export const FRAME_COMPRESSIONS = ['none', 'rice', 'gzip'] as const
export type FrameCompression = (typeof FRAME_COMPRESSIONS)[number]
