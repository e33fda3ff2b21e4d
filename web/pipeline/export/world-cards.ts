import type { HeaderCard } from '../../core/header'

const WORLD_KEYWORD =
  /^(?:WCSAXES|WCSNAME|(?:CTYPE|CRVAL|CRPIX|CDELT|CROTA|CUNIT|CRDER|CSYER)\d|(?:CD|PC)\d_\d|CD\d{3}\d{3}|PV\d_\d+|PS\d_\d+|(?:A|B|AP|BP)_(?:ORDER|DMAX|\d_\d)|LONPOLE|LATPOLE|LTV\d|LTM\d_\d)[A-Z]?$/

/** True for a card that ties the grid of pixels to the sky: after resampling those of another grid hold. */
export const isWorldCard = ({ keyword }: Pick<HeaderCard, 'keyword'>): boolean => WORLD_KEYWORD.test(keyword)
