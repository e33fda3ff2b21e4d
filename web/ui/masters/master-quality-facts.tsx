import type { TFunction } from 'i18next'
import type { MasterRecord } from '../../core/master'
import { Facts, Section, type Fact } from '../inspector/card'
import { useMasterWords } from './use-master-words'

interface MasterQualityFactsProps {
  readonly master: MasterRecord
  /** Days between it and the light that is asked about; null when there is none. */
  readonly days: number | null
  /** The one of an earlier night that it is compared with. */
  readonly before: MasterRecord | null
  readonly onOpen: () => void
  readonly onMap: (before: string) => void
}

/** Noise that is larger than it should be by more than this part has a reason other than chance. */
const MOST_EXCESS = 1.1

/** Thirds of a frame, as rows are stored: the page may show them the other way round. */
const describePlace = (
  t: TFunction<'masters'>,
  { x, y }: { readonly x: number; readonly y: number },
): string => {
  const rows = y < 1 / 3 ? t('place.bottom') : y > 2 / 3 ? t('place.top') : ''
  const columns = x < 1 / 3 ? t('place.left') : x > 2 / 3 ? t('place.right') : ''
  if (rows !== '' && columns !== '') return t('place.join', { rows, columns })
  return rows + columns === '' ? t('place.middle') : rows + columns
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
    const { averaging, coldPixels, structure, change } = quality
    // Flats are relative: what is small in them is said in per cent.
    const [factor, unit] = kind === 'master-flat' ? [100, '%'] : [1, 'ADU']
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
    if (coldPixels != null)
      facts.push({
        label: t('coldPixels'),
        value: t(kind === 'master-flat' ? 'blind' : 'coldBelow', {
          count: coldPixels.count,
          threshold: number(coldPixels.threshold, 3),
        }),
      })
    if (averaging != null)
      facts.push({
        label: t('averaging'),
        value: t(averaging.value > MOST_EXCESS * averaging.predicted ? 'averagingBad' : 'averagingGood', {
          frames: averaging.frames,
          predicted: number(factor * averaging.predicted, 3),
          value: number(factor * averaging.value, 3),
          unit,
        }),
      })
    if (structure != null)
      facts.push({
        label: t('structure'),
        value: t('structureText', {
          range: number(factor * structure.range, 3),
          unit,
          place: describePlace(t, structure.brightest),
        }),
      })
    if (change != null)
      facts.push({
        label: t('change'),
        value: t('changeText', {
          night: before?.group.night.slice(0, 10) ?? '',
          median: number(change.median, 3),
          scatter: number(change.scatter, 3),
        }),
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
        {before === null || kind !== 'master-flat' ? null : (
          <button type="button" className="chip" onClick={() => onMap(before.id)}>
            {t('map')}
          </button>
        )}
      </div>
    </Section>
  )
}
