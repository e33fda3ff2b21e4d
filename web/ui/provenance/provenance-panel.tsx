import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bundleGraph, foldFiles, type ProvenanceGroup } from '../../pipeline/provenance/bundle-graph'
import { openThing } from '../../state/open-thing'
import { saveFile } from '../kit/save-file'
import { useApp, useAppStore } from '../kit/use-app'
import { exportSvg } from '../plots/export-plot'
import { ProvenanceGraphView } from './provenance-graph'
import { ProvenanceList } from './provenance-list'
import { useWords } from './use-words'
import styles from './provenance-panel.module.css'

/** A group of so many is opened one by one; of more, one at a time is taken out. */
const MOST_OPENED = 12

/** A drawing is read on a wide page, a list on a narrow one; both are a press away. */
const firstView = (): 'graph' | 'list' => (window.innerWidth < 800 ? 'list' : 'graph')

/** What a result was made from, as a drawing or as a list. */
export const ProvenancePanel = () => {
  const { t } = useTranslation('provenance')
  const store = useAppStore()
  const { id, graph, failure, picked, selected, from, select, pick } = useApp((state) => state.provenance)
  const panels = useApp((state) => state.panels)
  const [view, setView] = useState(firstView)
  const svg = useRef<SVGSVGElement>(null)
  const words = useWords(graph)
  const groups = useMemo(
    () => (graph === null ? [] : bundleGraph(foldFiles(graph), new Set(picked))),
    [graph, picked],
  )
  const [root] = groups
  const title =
    root === undefined ? t('title') : t('titleOf', { what: words.kind(root), name: words.name(root) })
  const files = graph?.nodes.filter((node) => node.kind === 'file') ?? []
  const missing = graph?.nodes.filter((node) => node.missing).length ?? 0
  const openGroup = (group: ProvenanceGroup) => {
    const [only] = group.members
    select(group.key)
    if (group.members.length === 1 && only !== undefined) openThing(store, only)
    else if (group.members.length <= MOST_OPENED) for (const member of group.members) pick(member.id, true)
    else panels.showSheet('inspector')
  }
  const fileName = `provenance-${(id ?? '').replaceAll(/[^\w.-]+/g, '-')}`
  return (
    <section className={styles['panel']} aria-label={title}>
      <header className={styles['head']}>
        <button type="button" className="chip" onClick={() => panels.open(from)}>
          {t('back')}
        </button>
        <div className={styles['title']}>
          <h2>{title}</h2>
          <p>
            {graph === null
              ? ''
              : [
                  t('counts', { things: graph.nodes.length, count: files.length }),
                  missing > 0 ? t('someMissing', { count: missing }) : '',
                  graph.leftOut > 0 ? t('leftOut', { count: graph.leftOut }) : '',
                ]
                  .filter(Boolean)
                  .join(' · ')}
          </p>
        </div>
        <div className={styles['tools']}>
          {(['graph', 'list'] as const).map((each) => (
            <button
              key={each}
              type="button"
              className="chip"
              aria-pressed={view === each}
              onClick={() => setView(each)}
            >
              {t(`view.${each}`)}
            </button>
          ))}
          {picked.length === 0 ? null : (
            <button
              type="button"
              className="chip"
              onClick={() => {
                for (const each of picked) pick(each, false)
                if (graph !== null) select(graph.root)
              }}
            >
              {t('together')}
            </button>
          )}
          <button
            type="button"
            className="chip"
            disabled={graph === null}
            onClick={() => saveFile(`${fileName}.json`, JSON.stringify(graph, null, 2), 'application/json')}
          >
            {t('json')}
          </button>
          <button
            type="button"
            className="chip"
            disabled={graph === null || view === 'list'}
            onClick={() => {
              if (svg.current !== null)
                saveFile(`${fileName}.svg`, exportSvg([svg.current], title), 'image/svg+xml')
            }}
          >
            SVG
          </button>
        </div>
      </header>
      {failure === null ? null : <p role="alert">{failure}</p>}
      {graph === null ? (
        <p className={styles['empty']}>{id === null ? t('empty') : failure === null ? t('reading') : ''}</p>
      ) : view === 'graph' ? (
        <ProvenanceGraphView
          groups={groups}
          selected={selected}
          words={words}
          label={title}
          svg={svg}
          onSelect={select}
          onOpen={openGroup}
        />
      ) : (
        <ProvenanceList groups={groups} selected={selected} words={words} label={title} onSelect={select} />
      )}
    </section>
  )
}
