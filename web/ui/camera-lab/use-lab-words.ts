import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { CameraIdentity } from '../../core/camera-report'
import { formatMeasured } from '../kit/format-measured'

/** Numbers and cameras in the words of the page. */
export const useLabWords = () => {
  const { t, i18n } = useTranslation('camera-lab')
  const { language } = i18n
  return useMemo(() => {
    const number = (value: number | null, digits = 5): string =>
      value === null || !Number.isFinite(value)
        ? '–'
        : value.toLocaleString(language, { maximumSignificantDigits: digits })
    return {
      t,
      language,
      number,
      measured: (given: { readonly value: number; readonly error: number }): string =>
        formatMeasured(given, language),
      degrees: (celsius: number | null): string =>
        celsius === null ? t('noTemperature') : `${number(celsius, 3)} °C`,
      camera: ({ telescope, instrument, binning, width, height, gainSetting }: CameraIdentity): string =>
        [
          instrument === '' ? t('unnamed') : instrument,
          telescope,
          `${width}×${height}`,
          t('binning', { value: binning.join('×') }),
          gainSetting === null ? '' : t('gainSetting', { value: gainSetting }),
        ]
          .filter((part) => part !== '')
          .join(' · '),
    }
  }, [t, language])
}

export type LabWords = ReturnType<typeof useLabWords>
