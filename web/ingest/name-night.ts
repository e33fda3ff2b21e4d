const MILLISECONDS_PER_DAY = 86_400_000
const DEGREES_PER_DAY = 360

export interface NamedNight {
  /** `YYYY-MM-DD+DD`; empty when the time is not known. */
  readonly night: string
  readonly warning: string | null
}

/**
 * The night of an exposure, from local noon to local noon: its evening's date and its morning's day, as in 2017-12-31+01.
 * Local time is mean solar time, UTC + longitude / 15 h (east positive), so that no time zone has to be known. Without
 * a longitude noon is at 12:00 UTC.
 */
export const nameNight = (dateObs: string | null, longitude: number | null): NamedNight => {
  const time = dateObs === null ? NaN : Date.parse(dateObs)
  if (Number.isNaN(time)) return { night: '', warning: null }
  const local = time + ((longitude ?? 0) / DEGREES_PER_DAY) * MILLISECONDS_PER_DAY
  const evening = Math.floor((local - MILLISECONDS_PER_DAY / 2) / MILLISECONDS_PER_DAY) * MILLISECONDS_PER_DAY
  const morning = new Date(evening + MILLISECONDS_PER_DAY).toISOString()
  return {
    night: `${new Date(evening).toISOString().slice(0, 10)}+${morning.slice(8, 10)}`,
    warning:
      longitude === null
        ? 'The header gives no longitude, so the night runs from noon to noon UTC. Enter the site if that splits a night.'
        : null,
  }
}
