import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProvenanceGraph, ProvenanceNode } from '../../core/provenance'
import type { ProvenanceGroup } from '../../pipeline/provenance/bundle-graph'

export interface GraphWords {
  /** What kind of thing it is, with the number where there are several. */
  readonly kind: (group: ProvenanceGroup) => string
  /** Its name; of several, the step that made them. */
  readonly name: (group: ProvenanceGroup) => string
  readonly nameOf: (node: ProvenanceNode) => string
  readonly step: (node: ProvenanceNode) => string
}

const wordOf = ({ kind, details }: ProvenanceNode): string => {
  const own = details['kind']
  if (kind === 'master' || kind === 'exposure') return typeof own === 'string' ? `${kind}.${own}` : kind
  return kind
}

/** Things in the words of the field: a measurement is named by its frame, and not by its hash. */
export const useWords = (graph: ProvenanceGraph | null): GraphWords => {
  const { t } = useTranslation('provenance')
  return useMemo(() => {
    const frames = new Map(
      graph?.nodes.flatMap((node) => (node.kind === 'exposure' ? [[node.id, node.name] as const] : [])),
    )
    const nameOf = (node: ProvenanceNode): string => {
      const frame = node.details['exposure']
      if (node.kind === 'measurement' && node.id.includes('/')) return node.name
      if (node.kind === 'photometry') return t('tableName', { count: Number(node.details['stars'] ?? 0) })
      if (typeof frame === 'string') return frames.get(frame) ?? node.name
      return node.kind === 'file' ? (node.name.split('/').at(-1) ?? node.name) : node.name
    }
    const made = ({ step: by }: ProvenanceNode): string =>
      by === null ? t('fromOutside') : t(`orders:step.${by.name}`, { defaultValue: by.name })
    const step = (node: ProvenanceNode): string =>
      node.step === null
        ? made(node)
        : `${made(node)}${node.step.version === null ? '' : ` ${t('version', { version: node.step.version })}`}`
    return {
      nameOf,
      step,
      kind: ({ members }) => {
        const [first] = members
        return first === undefined ? '' : t(`what.${wordOf(first)}`, { count: members.length })
      },
      name: ({ members }) => {
        const [first] = members
        if (first === undefined) return ''
        return members.length === 1 ? nameOf(first) : made(first)
      },
    }
  }, [graph, t])
}
