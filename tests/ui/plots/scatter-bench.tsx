import { useState } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import type { ScatterAxes, ScatterPoints, SelectMode } from '../../../web/ui/plots/scatter/scatter-types'
import { ScatterPlot, type ScatterPlotProps } from '../../../web/ui/plots/scatter/scatter-plot'
import { createRandom } from '../../../web/science/math/random'

/** A night of stars: times, magnitudes that grow fainter with their errors, airmass, and a filter. */
export const makePoints = (count: number): ScatterPoints => {
  const random = createRandom(20260711)
  const x = new Float64Array(count)
  const y = new Float64Array(count)
  const error = new Float64Array(count)
  const codes = new Uint16Array(count)
  for (let i = 0; i < count; i++) {
    x[i] = 2_460_310.3 + random.uniform() * 0.4
    codes[i] = Math.floor(random.uniform() * 4)
    y[i] = 12 + 3 * random.uniform() ** 0.5 + 0.4 * Math.sin(20 * (x[i] ?? 0)) + 0.3 * (codes[i] ?? 0)
    error[i] = 0.01 + 0.08 * random.uniform() ** 3
  }
  return { x, y, error, colour: { kind: 'text', codes, names: ['B', 'V', 'R', 'I'], label: 'filter' } }
}

export const SAMPLE_AXES: ScatterAxes = {
  x: {
    label: 'jd_utc_mid',
    unit: 'd',
    reversed: false,
    logarithmic: false,
    format: (v) => v.toFixed(5),
  },
  y: { label: 'mag', unit: 'mag', reversed: true, logarithmic: false, format: (v) => v.toFixed(3) },
}

export interface Seen {
  readonly selections: { readonly indices: number[]; readonly mode: SelectMode }[]
  readonly picks: number[]
}

const Bench = ({
  seen,
  more,
}: {
  seen: Seen
  more: Partial<ScatterPlotProps> & Pick<ScatterPlotProps, 'points'>
}) => {
  const [selected, setSelected] = useState<Uint8Array | null>(null)
  return (
    <ScatterPlot
      label="Stars of a night"
      fileName="stars"
      axes={SAMPLE_AXES}
      selected={selected}
      onSelect={(indices, mode) => {
        seen.selections.push({ indices: [...indices], mode })
        setSelected((before) => {
          const after =
            mode === 'set' || before === null ? new Uint8Array(more.points.x.length) : before.slice()
          for (const index of indices) after[index] = mode === 'remove' ? 0 : 1
          return after
        })
      }}
      onPick={(index) => seen.picks.push(index)}
      {...more}
    />
  )
}

export const showPlot = (
  more: Partial<ScatterPlotProps> & Pick<ScatterPlotProps, 'points'>,
  [width, height]: readonly [number, number] = [900, 560],
): { readonly holder: HTMLElement; readonly root: Root; readonly seen: Seen } => {
  const holder = document.createElement('div')
  holder.style.cssText = `position:fixed;left:0;top:0;width:${width}px;height:${height}px;padding:12px;background:var(--bg)`
  document.body.append(holder)
  const seen: Seen = { selections: [], picks: [] }
  const root = createRoot(holder)
  root.render(<Bench seen={seen} more={more} />)
  return { holder, root, seen }
}
