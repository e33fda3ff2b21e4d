import { listHdus } from '../../web/science/fits'

/** Values of the cards of the first image of a file. */
export const readImageHeader = (bytes: Uint8Array<ArrayBuffer>): ((keyword: string) => unknown) => {
  const [hdu] = listHdus(bytes)
  return (keyword) => hdu?.header.find((card) => card.keyword === keyword)?.value
}
