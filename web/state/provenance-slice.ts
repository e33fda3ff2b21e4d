import { toAsterismError } from '../core/errors'
import type { ProvenanceGraph } from '../core/provenance'
import type { Studio } from '../engine/studio'
import type { PanelId } from './panels-slice'
import type { SliceAccess } from './slice-access'

export interface ProvenanceSlice {
  /** What is asked about; null until somebody asks. */
  readonly id: string | null
  readonly graph: ProvenanceGraph | null
  /** Why the graph could not be read. */
  readonly failure: string | null
  /** Things that are taken out of their group and stand alone. */
  readonly picked: readonly string[]
  /** Key of the group that is looked at. */
  readonly selected: string | null
  /** Where the person came from. */
  readonly from: PanelId
  readonly show: (id: string, from: PanelId) => Promise<void>
  readonly select: (key: string) => void
  /** Takes a thing out of its group, or puts it back. */
  readonly pick: (id: string, alone: boolean) => void
}

export const createProvenanceSlice = (
  { get, set }: SliceAccess<ProvenanceSlice>,
  studio: Pick<Studio, 'provenance'>,
): ProvenanceSlice => ({
  id: null,
  graph: null,
  failure: null,
  picked: [],
  selected: null,
  from: 'image',
  show: async (id, from) => {
    set({ id, graph: null, failure: null, picked: [], selected: null, from })
    try {
      const graph = await studio.provenance(id)
      // Somebody may have asked about something else meanwhile.
      if (get().id === id) set({ graph, selected: graph.root })
    } catch (error) {
      if (get().id === id) set({ failure: toAsterismError(error).message })
    }
  },
  select: (selected) => set({ selected }),
  pick: (id, alone) =>
    set(({ picked }) => ({
      picked: alone
        ? [...picked.filter((other) => other !== id), id]
        : picked.filter((other) => other !== id),
      ...(alone ? { selected: id } : {}),
    })),
})
