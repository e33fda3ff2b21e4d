/** Files that a picture in colour can be taken away as. 'tiff' has 16 bits a colour, 'tiff8' 8; 'fits' the light itself. */
export const PICTURE_FORMATS = ['png', 'png16', 'tiff', 'tiff8', 'fits'] as const
export type PictureFormat = (typeof PICTURE_FORMATS)[number]

export const PICTURE_FILES: Readonly<
  Record<PictureFormat, { readonly extension: string; readonly media: string }>
> = {
  png: { extension: 'png', media: 'image/png' },
  png16: { extension: 'png', media: 'image/png' },
  tiff: { extension: 'tif', media: 'image/tiff' },
  tiff8: { extension: 'tif', media: 'image/tiff' },
  fits: { extension: 'fits', media: 'application/fits' },
}
