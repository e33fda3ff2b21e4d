/** Colours of what is drawn over a picture of the sky. Pictures are dark in the dark and the light theme alike; by night everything is red. */
export interface SkyColours {
  readonly grid: string
  readonly text: string
  readonly halo: string
  readonly catalogue: string
  readonly matched: string
  readonly unmatched: string
  readonly missing: string
  readonly residual: string
  readonly target: string
  readonly object: string
}

/** After Okabe and Ito (2008): told apart with any eyes, and each mark has a shape of its own besides. */
export const DAY_SKY: SkyColours = {
  grid: 'rgb(150 190 235 / 0.62)',
  text: '#e8eef7',
  halo: 'rgb(0 0 0 / 0.66)',
  catalogue: '#e8eef7',
  matched: '#2fd39f',
  unmatched: '#f5a623',
  missing: '#6fc3f7',
  residual: '#f4e86a',
  target: '#f6c15c',
  object: '#e6a5cb',
}

export const NIGHT_SKY: SkyColours = {
  grid: 'rgb(214 69 56 / 0.6)',
  text: '#ff7a66',
  halo: 'rgb(8 0 0 / 0.7)',
  catalogue: '#d64538',
  matched: '#ff8a76',
  unmatched: '#e2513e',
  missing: '#c93c2e',
  residual: '#ffb0a0',
  target: '#ff8a76',
  object: '#e2513e',
}

/** On white paper. */
export const PAPER_SKY: SkyColours = {
  grid: '#8fa3ba',
  text: '#16202c',
  halo: '#ffffff',
  catalogue: '#16202c',
  matched: '#007d5a',
  unmatched: '#b25c00',
  missing: '#0b65a5',
  residual: '#7a6a00',
  target: '#c22a00',
  object: '#93346a',
}
