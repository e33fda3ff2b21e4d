import type { ExposureRecord } from '../../core/frame'
import type { CombinedMasterKind, MasterRecord } from '../../core/master'
import {
  chooseMaster,
  judgeMasters,
  type MasterCandidate,
  type MatchOptions,
} from '../../pipeline/match-masters'
import { Card, Section } from '../inspector/card'
import { explainChoice } from '../inspector/explain-choice'
import { useMasterWords } from './use-master-words'
import styles from './master-verdicts.module.css'

interface MasterVerdictsProps {
  readonly light: ExposureRecord
  readonly candidates: readonly MasterCandidate[]
  readonly options: MatchOptions
  readonly stored: readonly MasterRecord[]
  readonly onSelect: (master: string) => void
  /** Takes a stored master in spite of the rules, or goes back to them. */
  readonly onChoose: (kind: 'bias' | 'dark' | 'flat', master: string) => void
}

const KINDS = ['master-bias', 'master-dark', 'master-flat'] as const
const SHORT = { 'master-bias': 'bias', 'master-dark': 'dark', 'master-flat': 'flat' } as const

/** For one light: what it would get of each kind and why, and why not the others. */
export const MasterVerdicts = (props: MasterVerdictsProps) => {
  const { light, candidates, options, stored, onSelect, onChoose } = props
  const { t, describe } = useMasterWords()
  const isStored = new Set(stored.map(({ id }) => id))
  const nameOf = (id: string): string => {
    const found =
      candidates.find((candidate) => candidate.id === id) ?? stored.find((master) => master.id === id)
    if (found === undefined) return id
    const night = found.group.night.slice(0, 10)
    return `${describe(found)} · ${night}${isStored.has(id) ? '' : ` (${t('toBeMade')})`}`
  }
  const reason = (breaks: string | null, days: number | null): string => {
    const away = days === null ? '' : t('away', { count: days })
    if (breaks === null) return t('fits', { away })
    return t(`breaks.${breaks}`, {
      limit: options.maxMasterAgeDays,
      degrees: options.temperatureTolerance,
      away,
    })
  }
  const explain = (kind: CombinedMasterKind) => {
    const choice = chooseMaster(light, kind, candidates, options)
    const others = judgeMasters(light, kind, candidates, options).filter(({ taken }) => !taken)
    const short = SHORT[kind]
    const title = choice.master === null ? t('inspector:none') : nameOf(choice.master)
    return (
      <Card key={kind} title={`${t(`inspector:kind.${short}`)}: ${title}`}>
        <p>{explainChoice(t, choice)}</p>
        {choice.reason === 'chosen-by-person' || options.chosen?.[short] === 'none' ? (
          <button type="button" className="chip" onClick={() => onChoose(short, 'auto')}>
            {t('byRule')}
          </button>
        ) : null}
        {others.length === 0 ? null : (
          <details className={styles['others']}>
            <summary>{t('others', { count: others.length })}</summary>
            <ul>
              {others.slice(0, 40).map(({ id, breaks, days }) => (
                <li key={id}>
                  <button type="button" disabled={!isStored.has(id)} onClick={() => onSelect(id)}>
                    {nameOf(id)}
                  </button>
                  <span>{reason(breaks, days)}</span>
                  {isStored.has(id) && breaks !== 'size' ? (
                    <button type="button" className="chip" onClick={() => onChoose(short, id)}>
                      {t('useThis')}
                    </button>
                  ) : null}
                </li>
              ))}
            </ul>
          </details>
        )}
      </Card>
    )
  }
  return <Section title={t('wouldGet')}>{KINDS.map(explain)}</Section>
}
