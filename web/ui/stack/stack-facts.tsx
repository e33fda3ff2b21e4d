import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StackRecord } from '../../core/stack'
import { openProvenance } from '../../state/open-provenance'
import { Facts, Section, type Fact } from '../inspector/card'
import { Term } from '../kit/term'
import { useApp, useAppStore } from '../kit/use-app'
import { StackFrames } from './stack-frames'
import { StackGain } from './stack-gain'
import { StackLeftOut } from './stack-left-out'
import { StackNameDialog } from './stack-name-dialog'

/** How a stack was made, of what, and what can be done with it. */
export const StackFacts = ({ stack }: { readonly stack: StackRecord }) => {
  const { t, i18n } = useTranslation('stack')
  const store = useAppStore()
  const canWrite = useApp((state) => state.library.canWrite)
  const [naming, setNaming] = useState(false)
  const number = (value: number, digits: number) =>
    value.toLocaleString(i18n.language, { maximumFractionDigits: digits })
  const { statistics, combine } = stack
  const unit = stack.unit === 'electron' ? 'e⁻' : 'ADU'
  const facts: readonly (Fact | null)[] = [
    stack.object === null ? null : { label: t('object'), value: stack.object },
    stack.filter === null ? null : { label: t('filter'), value: stack.filter },
    { label: t('night'), value: stack.night || t('unknown') },
    {
      label: t('exposure'),
      value: stack.exposure === null ? t('unknown') : t('seconds', { value: number(stack.exposure, 1) }),
    },
    { label: t('size'), value: `${stack.width} × ${stack.height}` },
    {
      label: t('combined'),
      value: `${t(`inspector:method.${combine.method}`)}, ${t(`inspector:rejection.${combine.rejection}`)}`,
    },
    {
      label: t('placed'),
      value: stack.reference === null ? t('asTheyLie') : t(`interpolation.${stack.interpolation}`),
    },
    { label: t('level'), value: `${number(statistics.median, 2)} ${unit}` },
    { label: t('spread'), value: `${number(statistics.deviation, 3)} ${unit}` },
    {
      label: <Term id="rejected">{t('rejected')}</Term>,
      value: `${number(100 * statistics.rejectedFraction, 3)} %`,
    },
    stack.noiseRatio === undefined
      ? null
      : { label: t('noiseRatio'), value: t('noiseRatioText', { ratio: number(stack.noiseRatio, 2) }) },
    stack.single === undefined
      ? null
      : {
          label: t('alone.label'),
          value: t(`alone.${stack.single.noise}`, { pixels: number(stack.single.pixels, 0) }),
        },
  ]
  return (
    <>
      <Section title={stack.name}>
        <Facts facts={facts.filter((fact) => fact !== null)} />
        <div className="chips">
          <button type="button" className="chip" onClick={() => openProvenance(store, stack.id)}>
            {t('provenance:show')}
          </button>
          <button type="button" className="chip" disabled={!canWrite} onClick={() => setNaming(true)}>
            {t('rename')}
          </button>
          <button
            type="button"
            className="chip"
            disabled={!canWrite}
            onClick={() => void store.getState().stacks.remove(stack.id)}
          >
            {t('remove')}
          </button>
        </div>
      </Section>
      <StackGain stack={stack} />
      <StackFrames stack={stack} />
      <StackLeftOut stack={stack} />
      {naming ? (
        <StackNameDialog
          name={stack.name}
          onClose={() => setNaming(false)}
          onName={(name) => {
            setNaming(false)
            void store.getState().stacks.rename(stack.id, name)
          }}
        />
      ) : null}
    </>
  )
}
