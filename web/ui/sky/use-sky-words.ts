import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { degrees } from '../../core/units'
import { formatDeclination, formatRightAscension } from '../../science/astrometry/sexagesimal'

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

const raise = (value: number): string =>
  String(value).replaceAll(/\d/g, (digit) => RAISED[Number(digit)] ?? digit)

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
      odds: (logOdds: number): string =>
        logOdds > LARGE
          ? t('odds.power', { power: raise(Math.floor(logOdds / Math.LN10)) })
          : t('odds.plain', { value: number(Math.exp(logOdds), 2) }),
    }
  }, [t, language])
}

export type SkyWords = ReturnType<typeof useSkyWords>
