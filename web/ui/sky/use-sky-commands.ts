import { useTranslation } from 'react-i18next'
import type { CurrentNight } from '../../state/current-night'
import { SKY_LAYERS } from '../../state/sky-layers'
import type { Command } from '../command-palette/command-palette'
import { useApp, useAppStore } from '../kit/use-app'
import { useSkyLayers } from './use-sky-layers'

/** What can be asked about places on the sky by name: to solve a frame or all, and what lies over the picture. */
export const useSkyCommands = (current: CurrentNight): (() => readonly Command[]) => {
  const { t } = useTranslation('sky')
  const store = useAppStore()
  const layers = useSkyLayers()
  const canSolve = useApp((state) => state.library.canWrite && state.orders.progress === null)
  const solve = (frames: readonly string[]) => {
    store.getState().panels.open('sky')
    void store.getState().sky.solve(frames)
  }
  return () => {
    const [first] = current.lights
    const frame = current.lights.find(({ id }) => id === store.getState().selection.frame) ?? first
    return [
      ...(frame === undefined || !canSolve
        ? []
        : [
            {
              id: 'sky-solve',
              label: t('command.solve'),
              note: frame.name,
              run: () => solve([frame.id]),
            },
            {
              id: 'sky-series',
              label: t('command.series'),
              run: () => solve(current.lights.map(({ id }) => id)),
            },
          ]),
      ...(first === undefined
        ? []
        : [
            { id: 'sky-all', label: t('command.all'), note: 'O', run: layers.toggleAll },
            ...SKY_LAYERS.map((layer) => ({
              id: `sky-${layer}`,
              label: t('command.layer', { layer: t(`layers.${layer}`) }),
              note: layer === 'grid' ? 'G' : '',
              run: () => layers.toggle(layer),
            })),
          ]),
    ]
  }
}
