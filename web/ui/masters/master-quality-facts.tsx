import type { MasterRecord } from '../../core/master'
import { Facts, Section, type Fact } from '../inspector/card'
import { useMasterWords } from './use-master-words'

interface MasterQualityFactsProps {
  readonly master: MasterRecord
  /** Days between it and the light that is asked about; null when there is none. */
  readonly days: number | null
  /** The flat that it is compared with. */
  readonly before: MasterRecord | null
  readonly onOpen: () => void
  readonly onMap: (before: string) => void
}

/** What one master says of the camera. */
export const MasterQualityFacts = ({ master, days, before, onOpen, onMap }: MasterQualityFactsProps) => {
  const { t, number } = useMasterWords()
  const { quality, kind } = master
  const gain = quality?.gain ?? null
  const charge = (adu: number, unit: string, unitElectrons: string): string =>
    `${number(adu)} ${unit}${gain === null ? '' : ` · ${number(adu * gain)} ${unitElectrons}`}`
  const facts: Fact[] = []
  if (days !== null) facts.push({ label: t('age'), value: t('away', { count: days }) })
  if (quality !== undefined) {
    const { level, noise, darkCurrent, hotPixels, measuredGain, ratio } = quality
    if (kind === 'master-bias')
      facts.push({ label: t('quantity.biasLevel'), value: `${number(level.value, 6)} ADU` })
    if (noise !== null)
      facts.push({
        label: kind === 'master-bias' ? t('quantity.readNoise') : t('frameNoise'),
        value: charge(noise.value, 'ADU', 'e⁻'),
        note: t(`from.${noise.from}`, { count: noise.pairs }),
      })
    if (darkCurrent !== null)
      facts.push({
        label: t('quantity.darkCurrent'),
        value: charge(darkCurrent.value, t('unit.darkCurrent'), t('unitElectrons.darkCurrent')),
      })
    if (hotPixels !== null)
      facts.push({
        label: t('quantity.hotPixels'),
        value: t('hotAbove', { count: hotPixels.count, threshold: number(hotPixels.threshold, 3) }),
      })
    if (measuredGain !== null)
      facts.push({
        label: t('quantity.gain'),
        value: `${number(measuredGain.value)} ± ${number(measuredGain.error, 2)} ${t('unit.gain')}`,
      })
    if (ratio !== null)
      facts.push({
        label: t('quantity.flatRatio'),
        value: t('ratioText', {
          night: before?.group.night.slice(0, 10) ?? '',
          median: number(ratio.median, 5),
          scatter: number(100 * ratio.scatter, 3),
        }),
      })
  }
  return (
    <Section title={t('says')}>
      {facts.length === 0 ? null : <Facts facts={facts} />}
      <div className="chips">
        <button type="button" className="chip" onClick={onOpen}>
          {t('openPicture')}
        </button>
        {before === null ? null : (
          <button type="button" className="chip" onClick={() => onMap(before.id)}>
            {t('map')}
          </button>
        )}
      </div>
    </Section>
  )
}
