import { scaleUtc } from 'd3'
import type { KeyboardEvent } from 'react'
import type { MasterRecord } from '../../core/master'
import { groupSeries, timeOfMaster } from '../../pipeline/masters/earlier-master'
import { useSize } from '../plots/use-size'
import { useMasterWords } from './use-master-words'
import styles from './masters-timeline.module.css'

interface MastersTimelineProps {
  readonly masters: readonly MasterRecord[]
  readonly selected: string | null
  /** Masters that the light that is asked about would get. */
  readonly taken: ReadonlySet<string>
  /** Julian date of that light's night, and the days about it within which a master may lie. */
  readonly light: { readonly time: number; readonly days: number } | null
  readonly onSelect: (master: string) => void
}

const ROW = 46
const AXIS = 26
const MARGIN = 16
const RADIUS = 7

const toDate = (julian: number): Date => new Date((julian - 2_440_587.5) * 86_400_000)

/** Dots that would cover each other, as maps that were edited do, stand side by side. */
const placeDots = (places: readonly number[]): number[] => {
  const placed: number[] = []
  for (const place of places) placed.push(Math.max(place, (placed.at(-1) ?? -Infinity) + 2 * RADIUS + 2))
  return placed
}

/** Every master of every night on one axis of time: a row for what stands for each other, a dot for each. */
export const MastersTimeline = ({ masters, selected, taken, light, onSelect }: MastersTimelineProps) => {
  const { t, describe, camera } = useMasterWords()
  const { element, width } = useSize<HTMLDivElement>()
  const rows = groupSeries(masters.filter((master) => timeOfMaster(master) !== null))
  const times = [
    ...masters.flatMap((master) => timeOfMaster(master) ?? []),
    ...(light === null ? [] : [light.time]),
  ]
  const [least, most] = [Math.min(...times), Math.max(...times)]
  const room = Math.max(1, 0.04 * (most - least))
  const toX = scaleUtc([toDate(least - room), toDate(most + room)], [MARGIN, width - MARGIN])
  const height = rows.length * ROW + AXIS
  const inOrder = rows.flat().map(({ id }) => id)
  const press = (event: KeyboardEvent, id: string) => {
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0
    if (event.key === 'Enter' || event.key === ' ') onSelect(id)
    else if (by !== 0) {
      const next = inOrder[inOrder.indexOf(id) + by]
      if (next !== undefined) {
        onSelect(next)
        element.current?.querySelector<SVGElement>(`[data-master="${next}"]`)?.focus()
      }
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  const first = selected ?? inOrder[0]
  return (
    <div ref={element} className={styles['timeline']}>
      <svg width={width} height={height} role="group" aria-label={t('timeline')}>
        {light === null ? null : (
          <>
            <rect
              className={styles['reach']}
              x={Math.max(0, toX(toDate(light.time - light.days)))}
              y={0}
              width={Math.max(
                0,
                Math.min(width, toX(toDate(light.time + light.days))) -
                  Math.max(0, toX(toDate(light.time - light.days))),
              )}
              height={height - AXIS}
            />
            <path
              className={styles['night']}
              d={`M${toX(toDate(light.time)).toFixed(1)} 0V${height - AXIS}`}
            />
          </>
        )}
        {rows.map((row, index) => {
          const [example] = row
          if (example === undefined) return null
          const y = index * ROW
          const dots = placeDots(row.map((master) => toX(toDate(timeOfMaster(master) ?? 0))))
          return (
            <g key={example.id}>
              <text className={styles['name']} x={MARGIN} y={y + 15}>
                {describe(example)}
              </text>
              <text className={styles['camera']} x={width - MARGIN} y={y + 15} textAnchor="end">
                {width < 560 ? '' : camera(example)}
              </text>
              <path className={styles['line']} d={`M${MARGIN} ${y + 31}H${width - MARGIN}`} />
              {row.map((master, place) => (
                <circle
                  key={master.id}
                  className={styles['dot']}
                  data-master={master.id}
                  data-kind={master.kind}
                  data-taken={taken.has(master.id)}
                  role="button"
                  tabIndex={master.id === first ? 0 : -1}
                  aria-pressed={master.id === selected}
                  aria-label={[
                    describe(master),
                    master.group.night,
                    master.badPixels === undefined
                      ? t('frames', { count: master.frames.length })
                      : t('pixels', { count: master.badPixels.counts.any }),
                    taken.has(master.id) ? t('taken') : '',
                  ]
                    .filter(Boolean)
                    .join(', ')}
                  cx={dots[place]}
                  cy={y + 31}
                  r={RADIUS}
                  onClick={() => onSelect(master.id)}
                  onKeyDown={(event) => press(event, master.id)}
                />
              ))}
            </g>
          )
        })}
        {toX.ticks(Math.max(2, Math.floor(width / 120))).map((tick) => (
          <text
            key={tick.getTime()}
            className={styles['tick']}
            x={toX(tick)}
            y={height - 8}
            textAnchor="middle"
          >
            {tick.toISOString().slice(0, 10)}
          </text>
        ))}
      </svg>
    </div>
  )
}
