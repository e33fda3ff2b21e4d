import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ProvenanceGroup } from '../../pipeline/provenance/bundle-graph'
import type { GraphWords } from './use-words'
import styles from './provenance-list.module.css'

interface ProvenanceListProps {
  readonly groups: readonly ProvenanceGroup[]
  readonly selected: string | null
  readonly words: GraphWords
  readonly label: string
  readonly onSelect: (key: string) => void
}

interface BranchProps extends Omit<ProvenanceListProps, 'label' | 'groups'> {
  readonly group: ProvenanceGroup
  readonly byKey: ReadonlyMap<string, ProvenanceGroup>
  /** Where each group is written out; elsewhere it is only named. */
  readonly home: ReadonlyMap<string, string>
  readonly path: string
}

/** A thing that went into several is written out at the first, so that the list is as long as the graph and not longer. */
const findHomes = (groups: readonly ProvenanceGroup[], byKey: ReadonlyMap<string, ProvenanceGroup>) => {
  const home = new Map<string, string>()
  const visit = (group: ProvenanceGroup, path: string) => {
    if (home.has(group.key)) return
    home.set(group.key, path)
    for (const key of group.inputs) {
      const input = byKey.get(key)
      if (input !== undefined) visit(input, `${path}/${key}`)
    }
  }
  const [root] = groups
  if (root !== undefined) visit(root, root.key)
  return home
}

const Branch = (props: BranchProps) => {
  const { group, byKey, home, path, selected, words, onSelect } = props
  const { t } = useTranslation('provenance')
  const [open, setOpen] = useState(true)
  const isHome = home.get(group.key) === path
  const missing = group.members.some((member) => member.missing)
  const inputs = isHome ? group.inputs.flatMap((key) => byKey.get(key) ?? []) : []
  return (
    <li>
      <div className={styles['line']}>
        {inputs.length === 0 ? (
          <span className={styles['toggle']} aria-hidden="true">
            ·
          </span>
        ) : (
          <button
            type="button"
            className={styles['toggle']}
            aria-expanded={open}
            aria-label={t('madeFrom', { what: words.kind(group) })}
            onClick={() => setOpen(!open)}
          >
            {open ? '▾' : '▸'}
          </button>
        )}
        <button
          type="button"
          className={styles['thing']}
          aria-current={group.key === selected ? 'true' : undefined}
          data-missing={missing}
          onClick={() => onSelect(group.key)}
        >
          <b>{words.kind(group)}</b>
          <span>
            {[words.name(group), missing ? t('missing') : '', isHome ? '' : t('seeAbove')]
              .filter(Boolean)
              .join(' · ')}
          </span>
        </button>
      </div>
      {inputs.length === 0 || !open ? null : (
        <ul>
          {inputs.map((input) => (
            <Branch key={input.key} {...props} group={input} path={`${path}/${input.key}`} />
          ))}
        </ul>
      )}
    </li>
  )
}

/** The graph as nested lists, for those who read instead of look. */
export const ProvenanceList = ({ groups, label, ...rest }: ProvenanceListProps) => {
  const byKey = new Map(groups.map((group) => [group.key, group]))
  const home = findHomes(groups, byKey)
  const [root] = groups
  if (root === undefined) return null
  return (
    <nav className={styles['list']} aria-label={label}>
      <ul>
        <Branch {...rest} group={root} byKey={byKey} home={home} path={root.key} />
      </ul>
    </nav>
  )
}
