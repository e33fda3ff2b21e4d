import { useTranslation } from 'react-i18next'
import type { ProvenanceGraph, ProvenanceNode } from '../../core/provenance'
import type { CalibrationRecipe, MasterChoice, Registration } from '../../core/reduced'
import { Card, Facts, Section } from '../inspector/card'
import { explainChoice } from '../inspector/explain-choice'
import { RecipeFacts } from '../inspector/recipe-facts'

const KINDS = ['bias', 'dark', 'flat'] as const

/** Masters of a calibrated frame, each with the reason why it was taken. */
const Masters = ({ node, graph }: { readonly node: ProvenanceNode; readonly graph: ProvenanceGraph }) => {
  const { t } = useTranslation('provenance')
  const choices = node.details['choices'] as readonly MasterChoice[]
  return (
    <Section title={t('inspector:masters')}>
      {KINDS.flatMap((kind) => choices.find((choice) => choice.kind === kind) ?? []).map((choice) => {
        const name = graph.nodes.find(({ id }) => id === choice.master)?.name ?? choice.master
        return (
          <Card
            key={choice.kind}
            title={`${t(`inspector:kind.${choice.kind}`)}: ${name ?? t('inspector:none')}`}
          >
            <p>{explainChoice(t, choice)}</p>
          </Card>
        )
      })}
    </Section>
  )
}

/** How a registered frame lies against the reference. */
const Lie = ({ node }: { readonly node: ProvenanceNode }) => {
  const { t, i18n } = useTranslation('provenance')
  const { dx, dy, rotation, matched, rms, transform } = node.details as unknown as Registration
  const number = (value: number, digits: number) =>
    value.toLocaleString(i18n.language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
  return (
    <Section title={t('inspector:registration')}>
      <Facts
        facts={[
          { label: t('inspector:shift'), value: `${number(dx, 2)}, ${number(dy, 2)} px` },
          { label: t('inspector:rotation'), value: `${number(rotation, 3)}°` },
          { label: t('inspector:matched'), value: number(matched, 0) },
          { label: t('inspector:rms'), value: `${number(rms, 3)} px` },
          {
            label: 'x′',
            value: `${number(transform.a, 6)} x + ${number(transform.b, 6)} y + ${number(transform.c, 3)}`,
          },
          {
            label: 'y′',
            value: `${number(transform.d, 6)} x + ${number(transform.e, 6)} y + ${number(transform.f, 3)}`,
          },
        ]}
      />
    </Section>
  )
}

/** Why a thing is as it is, where its record says so. */
export const ThingReasons = ({
  node,
  graph,
}: {
  readonly node: ProvenanceNode
  readonly graph: ProvenanceGraph
}) => {
  if (node.missing) return null
  if (node.kind === 'calibrated')
    return (
      <>
        <RecipeFacts
          recipe={node.details['calibration'] as CalibrationRecipe}
          nameOf={(master) => graph.nodes.find(({ id }) => id === master)?.name ?? null}
        />
        <Masters node={node} graph={graph} />
      </>
    )
  return node.kind === 'registered' ? <Lie node={node} /> : null
}
