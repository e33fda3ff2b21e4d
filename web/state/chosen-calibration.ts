import type { AppState } from './app-state'

/** What a person chose about the calibration goes into every order, so that none falls back to the rules behind their back. */
export const chosenCalibration = ({ stars, calibration }: Pick<AppState, 'stars' | 'calibration'>) => ({
  ...calibration.choices,
  ...(Object.keys(stars.frameMasters).length === 0 ? {} : { frameMasters: stars.frameMasters }),
  ...(Object.keys(stars.masters).length === 0 ? {} : { masters: stars.masters }),
})
