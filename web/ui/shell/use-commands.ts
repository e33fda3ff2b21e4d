import { useTranslation } from 'react-i18next'
import type { PanelId } from '../../state/panels-slice'
import type { CurrentNight } from '../../state/current-night'
import type { Command } from '../command-palette/command-palette'
import { useApp } from '../kit/use-app'
import { useSkyCommands } from '../sky/use-sky-commands'

interface CommandInput {
  readonly current: CurrentNight
  readonly next: { readonly label: string; readonly run: () => void } | null
  readonly pickFiles: () => void
  readonly demonstrate: () => void
}

const PANELS: readonly PanelId[] = [
  'image',
  'curve',
  'explore',
  'orders',
  'settings',
  'masters',
  'camera',
  'check',
  'sky',
  'stack',
  'colour',
  'targets',
]
const THEMES = ['dark', 'light', 'night', 'system'] as const

/** Lists everything that can be called by name; asked only when somebody is about to choose, since there are as many as frames. */
export const useCommands = ({ current, next, pickFiles, demonstrate }: CommandInput): (() => Command[]) => {
  const { t } = useTranslation('shell')
  const panels = useApp((state) => state.panels)
  const selection = useApp((state) => state.selection)
  const settings = useApp((state) => state.settings)
  const running = useApp((state) => state.orders.progress !== null)
  const cancel = useApp((state) => state.orders.cancel)
  const listSkyCommands = useSkyCommands(current)
  return () => [
    ...(next === null ? [] : [{ id: 'next', label: next.label, note: t('command.next'), run: next.run }]),
    { id: 'files', label: t('empty.files'), run: pickFiles },
    { id: 'address', label: t('empty.address'), run: () => panels.showDialog('address') },
    { id: 'demonstrate', label: t('empty.transit'), note: t('command.demonstration'), run: demonstrate },
    ...(running ? [{ id: 'cancel', label: t('foot.cancel'), run: cancel }] : []),
    ...PANELS.map((panel, index) => ({
      id: `panel-${panel}`,
      label: t(`rail.${panel}`),
      note: index < 5 ? String(index + 1) : '',
      run: () => panels.open(panel),
    })),
    { id: 'panel-calibration', label: t('rail.calibration'), run: () => panels.open('calibration') },
    { id: 'panel-instruments', label: t('rail.instruments'), run: () => panels.open('instruments') },
    ...listSkyCommands(),
    ...THEMES.map((theme) => ({
      id: `theme-${theme}`,
      label: t(`command.theme.${theme}`),
      run: () => settings.change({ theme }),
    })),
    { id: 'keys', label: t('command.keys'), note: '?', run: () => panels.showDialog('keys') },
    ...current.nights.map((night) => ({
      id: night.key,
      label: night.night,
      note: night.objects.join(', '),
      run: () => selection.openNight(night.key),
    })),
    ...current.lights.map((light) => ({
      id: light.id,
      label: light.name,
      note: t('command.frame'),
      run: () => {
        panels.open('image')
        selection.openFrame(light.id)
      },
    })),
  ]
}
