import { lazy } from 'react'
import { loadWords } from '../i18n/set-up'

/**
 * Panels that nobody sees first. They are fetched when somebody opens one, or a moment after the page has come to rest, so that the page is there
 * sooner and they are there at once.
 */
const load = {
  explore: () => import('../explore/explore-panel'),
  orders: () => import('../orders/orders-panel'),
  settings: () => import('../settings/settings-panel'),
  calibration: () => import('../calibration/calibration-panel'),
  masters: () => import('../masters/masters-panel'),
  check: () => import('../frame-check/frame-check-panel'),
  camera: () => import('../camera-lab/camera-lab-panel'),
  sky: () => import('../sky/sky-panel'),
  stack: () => import('../stack/stack-panel'),
  colour: () => import('../colour/colour-panel'),
  targets: () => import('../targets/targets-panel'),
  provenance: () => import('../provenance/provenance-panel'),
  provenanceInspector: () => import('../provenance/provenance-inspector'),
  instruments: () => import('../instruments/instruments-panel'),
} as const

export const ExplorePanel = lazy(async () => ({ default: (await load.explore()).ExplorePanel }))
export const OrdersPanel = lazy(async () => ({ default: (await load.orders()).OrdersPanel }))
export const SettingsPanel = lazy(async () => ({ default: (await load.settings()).SettingsPanel }))
export const CalibrationPanel = lazy(async () => ({ default: (await load.calibration()).CalibrationPanel }))
export const MastersPanel = lazy(async () => ({ default: (await load.masters()).MastersPanel }))
export const FrameCheckPanel = lazy(async () => ({ default: (await load.check()).FrameCheckPanel }))
export const CameraLabPanel = lazy(async () => ({ default: (await load.camera()).CameraLabPanel }))
export const SkyPanel = lazy(async () => ({ default: (await load.sky()).SkyPanel }))
export const StackPanel = lazy(async () => ({ default: (await load.stack()).StackPanel }))
// Its words come with it.
export const ColourPanel = lazy(async () => {
  await loadWords('colour-picture')
  return { default: (await load.colour()).ColourPanel }
})
export const TargetsPanel = lazy(async () => ({ default: (await load.targets()).TargetsPanel }))
export const ProvenancePanel = lazy(async () => ({ default: (await load.provenance()).ProvenancePanel }))
export const ProvenanceInspector = lazy(async () => ({
  default: (await load.provenanceInspector()).ProvenanceInspector,
}))
export const InstrumentsPanel = lazy(async () => ({ default: (await load.instruments()).InstrumentsPanel }))

/** Milliseconds after which the page has surely come to rest. */
const PATIENCE = 4000

/** Fetches all of them when the page has nothing better to do. One that does not come is fetched again when it is wanted. */
export const fetchPanelsWhenIdle = (): (() => void) => {
  const fetchAll = (): void => {
    for (const fetchOne of Object.values(load)) fetchOne().catch(() => undefined)
  }
  if ('requestIdleCallback' in globalThis) {
    const waiting = requestIdleCallback(fetchAll, { timeout: PATIENCE })
    return () => cancelIdleCallback(waiting)
  }
  const waiting = setTimeout(fetchAll, PATIENCE)
  return () => clearTimeout(waiting)
}
