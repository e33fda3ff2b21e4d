import type { FieldSource, FrameFacts, Site } from '../core/frame'
import { readNumber, readText, type Header } from '../core/header'
import { degrees } from '../core/units'
import { classifyKind } from './classify-kind'
import type { HeaderAliases } from './header-aliases'
import { applyProfile, resolveAliases, type InstrumentProfile } from './instruments'
import { nameNight } from './name-night'
import { readStartTime } from './parse-time'
import { readAlias } from './read-alias'
import { kindOfObject } from './kind-words'
import { readCameraPedestal, readSubtracted, warnOfCalibration } from './read-calibration'
import { hasThreePlanes, placeBayerPattern } from './read-layout'

export interface ReadFacts {
  readonly facts: FrameFacts
  readonly sources: Partial<Record<keyof FrameFacts, FieldSource>>
  readonly warnings: readonly string[]
}

/** Arcseconds of one radian, over the thousand micrometres of a millimetre. */
const ARCSECONDS_PER_MICROMETRE = 206.264_806

const readSite = (header: Header, table: HeaderAliases): Site | null => {
  const latitude = readAlias(header, table.latitude)
  const longitude = readAlias(header, table.longitude)
  // Zero and zero is an empty form, not a telescope in the Gulf of Guinea.
  if (latitude === null || longitude === null || (latitude === 0 && longitude === 0)) return null
  return {
    latitude: degrees(latitude),
    longitude: degrees(longitude),
    // Sea level where nothing is said: 1 km is 3 microseconds of light time.
    elevation: readAlias(header, table.elevation) ?? 0,
    name: readAlias(header, table.siteName),
  }
}

const isCelestial = (header: Header): boolean =>
  (readText(header, 'CTYPE1') ?? '').startsWith('RA-') && (readText(header, 'CTYPE2') ?? '').startsWith('DEC')

/** Arcseconds per pixel from a solved field: the root of the determinant of the CD matrix, or CDELT. */
const readSolvedScale = (header: Header): number | null => {
  if (!isCelestial(header)) return null
  const [a, b, c, d] = ['CD1_1', 'CD1_2', 'CD2_1', 'CD2_2'].map(
    (keyword) => readNumber(header, keyword) ?? 0,
  ) as [number, number, number, number]
  const determinant = Math.abs(a * d - b * c)
  const step =
    determinant > 0
      ? Math.sqrt(determinant)
      : Math.sqrt(Math.abs((readNumber(header, 'CDELT1') ?? 0) * (readNumber(header, 'CDELT2') ?? 0)))
  const scale = step * 3600
  return scale > 1e-3 && scale < 3600 ? scale : null
}

const scaleOf = (pixelSize: number | null, focalLength: number | null): number | null =>
  pixelSize !== null && focalLength !== null ? (ARCSECONDS_PER_MICROMETRE * pixelSize) / focalLength : null

const readPointing = (
  header: Header,
  table: HeaderAliases,
): Pick<FrameFacts, 'rightAscension' | 'declination'> => {
  const usable = (keyword: string): boolean => !keyword.startsWith('CRVAL') || isCelestial(header)
  const rightAscension = readAlias(
    header,
    table.rightAscension.filter((alias) => usable(alias.keyword)),
  )
  const declination = readAlias(
    header,
    table.declination.filter((alias) => usable(alias.keyword)),
  )
  // Zero and zero is what programs write that were told of no telescope.
  const empty = rightAscension === 0 && declination === 0
  if (rightAscension === null || declination === null || empty)
    return { rightAscension: null, declination: null }
  return { rightAscension: degrees(rightAscension), declination: degrees(declination) }
}

const readObject = (header: Header, table: HeaderAliases): string | null => {
  const object = readAlias(header, table.object)
  const kind = kindOfObject(object ?? '')
  // 'bias' or 'flat' as an object says what the frame is, not what is on it.
  return kind !== null && kind !== 'light' ? null : object
}

const UNSIGNED_16_HIGHEST = 65_535

