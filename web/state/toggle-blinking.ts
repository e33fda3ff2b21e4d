import type { AppStore } from './app-state'

/** What Space does: it runs the series, or goes between a stack and one of its frames. */
export const toggleBlinking = (store: AppStore): void => {
  const { library, selection } = store.getState()
  if (library.stacks.some(({ id }) => id === selection.master)) selection.showSingle(!selection.single)
  else selection.setBlinking(!selection.blinking)
}
