import { useTranslation } from 'react-i18next'
import type { FrameLeftOut, StackRecord } from '../../core/stack'
import { Card, Section } from '../inspector/card'

/** Frames that did not come in, each with its reason. */
export const StackLeftOut = ({ stack }: { readonly stack: StackRecord }) => {
  const { t, i18n } = useTranslation('stack')
  const left = stack.leftOut ?? []
  if (left.length === 0) return null
  const number = (value: number | null) =>
    value?.toLocaleString(i18n.language, { maximumFractionDigits: 2 }) ?? ''
  const say = ({ reason, value, limit }: FrameLeftOut) =>
    t(`reason.${reason}`, { value: number(value), limit: number(limit) })
  return (
    <Section title={t('leftOut', { count: left.length })}>
      <Card tone="warn">
        {left.map((frame) => (
          <p key={frame.frame}>
            {frame.name}: {say(frame)}
          </p>
        ))}
      </Card>
    </Section>
  )
}
