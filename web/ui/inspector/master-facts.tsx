import { useTranslation } from 'react-i18next'
import { BAD_PIXEL_KINDS, type BadPixelFacts, type BadPixelKind, type MasterRecord } from '../../core/master'
import { Card, Facts, Section, type Fact } from './card'
import { RecipeFacts } from './recipe-facts'

const KINDS = Object.keys(BAD_PIXEL_KINDS) as BadPixelKind[]

/** How a master was made and whether it is any good. */
export const MasterFacts = ({
  master,
  onProvenance,
}: {
  readonly master: MasterRecord
  readonly onProvenance: () => void
}) => {
  const { t, i18n } = useTranslation(['inspector', 'bad-pixels'])
  const number = (value: number, digits = 2) =>
    value.toLocaleString(i18n.language, { maximumFractionDigits: digits })
  const { statistics, combine } = master
  const listKinds = ({ counts, edits }: BadPixelFacts): Fact[] => [
    ...KINDS.map((kind) => ({ label: t(`bad-pixels:kind.${kind}`), value: number(counts[kind]) })),
    {
      label: t('bad-pixels:title'),
      value: `${number(counts.any)} (${number((100 * counts.any) / (master.width * master.height), 3)} %)`,
    },
    { label: t('bad-pixels:edits'), value: number(edits) },
  ]
  const listCombined = (): Fact[] => [
    { label: t('madeFrom'), value: t('frames', { count: master.frames.length }) },
    ...(combine === null
      ? []
      : [
          {
            label: t('combined'),
            value: `${t(`method.${combine.method}`)}, ${t(`rejection.${combine.rejection}`)}`,
          },
        ]),
    {
      label: t('level'),
      value: `${number(statistics.median, master.unit === '' ? 4 : 1)} ${master.unit.toUpperCase()}`,
    },
    {
      label: t('spread'),
      value: `${number(statistics.deviation, master.unit === '' ? 4 : 2)} ${master.unit.toUpperCase()}`,
    },
    { label: t('rejected'), value: `${number(100 * statistics.rejectedFraction, 3)} %` },
    ...(master.kind === 'master-bias'
      ? []
      : [{ label: t('biasOff'), value: master.biasSubtracted ? t('yes') : t('no') }]),
  ]
  return (
    <Section title={master.name}>
      <Facts facts={master.badPixels === undefined ? listCombined() : listKinds(master.badPixels)} />
      {master.raw == null ? null : (
        <RecipeFacts
          recipe={{ bias: null, dark: null, flat: null, darkFactor: 1, raw: master.raw }}
          nameOf={() => null}
        />
      )}
      {master.warnings.length === 0 ? null : (
        <Card tone="warn" title={t('look')}>
          {master.warnings.map((warning) => (
            <p key={warning}>{warning}</p>
          ))}
        </Card>
      )}
      <div className="chips">
        <button type="button" className="chip" onClick={onProvenance}>
          {t('provenance:show')}
        </button>
      </div>
    </Section>
  )
}
