import { useApp, useAppStore } from '../kit/use-app'

/**
 * Whether frames are calibrated with this map of bad pixels, and a press that says so or goes back to the rules. To use a map means to treat bad
 * pixels: where that is switched off they are filled, as the calibration panel does it.
 */
export const useMapChoice = (map: string): { readonly isChosen: boolean; readonly toggle: () => void } => {
  const store = useAppStore()
  const isChosen = useApp((state) => state.stars.masters['bad-pixels'] === map)
  return {
    isChosen,
    toggle: () => {
      const { stars, calibration } = store.getState()
      stars.chooseMaster('bad-pixels', isChosen ? 'auto' : map)
      if (!isChosen && (calibration.choices.badPixels ?? 'off') === 'off')
        calibration.change({ badPixels: 'interpolate' })
    },
  }
}
