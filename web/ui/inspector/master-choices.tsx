import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MasterChoice } from '../../core/reduced'
import { Term } from '../kit/term'
import { Card, Section } from './card'
import { explainChoice } from './explain-choice'

/** For whom a person's choice holds. */
export type ChoiceScope = 'all' | 'group' | 'frame'

const SCOPES: readonly ChoiceScope[] = ['all', 'group', 'frame']

interface MasterChoicesProps {
  readonly choices: readonly MasterChoice[]
  readonly nameOf: (master: string) => string | null
  /** Masters that a person may choose instead, by kind. */
  readonly alternatives: readonly {
    readonly id: string
    readonly kind: MasterChoice['kind']
    readonly name: string
  }[]
  /** Scales a dark of another exposure, or no longer. */
  readonly darkScaling: boolean
  readonly onDarkScaling: (darkScaling: boolean) => void
  readonly onChoose: (kind: MasterChoice['kind'], master: string, scope: ChoiceScope) => void
}

/** Which masters a light got and why, in a sentence each, with the choice open to be changed. */
export const MasterChoices = ({
  choices,
  nameOf,
  alternatives,
  darkScaling,
  onDarkScaling,
  onChoose,
}: MasterChoicesProps) => {
  const { t } = useTranslation('inspector')
  const [scope, setScope] = useState<ChoiceScope>('all')
  return (
    <Section title={t('masters')}>
      {choices.map((choice) => {
        const options = alternatives.filter((master) => master.kind === choice.kind)
        return (
          <Card
            key={choice.kind}
            title={
              <>
                <Term id={choice.kind}>{t(`kind.${choice.kind}`)}</Term>
                {`: ${choice.master === null ? t('none') : (nameOf(choice.master) ?? choice.master)}`}
              </>
            }
          >
            <p>{explainChoice(t, choice)}</p>
            {choice.kind === 'dark' &&
            (darkScaling || 'exposure' in choice.values) &&
            choice.reason !== 'exact' ? (
              <label className="field">
                {t('scaleDark')}
                <input
                  type="checkbox"
                  checked={darkScaling}
                  onChange={(event) => onDarkScaling(event.target.checked)}
                />
              </label>
            ) : null}
            {options.length === 0 ? null : (
              <label className="field">
                {t('useInstead')}
                <select
                  value={choice.reason === 'switched-off' ? 'none' : (choice.master ?? 'auto')}
                  onChange={(event) => onChoose(choice.kind, event.target.value, scope)}
                >
                  <option value="auto">{t('byRule')}</option>
                  {options.map((master) => (
                    <option key={master.id} value={master.id}>
                      {master.name}
                    </option>
                  ))}
                  <option value="none">{t('none')}</option>
                </select>
              </label>
            )}
          </Card>
        )
      })}
      {alternatives.length === 0 ? null : (
        <div className="inset">
          <label className="field">
            {t('useFor')}
            <select value={scope} onChange={(event) => setScope(event.target.value as ChoiceScope)}>
              {SCOPES.map((each) => (
                <option key={each} value={each}>
                  {t(`scope.${each}`)}
                </option>
              ))}
            </select>
          </label>
        </div>
      )}
    </Section>
  )
}
