import { useCallback } from 'react'
import type { SkyLayerName } from '../../state/sky-layers'
import { useApp } from '../kit/use-app'

/** What lies over the picture, and how it is switched; it is kept between visits. */
export const useSkyLayers = () => {
  const sky = useApp((state) => state.settings.sky)
  const change = useApp((state) => state.settings.change)
  const toggle = useCallback(
    (layer: SkyLayerName) => {
      const layers = sky.layers.includes(layer)
        ? sky.layers.filter((each) => each !== layer)
        : [...sky.layers, layer]
      // Who asks for one of them while all are hidden wants to see it.
      change({ sky: sky.shown ? { ...sky, layers } : { ...sky, shown: true, layers: [layer] } })
    },
    [sky, change],
  )
  const toggleAll = useCallback(() => change({ sky: { ...sky, shown: !sky.shown } }), [sky, change])
  const write = useCallback(
    (coordinates: typeof sky.coordinates) => change({ sky: { ...sky, coordinates } }),
    [sky, change],
  )
  const has = (layer: SkyLayerName): boolean => sky.shown && sky.layers.includes(layer)
  return { ...sky, has, toggle, toggleAll, write }
}
