import type { AppStore } from './app-state'

/** Shows what a result was made from: the id of any record, of a point (`<curve>/<frame>`) or of one star's row. */
export const openProvenance = (store: AppStore, id: string): void => {
  const { panels, provenance } = store.getState()
  const from = panels.panel === 'provenance' ? provenance.from : panels.panel
  panels.open('provenance')
  void provenance.show(id, from)
}
