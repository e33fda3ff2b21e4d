/** A length on the sky that is round, and what it is called. */
export interface ScaleBar {
  readonly degrees: number
  readonly label: string
}

const UNITS = [
  { degrees: 1, sign: '°', lengths: [90, 60, 30, 20, 10, 5, 2, 1] },
  { degrees: 1 / 60, sign: '′', lengths: [30, 20, 10, 5, 2, 1] },
  { degrees: 1 / 3600, sign: '″', lengths: [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01] },
] as const

/** The longest round length that is no longer than `most` degrees; null where none is. */
export const chooseScaleBar = (most: number): ScaleBar | null => {
  for (const { degrees, sign, lengths } of UNITS)
    for (const length of lengths)
      if (length * degrees <= most * (1 + 1e-9))
        return { degrees: length * degrees, label: `${length}${sign}` }
  return null
}
