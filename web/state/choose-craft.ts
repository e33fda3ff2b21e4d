import type { AppStore } from './app-state'
import type { Craft } from './crafts'

/** Choices of as many nights are kept; whoever has more has long forgotten the first. */
const MOST_KEPT = 200

/** What a person makes of a night, kept for their next visit. */
export const chooseCraft = (store: AppStore, night: string, craft: Craft): void => {
  const { settings } = store.getState()
  const others = Object.entries(settings.crafts).filter(([key]) => key !== night)
  const kept: [string, Craft][] = [...others, [night, craft]]
  settings.change({ crafts: Object.fromEntries(kept.slice(-MOST_KEPT)) })
}
