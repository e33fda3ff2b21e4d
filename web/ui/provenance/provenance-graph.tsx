import { useEffect, useMemo, useRef, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProvenanceGroup } from '../../pipeline/provenance/bundle-graph'
import { BOX, layoutGraph, type PlacedGroup } from './layout-graph'
import type { GraphWords } from './use-words'
import styles from './provenance-graph.module.css'

interface ProvenanceGraphProps {
  readonly groups: readonly ProvenanceGroup[]
  readonly selected: string | null
  readonly words: GraphWords
  readonly label: string
  readonly svg: RefObject<SVGSVGElement | null>
  readonly onSelect: (key: string) => void
  readonly onOpen: (group: ProvenanceGroup) => void
}

/** Letters that a box has room for. */
const MOST_LETTERS = 21

/** Names of frames differ at their ends. */
const shorten = (text: string): string =>
  text.length <= MOST_LETTERS ? text : `${text.slice(0, 8)}…${text.slice(-12)}`

const nearest = (boxes: readonly PlacedGroup[], x: number): PlacedGroup | undefined =>
  boxes.reduce<PlacedGroup | undefined>(
    (best, box) => (best === undefined || Math.abs(box.x - x) < Math.abs(best.x - x) ? box : best),
    undefined,
  )

/** Where an arrow key leads: down to what it was made from, up to what was made from it, sideways to its neighbours. */
const follow = (key: string, at: PlacedGroup, boxes: readonly PlacedGroup[]): PlacedGroup | undefined => {
  const among = (keys: readonly string[]) => boxes.filter(({ group }) => keys.includes(group.key))
  if (key === 'ArrowDown') return nearest(among(at.group.inputs), at.x)
  if (key === 'ArrowUp') return nearest(among(at.group.uses), at.x)
  const row = boxes.filter(({ y }) => y === at.y).toSorted((a, b) => a.x - b.x)
  const place = row.indexOf(at)
  if (key === 'ArrowRight') return row[place + 1]
  return key === 'ArrowLeft' ? row[place - 1] : undefined
}

/** The graph as a drawing: the result on top, the original files at the foot; walked by arrows, opened by Enter or a second click. */
export const ProvenanceGraphView = (props: ProvenanceGraphProps) => {
  const { groups, selected, words, label, svg, onSelect, onOpen } = props
  const { t } = useTranslation('provenance')
  const layout = useMemo(() => layoutGraph(groups), [groups])
  const boxes = useRef(new Map<string, SVGGElement>())
  const walked = useRef(false)
  const scroll = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // A drawing that is wider than the page begins at the result.
    const [root] = layout.boxes
    if (scroll.current !== null && root !== undefined)
      scroll.current.scrollLeft = root.x + BOX.width / 2 - scroll.current.clientWidth / 2
  }, [layout])
  const current = layout.boxes.find(({ group }) => group.key === selected) ?? layout.boxes[0]
  useEffect(() => {
    // The focus follows the keys, and does not jump here when something is chosen elsewhere.
    if (walked.current) boxes.current.get(selected ?? '')?.focus()
    walked.current = false
  }, [selected])
  const press = (event: KeyboardEvent, at: PlacedGroup) => {
    if (event.key === 'Enter' || event.key === ' ') onOpen(at.group)
    else if (event.key.startsWith('Arrow')) {
      const next = follow(event.key, at, layout.boxes)
      if (next !== undefined) {
        walked.current = true
        onSelect(next.group.key)
      }
    } else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div ref={scroll} className={styles['scroll']}>
      <svg
        ref={svg}
        className={styles['graph']}
        width={layout.width}
        height={layout.height}
        viewBox={`0 0 ${layout.width} ${layout.height}`}
        role="group"
        aria-label={`${label}. ${t('keys')}`}
      >
        {layout.edges.map(({ from, to, path }) => (
          <path
            key={`${from}>${to}`}
            className={styles['edge']}
            data-lit={from === current?.group.key || to === current?.group.key}
            d={path}
          />
        ))}
        {layout.boxes.map((box) => {
          const { group, x, y } = box
          const { members } = group
          const missing = members.some((member) => member.missing)
          const kind = words.kind(group)
          const name = words.name(group)
          return (
            <g
              key={group.key}
              ref={(element) => {
                if (element === null) boxes.current.delete(group.key)
                else boxes.current.set(group.key, element)
              }}
              className={styles['box']}
              data-kind={group.kind}
              data-missing={missing}
              data-node={group.key}
              role="button"
              tabIndex={box === current ? 0 : -1}
              aria-pressed={box === current}
              aria-label={[kind, name, missing ? t('missing') : ''].filter(Boolean).join(', ')}
              transform={`translate(${x.toFixed(1)} ${y})`}
              onClick={() => onSelect(group.key)}
              onDoubleClick={() => onOpen(group)}
              onKeyDown={(event) => press(event, box)}
            >
              {members.length > 1 ? (
                <rect className={styles['shadow']} x={4} y={4} width={BOX.width} height={BOX.height} rx={8} />
              ) : null}
              <rect className={styles['face']} width={BOX.width} height={BOX.height} rx={8} />
              <rect className={styles['mark']} y={9} width={4} height={BOX.height - 18} rx={2} />
              <text className={styles['kind']} x={13} y={19}>
                {shorten(missing ? `${t('missing')}: ${kind}` : kind)}
              </text>
              <text className={styles['name']} x={13} y={36}>
                {shorten(name)}
              </text>
            </g>
          )
        })}
      </svg>
    </div>
  )
}
