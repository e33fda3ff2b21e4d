import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { degrees } from '../../core/units'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'

/** Natural logarithms of odds beyond which a power of ten says it shorter than a number. */
const LARGE = Math.log(1e4)

/** Angles, lengths and odds in the words of the page. */
export const useSkyWords = () => {
  const { t, i18n } = useTranslation('sky')
  const { language } = i18n
  return useMemo(() => {
    const fixed = (value: number, digits: number): string =>
      Number.isFinite(value)
        ? value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits })
        : '–'
    const number = (value: number, digits = 4): string =>
      Number.isFinite(value) ? value.toLocaleString(language, { maximumSignificantDigits: digits }) : '–'
    const angle = (size: number): string =>
      size >= 1
        ? `${number(size, 3)}°`
        : size >= 1 / 60
          ? `${number(60 * size, 3)}′`
          : `${number(3600 * size, 3)}″`
    return {
      t,
      language,
      fixed,
      number,
      /** A length on the sky, degrees in, in the unit that suits it. */
      angle,
      place: (rightAscension: number, declination: number): string =>
        `${formatRightAscension(degrees(rightAscension), 2)} ${formatDeclination(degrees(declination), 1)}`,
      placeInDegrees: (rightAscension: number, declination: number): string =>
        `${rightAscension.toFixed(5)}° ${declination < 0 ? '−' : '+'}${Math.abs(declination).toFixed(5)}°`,
      field: (width: number, height: number, scale: number): string =>
        `${angle((width * scale) / 3600)} × ${angle((height * scale) / 3600)}`,
      /** How often chance would do as well, and the power of ten that stands raised behind the words. */
      odds: (logOdds: number): { readonly text: string; readonly power: number | null } =>
        logOdds > LARGE
          ? { text: t('odds.power'), power: Math.floor(logOdds / Math.LN10) }
          : { text: t('odds.plain', { value: number(Math.exp(logOdds), 2) }), power: null },
    }
  }, [t, language])
}

export type SkyWords = ReturnType<typeof useSkyWords>
