import type { FrameFacts, Site } from '../../core/frame'
import { readNumber, type Header } from '../../core/header'
import { degrees } from '../../core/units'
import { parsePixelSection } from '../../core/pixel-section'
import { weighCondition } from './condition'
import type { InstrumentProfile, ProfileRule, ProfileValues } from './profile-schema'
import { tidyText } from './tidy-text'

/** Between rows that a table has, never beyond its ends. */
const lookUp = (rule: ProfileRule, setting: number): number | null => {
  const rows = [...(rule.table ?? [])].sort((a, b) => a[0] - b[0])
  const exact = rows.find((row) => row[0] === setting)
  if (exact !== undefined) return exact[1]
  const after = rows.findIndex((row) => row[0] > setting)
  const [low, high] = [rows[after - 1], rows[after]]
  if ((rule.between ?? 'nothing') === 'nothing' || low === undefined || high === undefined) return null
  const share = (setting - low[0]) / (high[0] - low[0])
  return rule.between === 'linear'
    ? low[1] + share * (high[1] - low[1])
    : low[1] * (high[1] / low[1]) ** share
}

type Quantity = ProfileValues['gain']

const settle = (quantity: Quantity, facts: FrameFacts, header: Header): number | null => {
  if (quantity === undefined || quantity === null) return null
  if (typeof quantity === 'number') return quantity
  for (const rule of quantity) {
    if (rule.when !== undefined && weighCondition(rule.when, header) === null) continue
    if (rule.value !== undefined) return rule.value
    const setting = rule.by === undefined ? facts.gainSetting : readNumber(header, rule.by)
    const value = setting === null ? null : lookUp(rule, setting)
    if (value !== null) return value
  }
  return null
}

const settleSite = (values: ProfileValues, site: Site | null): Site | null => {
  const given = values.site
  if (given !== undefined)
    return {
      latitude: degrees(given.latitude),
      longitude: degrees(given.longitude),
      elevation: given.elevation ?? 0,
      name: given.name ?? null,
    }
  return values.elevation === undefined || site === null ? null : { ...site, elevation: values.elevation }
}

/** What a block of a profile says of this frame; what it does not say is null. */
const settleValues = (values: ProfileValues, facts: FrameFacts, header: Header): Partial<FrameFacts> => {
  const number = (quantity: Quantity): number | null => settle(quantity, facts, header)
  // Profiles give scale and size of the sensor's own pixels.
  const binned = (quantity: Quantity): number | null => {
    const value = number(quantity)
    return value === null ? null : value * facts.binning[0]
  }
  return {
    telescope: values.telescope ?? '',
    instrument: values.instrument ?? '',
    filter: values.filter ?? null,
    gain: number(values.gain),
    readNoise: number(values.readNoise),
    saturation: number(values.saturation),
    pedestal: number(values.pedestal),
    pixelScale: binned(values.pixelScale),
    pixelSize: binned(values.pixelSize),
    focalLength: number(values.focalLength),
    overscan: values.overscan === undefined ? null : parsePixelSection(values.overscan),
    trim: values.trim === undefined ? null : parsePixelSection(values.trim),
    rowOrder: values.rowOrder ?? null,
    mirrored: values.mirrored ?? null,
    bayerPattern: values.bayerPattern ?? null,
    site: settleSite(values, facts.site),
  }
}

const isSaid = (value: unknown): boolean => value !== null && value !== undefined && value !== ''

const merge = (
  facts: FrameFacts,
  values: Partial<FrameFacts>,
  wins: (field: keyof FrameFacts) => boolean,
): FrameFacts => {
  const said = Object.entries(values).filter(
    ([field, value]) => isSaid(value) && wins(field as keyof FrameFacts),
  )
  return { ...facts, ...Object.fromEntries(said) }
}

/** A header that gives a place without its height is read as 0 m: the height is not said then. */
const assumeSite = (read: Site | null, values: ProfileValues): Site | null => {
  if (read === null) return settleSite(values, null)
  const elevation = values.elevation ?? values.site?.elevation
  return read.elevation === 0 && elevation !== undefined ? { ...read, elevation } : read
}

const nameFilter = (profile: InstrumentProfile, filter: string | null): string | null => {
  const wanted = filter?.toLowerCase()
  const named = Object.entries(profile.filters ?? {}).find(([written]) => written.toLowerCase() === wanted)
  return named?.[1] ?? filter
}

/** The facts of a frame with what its profile knows: `set` wins over the header, `assume` stands where the header says nothing. */
export const applyProfile = (read: FrameFacts, header: Header, profile: InstrumentProfile): FrameFacts => {
  const tidied: FrameFacts = {
    ...read,
    instrument: tidyText(profile.tidy?.instrument, read.instrument),
    object: read.object === null ? null : tidyText(profile.tidy?.object, read.object),
    filter: nameFilter(profile, read.filter),
  }
  const set =
    profile.set === undefined ? tidied : merge(tidied, settleValues(profile.set, tidied, header), () => true)
  if (profile.assume === undefined) return set
  const assumed = settleValues(profile.assume, set, header)
  return {
    ...merge(set, assumed, (field) => field !== 'site' && !isSaid(set[field])),
    site: assumeSite(set.site, profile.assume),
  }
}
