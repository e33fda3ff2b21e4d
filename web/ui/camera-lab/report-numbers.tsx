import type { CameraReportRecord } from '../../core/camera-report'
import { longestHotPixels, mainDarkSeries } from '../../pipeline/camera/summarise-report'
import type { LabWords } from './use-lab-words'
import styles from './camera-lab.module.css'

export interface StatedValues {
  readonly gain: number | null
  readonly gainFrom: string | null
  readonly readNoise: number | null
  readonly readNoiseFrom: string | null
}

interface NumberCard {
  readonly id: string
  readonly value: string
  readonly unit: string
  readonly text: string
  /** What header or profile say beside it. */
  readonly compared: string | null
  /** It differs by more than chance. */
  readonly odd: boolean
}

/** More than three sigma and more than a per cent: else a header is right. */
const differs = (
  stated: number,
  { value, error }: { readonly value: number; readonly error: number },
): boolean => Math.abs(stated - value) > 3 * error && Math.abs(stated / value - 1) > 0.01

const listCards = (report: CameraReportRecord, stated: StatedValues, words: LabWords): NumberCard[] => {
  const { t, number, measured, degrees } = words
  const { gain, readNoise, readNoiseElectrons, transfer, linearity, darkTemperature } = report
  const dark = mainDarkSeries(report)
  const hot = longestHotPixels(report)
  const compare = (
    said: number | null,
    from: string | null,
    found: { readonly value: number; readonly error: number } | null,
  ): string | null =>
    said === null || found === null
      ? null
      : t('compared', {
          source: t(`source.${from ?? 'header'}`),
          said: number(said, 4),
          difference: t(said > found.value ? 'more' : 'less', {
            percent: number(Math.abs(100 * (said / found.value - 1)), 2),
          }),
        })
  const cards: (NumberCard | null)[] = [
    gain === null
      ? null
      : {
          id: 'gain',
          value: measured(gain),
          unit: t('unit.gain'),
          text: t(transfer?.bend == null ? 'about.gain' : 'about.gainBends', {
            count: transfer?.points.filter(({ leftOut }) => leftOut === null).length ?? 0,
          }),
          compared: compare(stated.gain, stated.gainFrom, gain),
          odd: stated.gain !== null && differs(stated.gain, gain),
        },
    readNoise === null
      ? null
      : {
          id: 'readNoise',
          value: measured(readNoiseElectrons ?? readNoise),
          unit: readNoiseElectrons === null ? t('unit.adu') : t('unit.electron'),
          text: t('about.readNoise', { adu: measured(readNoise), count: report.bias.pairs.length }),
          compared: compare(stated.readNoise, stated.readNoiseFrom, readNoiseElectrons),
          odd:
            stated.readNoise !== null &&
            readNoiseElectrons !== null &&
            differs(stated.readNoise, readNoiseElectrons),
        },
    dark === null
      ? null
      : {
          id: 'darkCurrent',
          value: measured(dark.rate),
          unit: t('unit.aduPerSecond'),
          text: t(dark.electrons === null ? 'about.darkCurrent' : 'about.darkCurrentElectrons', {
            electrons: dark.electrons === null ? '' : measured(dark.electrons),
            temperature: degrees(dark.temperature),
          }),
          compared: null,
          odd: false,
        },
    darkTemperature === null
      ? null
      : {
          id: 'doubling',
          value: measured(darkTemperature.doubling),
          unit: '°C',
          text: t('about.doubling', { energy: measured(darkTemperature.energy) }),
          compared: null,
          odd: false,
        },
    transfer === null
      ? null
      : {
          id: 'fullWell',
          value: transfer.fullWell === null ? t('notReached') : measured(transfer.fullWell),
          unit: transfer.fullWell === null ? '' : t('unit.adu'),
          text:
            transfer.fullWell === null
              ? t('about.noFullWell', {
                  level: number(Math.max(...transfer.points.map(({ level }) => level)), 4),
                })
              : t('about.fullWell', {
                  electrons: gain === null ? '–' : number(transfer.fullWell.value * gain.value, 3),
                }),
          compared: null,
          odd: false,
        },
    linearity === null
      ? null
      : {
          id: 'linearity',
          value: measured(linearity.largest),
          unit: '%',
          text: t('about.linearity', {
            level: number(linearity.largest.level, 4),
            scatter: number(linearity.scatter, 2),
            delay: measured(linearity.shutterDelay),
          }),
          compared: null,
          odd: false,
        },
    hot === null
      ? null
      : {
          id: 'hotPixels',
          value: number(hot.counts[0] ?? 0, 6),
          unit: t('unit.ofPixels', { percent: number((100 * (hot.counts[0] ?? 0)) / hot.pixels, 2) }),
          text: t('about.hotPixels', {
            threshold: number(hot.heights[0] ?? NaN, 3),
            exposure: number(hot.exposure),
            count: hot.frames.length,
          }),
          compared: null,
          odd: false,
        },
  ]
  return cards.filter((card) => card !== null)
}

/** What the camera is like in a few numbers: each with its error, what it means, and what header or profile say instead. */
export const ReportNumbers = (props: {
  readonly report: CameraReportRecord
  readonly stated: StatedValues
  readonly words: LabWords
}) => {
  const { report, stated, words } = props
  const { t } = words
  return (
    <div className={styles['numbers']}>
      {listCards(report, stated, words).map(({ id, value, unit, text, compared, odd }) => (
        <article key={id} className={styles['number']} data-number={id} aria-label={t(`number.${id}`)}>
          <h3>{t(`number.${id}`)}</h3>
          <strong>
            <span data-value>{value}</span> <small>{unit}</small>
          </strong>
          {compared === null ? null : <p data-odd={odd}>{compared}</p>}
          <p>{text}</p>
        </article>
      ))}
    </div>
  )
}