const listSources = (facts: FrameFacts, header: FrameFacts, kind: FieldSource): ReadFacts['sources'] => {
  const sources: Partial<Record<keyof FrameFacts, FieldSource>> = { kind }
  for (const key of Object.keys(facts) as (keyof FrameFacts)[]) {
    if (key === 'kind' || facts[key] === null || facts[key] === '') continue
    sources[key] = facts[key] === header[key] ? 'header' : 'profile'
  }
  return sources
}

const readPlainFacts = (
  header: Header,
  table: HeaderAliases,
): Omit<FrameFacts, 'kind' | 'night' | 'dateObs'> => {
  const gain = readAlias(header, table.gain)
  const binningX = readAlias(header, table.binningX) ?? 1
  const setting = readAlias(header, table.gainSetting)
  const unbinned = readAlias(header, table.unbinnedPixelSize)
  return {
    telescope: readAlias(header, table.telescope) ?? '',
    instrument: readAlias(header, table.instrument) ?? '',
    filter: readAlias(header, table.filter),
    exposure: readAlias(header, table.exposure),
    object: readObject(header, table),
    binning: [binningX, readAlias(header, table.binningY) ?? binningX],
    gain,
    // A GAIN that was read as electrons per ADU is no setting.
    gainSetting: setting === gain ? null : setting,
    readNoise: readAlias(header, table.readNoise),
    temperature: readAlias(header, table.temperature),
    saturation: readAlias(header, table.saturation),
    site: readSite(header, table),
    ...readPointing(header, table),
    airmass: readAlias(header, table.airmass),
    pixelScale: readSolvedScale(header) ?? readAlias(header, table.pixelScale),
    pedestal: readAlias(header, table.pedestal) ?? readCameraPedestal(header),
    subtracted: readSubtracted(header),
    bayerPattern: placeBayerPattern(header, readAlias(header, table.bayerPattern)),
    rowOrder: readAlias(header, table.rowOrder),
    mirrored: null,
    overscan: readAlias(header, table.overscan),
    trim: readAlias(header, table.trim),
    pixelSize: readAlias(header, table.pixelSize) ?? (unbinned === null ? null : unbinned * binningX),
    focalLength: readAlias(header, table.focalLength),
  }
}

/** All that header, profile and path say of a frame, with where each value came from and what should be looked at. */
export const readFacts = (header: Header, path: string, profile: InstrumentProfile): ReadFacts => {
  const table = resolveAliases(profile)
  const kind = classifyKind(header, path, {
    aliases: table.kind,
    words: profile.kinds?.words,
    defaultKind: profile.kinds?.default ?? null,
  })
  const plain = readPlainFacts(header, table)
  const start = readStartTime(header, plain.exposure, profile.date)
  const read: FrameFacts = { ...plain, kind: kind.kind, dateObs: start.dateObs, night: '' }
  const applied = applyProfile(read, header, profile)
  const unsigned = readNumber(header, 'BITPIX') === 16 && readNumber(header, 'BZERO') === 32_768
  const assumed = applied.saturation === null && unsigned
  const night = nameNight(applied.dateObs, applied.site?.longitude ?? null)
  const computedScale = scaleOf(applied.pixelSize ?? null, applied.focalLength ?? null)
  const facts: FrameFacts = {
    ...applied,
    night: night.night,
    saturation: assumed ? UNSIGNED_16_HIGHEST : applied.saturation,
    pixelScale: applied.pixelScale ?? computedScale,
    bayerPattern: hasThreePlanes(header) ? null : (applied.bayerPattern ?? null),
  }
  const sources = listSources(facts, { ...read, night: facts.night }, kind.source)
  if (assumed) sources.saturation = 'assumed'
  if (facts.night !== '' && facts.site === null) sources.night = 'assumed'
  if (applied.pixelScale === null && sources.pixelSize === 'header' && sources.focalLength === 'header')
    sources.pixelScale = 'header'
  const warnings = [kind.warning, ...start.warnings, night.warning, ...warnOfCalibration(header)]
  if (facts.exposure === null) warnings.push('The header does not give the exposure time.')
  return { facts, sources, warnings: warnings.filter((warning) => warning !== null) }
}
