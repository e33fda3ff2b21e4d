import { useTranslation } from 'react-i18next'
import type { CalibrationRecipe } from '../../core/reduced'
import { listRecipe } from '../../pipeline/calibration/list-recipe'
import { Section } from './card'
import styles from './recipe-facts.module.css'

interface RecipeFactsProps {
  readonly recipe: CalibrationRecipe
  readonly nameOf: (master: string) => string | null
  /** Opens where it can be chosen otherwise; left out where it cannot. */
  readonly onChange?: () => void
}

/** What was done to a frame, step by step, with the parameters that it was done with. */
export const RecipeFacts = ({ recipe, nameOf, onChange }: RecipeFactsProps) => {
  const { t, i18n } = useTranslation('calibration')
  const show = (value: string | number | null): string | number | null =>
    typeof value === 'number' ? value.toLocaleString(i18n.language, { maximumSignificantDigits: 6 }) : value
  const steps = listRecipe(recipe)
  return (
    <Section title={t('recipe.title')}>
      {steps.length === 0 ? <p className={styles['nothing']}>{t('recipe.nothing')}</p> : null}
      <ol className={styles['recipe']} aria-label={t('recipe.title')}>
        {steps.map(({ step, code, values, master }) => (
          <li key={step} data-step={step}>
            <b>{t(`recipe.name.${step}`, { defaultValue: t(`name.${step}`) })}</b>
            <span>
              {t(`recipe.${step}.${code}`, {
                ...Object.fromEntries(Object.entries(values).map(([key, value]) => [key, show(value)])),
                method: t(`option.method.${values['method'] ?? 'median'}`),
                channel: t(`option.channel.${values['channel'] ?? 'green'}`),
                master: master === null ? '' : (nameOf(master) ?? master),
              })}
            </span>
          </li>
        ))}
      </ol>
      {onChange === undefined ? null : (
        <div className="chips">
          <button type="button" className="chip" onClick={onChange}>
            {t('recipe.change')}
          </button>
        </div>
      )}
    </Section>
  )
}
