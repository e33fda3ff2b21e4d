import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ExposureRecord } from '../../core/frame'
import { PROVENANCE_KINDS, type ProvenanceNode } from '../../core/provenance'
import { bundleGraph, foldFiles, type ProvenanceGroup } from '../../pipeline/provenance/bundle-graph'
import { openProvenance } from '../../state/open-provenance'
import { openThing } from '../../state/open-thing'
import { Card, Facts, Section, type Fact } from '../inspector/card'
import { useApp, useAppStore } from '../kit/use-app'
import { VirtualTable } from '../kit/virtual-table'
import { PointReasons } from './point-reasons'
import { showValue } from './show-value'
import { ThingReasons } from './thing-reasons'
import { useWords, type GraphWords } from './use-words'
import styles from './provenance-inspector.module.css'

/** All but what came from outside or is not known here. */
const OPENED: readonly ProvenanceNode['kind'][] = PROVENANCE_KINDS.filter(
  (kind) => kind !== 'file' && kind !== 'unknown',
)

/** How a thing came to be: step, version, parameters, order, time, machine. */
const Making = ({ node, words }: { readonly node: ProvenanceNode; readonly words: GraphWords }) => {
  const { t, i18n } = useTranslation('provenance')
  const original = (node.details['original'] ?? null) as NonNullable<ExposureRecord['original']> | null
  const parameters = Object.entries(node.step?.parameters ?? {})
  const facts: Fact[] = [
    { label: t('step'), value: words.step(node) },
    ...(node.time === null
      ? []
      : [{ label: t('time'), value: new Date(node.time).toLocaleString(i18n.language) }]),
    ...(node.backends.length === 0 ? [] : [{ label: t('backends'), value: node.backends.join(', ') }]),
    ...(node.flags.length === 0 ? [] : [{ label: t('flags'), value: node.flags.join(', ') }]),
    ...(node.order === null
      ? []
      : [{ label: t('order'), value: <span className="mono">{node.order}</span> }]),
    ...(node.sha256 === null
      ? []
      : [
          {
            label: t(original === null ? 'sha256' : 'sha256Kept'),
            value: <span className="mono">{node.sha256}</span>,
          },
        ]),
    ...(original === null
      ? []
      : [
          {
            label: t('sha256Original', { format: original.format }),
            value: <span className="mono">{original.sha256}</span>,
          },
        ]),
    { label: t('id'), value: <span className="mono">{node.id}</span> },
  ]
  return (
    <>
      <Section title={t('making')}>
        <Facts facts={facts} />
      </Section>
      {parameters.length === 0 ? null : (
        <Section title={t('parameters')}>
          <Facts
            facts={parameters.map(([name, value]) => ({
              label: <span className="mono">{name}</span>,
              value: showValue(value, i18n.language),
            }))}
          />
        </Section>
      )}
    </>
  )
}

const Recorded = ({ node }: { readonly node: ProvenanceNode }) => {
  const { t, i18n } = useTranslation('provenance')
  const entries = Object.entries(node.details).filter(([, value]) => value !== null && value !== '')
  if (entries.length === 0) return null
  return (
    <details className={styles['recorded']}>
      <summary>{t('recorded')}</summary>
      <Facts
        facts={entries.map(([name, value]) => ({
          label: <span className="mono">{name}</span>,
          value: showValue(value, i18n.language),
        }))}
      />
    </details>
  )
}

const Members = ({ group, words }: { readonly group: ProvenanceGroup; readonly words: GraphWords }) => {
  const { t } = useTranslation('provenance')
  const pick = useApp((state) => state.provenance.pick)
  const { members } = group
  return (
    <Section title={words.kind(group)}>
      <Card>
        <p>{t('groupText', { count: members.length })}</p>
      </Card>
      <div className={styles['members']}>
        <VirtualTable
          label={words.kind(group)}
          count={members.length}
          columns={[
            {
              name: t('takeOut'),
              value: (index) => {
                const member = members[index]
                return member === undefined ? '' : words.nameOf(member)
              },
            },
          ]}
          onPick={(index) => {
            const member = members[index]
            if (member !== undefined) pick(member.id, true)
          }}
        />
      </div>
      <label className={`field ${styles['choose']}`}>
        {t('takeOut')}
        <select
          value=""
          onChange={(event) => {
            if (event.target.value !== '') pick(event.target.value, true)
          }}
        >
          <option value="">{t('choose')}</option>
          {members.slice(0, 500).map((member) => (
            <option key={member.id} value={member.id}>
              {words.nameOf(member)}
            </option>
          ))}
        </select>
      </label>
    </Section>
  )
}

/** The right side of the graph: what the chosen thing is, why it is so, and how it was made. */
export const ProvenanceInspector = () => {
  const { t } = useTranslation('provenance')
  const store = useAppStore()
  const { graph, picked, selected, pick } = useApp((state) => state.provenance)
  const words = useWords(graph)
  const group = useMemo(() => {
    if (graph === null) return null
    const groups = bundleGraph(foldFiles(graph), new Set(picked))
    return groups.find(({ key }) => key === selected) ?? groups[0] ?? null
  }, [graph, picked, selected])
  const [node] = group?.members ?? []
  if (graph === null || group === null || node === undefined) return null
  if (group.members.length > 1) return <Members group={group} words={words} />
  return (
    <>
      <Section title={words.kind(group)}>
        <p className={styles['name']}>{words.nameOf(node)}</p>
        {node.missing ? (
          <Card tone="warn" title={t('missing')}>
            <p>{node.kind === 'file' ? t('missingFile') : t('missingText')}</p>
          </Card>
        ) : null}
        {!node.followed && !node.missing ? (
          <Card>
            <p>{t('stops', { count: node.inputCount })}</p>
          </Card>
        ) : null}
        <div className="chips">
          {node.missing || !OPENED.includes(node.kind) ? null : (
            <button type="button" className="chip" onClick={() => openThing(store, node)}>
              {t('open')}
            </button>
          )}
          {node.id === graph.root || node.missing || node.kind === 'file' ? null : (
            <button type="button" className="chip" onClick={() => openProvenance(store, node.id)}>
              {t('startHere')}
            </button>
          )}
          {picked.includes(node.id) ? (
            <button type="button" className="chip" onClick={() => pick(node.id, false)}>
              {t('putBack')}
            </button>
          ) : null}
        </div>
      </Section>
      {node.kind === 'point' ? <PointReasons point={node} graph={graph} words={words} /> : null}
      <ThingReasons node={node} graph={graph} />
      <Making node={node} words={words} />
      <Recorded node={node} />
    </>
  )
}
