import { useMemo } from 'react'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { FrameStatisticsRecord } from '../../core/frame-statistics'
import { readQuantity, type FrameDoubt, type FrameQuantity } from '../../pipeline/frames/doubt-frames'
import type { PlotSeries } from '../plots/plot-types'
import { SeriesPlot } from '../plots/series-plot'
import { useCheckWords } from './use-check-words'
import styles from './frame-check-panel.module.css'

interface QuantityPlotProps {
  readonly quantity: FrameQuantity
  readonly frames: readonly ExposureRecord[]
  readonly statistics: ReadonlyMap<string, FrameStatisticsRecord>
  readonly doubts: readonly FrameDoubt[]
  readonly selected: string | null
  readonly onPick: (frame: string) => void
}

/** Hours since the first frame, or the number of the frame where times are not known. */
const findPlaces = (frames: readonly ExposureRecord[]): { timed: boolean; places: Float64Array } => {
  const times = frames.map((frame) => Date.parse(effectiveFacts(frame).dateObs ?? ''))
  const first = times[0] ?? Number.NaN
  const timed = times.every((time) => !Number.isNaN(time)) && times.at(-1) !== first
  return {
    timed,
    places: Float64Array.from(times, (time, index) => (timed ? (time - first) / 3_600_000 : index + 1)),
  }
}

/** One quantity of a group over the night; frames in doubt are drawn open, those left out small and pale. */
export const QuantityPlot = (props: QuantityPlotProps) => {
  const { quantity, frames, statistics, doubts, selected, onPick } = props
  const { t, number } = useCheckWords()
  const { timed, places } = useMemo(() => findPlaces(frames), [frames])
  const series = useMemo((): PlotSeries[] => {
    const doubted = new Set(doubts.filter((doubt) => doubt.quantity === quantity).map(({ frame }) => frame))
    const factor = quantity === 'saturated' ? 100 : 1
    const values = (excluded: boolean) =>
      Float64Array.from(frames, (frame) =>
        frame.excluded === excluded ? factor * readQuantity(statistics.get(frame.id), quantity) : Number.NaN,
      )
    return [
      {
        id: quantity,
        name: quantity,
        role: 'target',
        x: places,
        y: values(false),
        marked: (index) => doubted.has(frames[index]?.id ?? ''),
      },
      { id: `${quantity}-excluded`, name: t('leftOut'), role: 'plain', x: places, y: values(true) },
    ]
  }, [quantity, frames, statistics, doubts, places, t])
  const at = frames.findIndex(({ id }) => id === selected)
  const title = t(`quantity.${quantity}`)
  if (!series[0]?.y.some((value) => Number.isFinite(value))) return null
  return (
    <article className={styles['plot']} aria-label={title}>
      <SeriesPlot
        series={series}
        x={{ label: t(timed ? 'hours' : 'number'), format: (value) => number(value) }}
        y={{ label: title, format: (value) => number(value, 4) }}
        height={170}
        label={title}
        selected={at < 0 ? null : at}
        onPick={(index) => onPick(frames[index]?.id ?? '')}
      />
    </article>
  )
}
