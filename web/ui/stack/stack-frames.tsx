import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { effectiveFacts } from '../../core/frame'
import type { StackRecord } from '../../core/stack'
import { openFrameOf } from '../../state/open-thing'
import { Section } from '../inspector/card'
import { useApp, useAppStore } from '../kit/use-app'
import styles from './stack.module.css'

/** The frames of a stack, each a step away from being looked at by itself. */
export const StackFrames = ({ stack }: { readonly stack: StackRecord }) => {
  const { t, i18n } = useTranslation('stack')
  const store = useAppStore()
  const { exposures, reduced, qualities } = useApp((state) => state.library)
  const rows = useMemo(() => {
    const recipes = new Map(reduced.map((record) => [record.id, record]))
    const originals = new Map(exposures.map((exposure) => [exposure.id, exposure]))
    return stack.frames.map((id) => {
      const recipe = recipes.get(id)
      const exposure = recipe === undefined ? undefined : originals.get(recipe.exposure)
      return { id, recipe, exposure, quality: qualities.get(exposure?.id ?? '') }
    })
  }, [stack, reduced, exposures, qualities])
  const number = (value: number, digits: number) =>
    value.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return (
    <Section title={t('frames', { count: stack.frames.length })}>
      <div className={styles['scroll']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">{t('frame')}</th>
              <th scope="col">{t('start')}</th>
              <th scope="col">{t('fwhm')}</th>
              <th scope="col">{t('shift')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ id, recipe, exposure, quality }) => (
              <tr key={id} data-reference={id === stack.reference ? '' : undefined}>
                <td>
                  {exposure === undefined ? (
                    <span>{t('gone')}</span>
                  ) : (
                    <button
                      type="button"
                      className={styles['link']}
                      onClick={() =>
                        openFrameOf(
                          store,
                          exposure.id,
                          recipe?.registration == null ? 'calibrated' : 'registered',
                        )
                      }
                    >
                      {exposure.name}
                    </button>
                  )}
                  {id === stack.reference ? <small>{t('reference')}</small> : null}
                </td>
                <td>{exposure === undefined ? '' : effectiveFacts(exposure).dateObs?.slice(11, 19)}</td>
                <td>{quality?.fwhm == null ? '' : number(quality.fwhm, 2)}</td>
                <td>
                  {recipe?.registration == null
                    ? ''
                    : `${number(recipe.registration.dx, 1)}, ${number(recipe.registration.dy, 1)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Section>
  )
}
