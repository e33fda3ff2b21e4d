import type { ProvenanceGroup } from '../../pipeline/provenance/bundle-graph'

export interface PlacedGroup {
  readonly group: ProvenanceGroup
  /** Left and top, pixels. */
  readonly x: number
  readonly y: number
}

export interface PlacedEdge {
  readonly from: string
  readonly to: string
  /** An SVG path from the foot of the result to the head of what went into it. */
  readonly path: string
}

export interface GraphLayout {
  readonly width: number
  readonly height: number
  readonly boxes: readonly PlacedGroup[]
  readonly edges: readonly PlacedEdge[]
}

export const BOX = { width: 158, height: 46 } as const
const GAP = 18
const LAYER = 84
const MARGIN = 12
/** Room for an edge that passes a layer. */
const LANE = 14
/** Times that the layers are gone through, down and up: few graphs change after the fourth. */
const SWEEPS = 6

/** A box, or the place where a long edge passes a layer. */
interface Slot {
  readonly id: string
  readonly width: number
  readonly above: Slot[]
  readonly below: Slot[]
  order: number
  x: number
}

const join = (above: Slot, below: Slot): void => {
  above.below.push(below)
  below.above.push(above)
}

/** Boxes in their layers, and a slot in every layer that an edge passes, so that no edge runs behind a box. */
const makeLayers = (groups: readonly ProvenanceGroup[]) => {
  const layers: Slot[][] = []
  const slots = new Map<string, Slot>()
  const put = (id: string, depth: number, width: number): Slot => {
    const layer = (layers[depth] ??= [])
    const slot: Slot = { id, width, above: [], below: [], order: layer.length, x: 0 }
    layer.push(slot)
    return slot
  }
  for (const group of groups) slots.set(group.key, put(group.key, group.depth, BOX.width))
  const chains: { from: string; to: string; slots: Slot[] }[] = []
  const depthOf = new Map(groups.map((group) => [group.key, group.depth]))
  for (const group of groups) {
    for (const key of group.inputs) {
      const [top, bottom] = [slots.get(group.key), slots.get(key)]
      if (top === undefined || bottom === undefined) continue
      const chain = [top]
      for (let depth = group.depth + 1; depth < (depthOf.get(key) ?? 0); depth++)
        chain.push(put(`${group.key}>${key}@${depth}`, depth, LANE))
      chain.push(bottom)
      for (let at = 1; at < chain.length; at++) {
        const [before, after] = [chain[at - 1], chain[at]]
        if (before !== undefined && after !== undefined) join(before, after)
      }
      chains.push({ from: key, to: group.key, slots: chain })
    }
  }
  return { layers: Array.from(layers, (layer) => layer ?? []), slots, chains }
}

const meanOrder = (slots: readonly Slot[]): number | null =>
  slots.length === 0 ? null : slots.reduce((sum, slot) => sum + slot.order, 0) / slots.length

/** Each layer in the order of the means of its neighbours (the barycentre rule of Sugiyama, Tagawa and Toda 1981). */
const orderLayers = (layers: Slot[][]): void => {
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    const down = sweep % 2 === 0
    for (const layer of down ? layers : layers.toReversed()) {
      const wanted = new Map(
        layer.map((slot) => [slot, meanOrder(down ? slot.above : slot.below) ?? slot.order]),
      )
      layer.sort((a, b) => (wanted.get(a) ?? 0) - (wanted.get(b) ?? 0) || (a.id < b.id ? -1 : 1))
      layer.forEach((slot, index) => {
        slot.order = index
      })
    }
  }
}

const widthOf = (layer: readonly Slot[]): number => layer.reduce((sum, slot) => sum + slot.width + GAP, -GAP)

/** Middle of a slot. */
const middle = (slot: Slot): number => slot.x + slot.width / 2

/** Packs a layer about the middle, then lets slots slide towards their neighbours as far as there is room. */
const placeLayers = (layers: readonly Slot[][], width: number): void => {
  for (const layer of layers) {
    let x = (width - widthOf(layer)) / 2
    for (const slot of layer) {
      slot.x = x
      x += slot.width + GAP
    }
  }
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    for (const layer of layers) {
      for (const [index, slot] of layer.entries()) {
        const near = [...slot.above, ...slot.below]
        if (near.length === 0) continue
        const wish = near.reduce((sum, other) => sum + middle(other), 0) / near.length - slot.width / 2
        const [left, right] = [layer[index - 1], layer[index + 1]]
        const least = left === undefined ? MARGIN : left.x + left.width + GAP
        const most = (right === undefined ? width - MARGIN : right.x - GAP) - slot.width
        slot.x = Math.min(Math.max(wish, least), Math.max(least, most))
      }
    }
  }
}

const topOf = (depth: number): number => MARGIN + depth * LAYER

const drawChain = (chain: readonly Slot[], depth: number): string => {
  let path = ''
  for (const [index, slot] of chain.entries()) {
    const x = middle(slot)
    const [head, foot] = [topOf(depth + index), topOf(depth + index) + BOX.height]
    if (index === 0) {
      path += `M${x.toFixed(1)} ${foot}`
      continue
    }
    const before = chain[index - 1]
    const from = before === undefined ? x : middle(before)
    const start = topOf(depth + index - 1) + BOX.height
    const bend = (head + start) / 2
    path += `C${from.toFixed(1)} ${bend} ${x.toFixed(1)} ${bend} ${x.toFixed(1)} ${head}`
    if (index < chain.length - 1) path += `V${foot}`
  }
  return path
}

/** The result on top, what it was made from beneath it, the original files at the foot: a layered drawing of a graph without circles. */
export const layoutGraph = (groups: readonly ProvenanceGroup[]): GraphLayout => {
  const { layers, slots, chains } = makeLayers(groups)
  orderLayers(layers)
  const width = Math.max(BOX.width, ...layers.map(widthOf)) + 2 * MARGIN
  placeLayers(layers, width)
  return {
    width,
    height: topOf(layers.length - 1) + BOX.height + MARGIN,
    boxes: groups.map((group) => ({
      group,
      x: slots.get(group.key)?.x ?? 0,
      y: topOf(group.depth),
    })),
    edges: chains.map((chain) => ({
      from: chain.from,
      to: chain.to,
      path: drawChain(chain.slots, groups.find(({ key }) => key === chain.to)?.depth ?? 0),
    })),
  }
}
