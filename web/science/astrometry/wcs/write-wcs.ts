import type { SkySystem } from '../systems/sky-system'
import { number, type WcsCard } from './wcs-card'
import { writeIraf, writeSip, writeTables, type Written } from './write-distortion'
import type { Wcs } from './wcs'

/** CTYPE: four letters of the name, filled up with hyphens, the projection, and what bends it. */
const nameType = (name: string, wcs: Wcs): string => {
  const { distortion, projection } = wcs
  if (projection === null) return name
  const code =
    distortion.tpv !== null
      ? 'TPV'
      : distortion.iraf !== null
        ? projection === 'ZPN'
          ? 'ZPX'
          : 'TNX'
        : projection
  return `${name.padEnd(4, '-')}-${code}${distortion.sip === null ? '' : '-SIP'}`
}

const writeSystem = (system: SkySystem): WcsCard[] => {
  switch (system.name) {
    case 'icrs':
      return [{ keyword: 'RADESYS', value: 'ICRS', comment: 'equatorial coordinate system' }]
    case 'fk5':
    case 'fk4':
    case 'fk4-no-e':
      return [
        { keyword: 'RADESYS', value: system.name.toUpperCase(), comment: 'equatorial coordinate system' },
        number('EQUINOX', system.equinox, 'equinox of the coordinates'),
      ]
    case 'ecliptic':
      return [number('EQUINOX', system.equinox, 'equinox of the coordinates')]
    case 'other':
      return /^[A-Z]+$/.test(system.title) && system.title.length > 4
        ? [{ keyword: 'RADESYS', value: system.title }]
        : []
    default:
      return []
  }
}

const writeParameters = (wcs: Wcs, axis: { longitude: number; latitude: number }): WcsCard[] => {
  const cards: WcsCard[] = []
  const { tpv, iraf } = wcs.distortion
  if (wcs.fiducial !== null) {
    const { longitude, latitude, offset } = wcs.fiducial
    for (const [m, value] of [offset ? 1 : 0, longitude, latitude].entries())
      cards.push(number(`PV${axis.longitude}_${m}`, value))
  }
  if (iraf === null)
    for (const [m, value] of wcs.parameters.entries())
      if (value !== undefined) cards.push(number(`PV${axis.latitude}_${m}`, value))
  for (const [values, on] of [
    [tpv?.longitude ?? [], axis.longitude],
    [tpv?.latitude ?? [], axis.latitude],
  ] as const)
    for (const [m, value] of values.entries())
      if (value !== 0 || m === 1) cards.push(number(`PV${on}_${m}`, value))
  if (wcs.pole.longitude !== null) cards.push(number('LONPOLE', wcs.pole.longitude))
  if (wcs.pole.latitude !== null) cards.push(number('LATPOLE', wcs.pole.latitude))
  return cards
}

/**
 * World coordinates as header cards, and the extensions that their tables need, in the standard's own keywords: a CD matrix in degrees, PV,
 * LONPOLE and LATPOLE, SIP, TPV, WAT, CPDIS, CQDIS and D2IM. astropy reads the same numbers from them. Cards of the axes that are not
 * celestial are not among them. DP and its like occur several times, once for each field.
 */
export const writeWcs = (wcs: Wcs): Written => {
  const [low, high] = wcs.axes
  const axis = wcs.swapped ? { longitude: high, latitude: low } : { longitude: low, latitude: high }
  const { distortion, names, center, matrix, reference } = wcs
  const both = [
    { number: axis.longitude, name: names.longitude, value: center.longitude, row: matrix.slice(0, 2) },
    { number: axis.latitude, name: names.latitude, value: center.latitude, row: matrix.slice(2) },
  ].toSorted((a, b) => a.number - b.number)
  // CQDIS works between PC and CDELT; with a CD matrix there would be no CDELT for it.
  const scale = distortion.sequent?.scale ?? null
  const steps = scale === null ? null : { [axis.longitude]: scale.x, [axis.latitude]: scale.y }
  const tables = writeTables(distortion, wcs.axes, [axis.longitude, axis.latitude])
  return {
    cards: [
      { keyword: 'WCSAXES', value: Math.max(2, high), comment: 'number of axes' },
      ...both.map(({ number: k, name }) => ({ keyword: `CTYPE${k}`, value: nameType(name, wcs) })),
      ...both.map(({ number: k }) => ({ keyword: `CUNIT${k}`, value: 'deg' })),
      ...both.map(({ number: k, value }) => number(`CRVAL${k}`, value)),
      number(`CRPIX${low}`, reference.x + 1),
      number(`CRPIX${high}`, reference.y + 1),
      ...both.flatMap(({ number: k, row }) =>
        row.map((value, column) =>
          number(
            `${steps === null ? 'CD' : 'PC'}${k}_${wcs.axes[column]!}`,
            steps === null ? value : value / steps[k]!,
          ),
        ),
      ),
      ...(steps === null ? [] : both.map(({ number: k }) => number(`CDELT${k}`, steps[k]!))),
      ...writeSystem(wcs.system),
      ...writeParameters(wcs, axis),
      ...writeSip(distortion.sip),
      ...writeIraf(wcs, axis),
      ...tables.cards,
    ],
    extensions: tables.extensions,
  }
}
