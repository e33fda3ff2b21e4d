import { useTranslation } from 'react-i18next'
import type { MasterKind, MasterRecord } from '../../core/master'

/** A master or a series of them in a few words: kind, filter, exposure, sensor, camera. */
export const useMasterWords = () => {
  const { t, i18n } = useTranslation('masters')
  const number = (value: number, digits = 4) =>
    value.toLocaleString(i18n.language, { maximumSignificantDigits: digits })
  const describe = ({ kind, group }: { kind: MasterKind; group: MasterRecord['group'] }): string =>
    [
      t(`kind.${kind}`),
      group.filter,
      group.exposure === null ? null : `${number(group.exposure)} s`,
      kind === 'master-dark' && group.temperature !== null ? `${number(group.temperature, 3)} °C` : null,
    ]
      .filter((part) => part !== null && part !== '')
      .join(' · ')
  const camera = ({ group }: Pick<MasterRecord, 'group'>): string =>
    [
      group.telescope,
      group.instrument,
      group.binning.join('×'),
      group.gainSetting === null ? null : t('gainSetting', { value: group.gainSetting }),
    ]
      .filter((part) => part !== null && part !== '')
      .join(' · ')
  return { t, number, describe, camera, language: i18n.language }
}
