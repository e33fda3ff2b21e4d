import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Image } from '../../core/image'
import type { DisplaySettings } from '../../render/image-renderer'
import { deriveCurrentNight } from '../../state/current-night'
import type { PanelId } from '../../state/panels-slice'
import { runDemonstration } from '../../state/run-demonstration'
import { runNext } from '../../state/run-next'
import { chooseCraft } from '../../state/choose-craft'
import { toggleBlinking } from '../../state/toggle-blinking'
import { CommandPalette } from '../command-palette/command-palette'
import { KeysDialog } from '../command-palette/keys-dialog'
import { CurveStage, CurveStrip } from '../stage/curve-stage'
import { CurveInspector } from '../stage/curve-inspector'
import { InspectorPanel } from '../inspector/inspector-panel'
import { Icon } from '../kit/icons'
import { LatePart } from '../kit/late-part'
import { Notices } from '../kit/notices'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { OfferDialog } from '../projects-io/offer-dialog'
import { RoomDialog } from '../projects-io/room-dialog'
import { LibraryPanel } from '../library/library-panel'
import { RoadBar } from '../road/road-bar'
import type { ShownFrame } from '../stage/choose-shown'
import { ImageStage } from '../stage/image-stage'
import { AddressDialog } from './address-dialog'
import { AppFrame } from './app-frame'
import { partFiles, takePicked, type DroppedFile } from './collect-files'
import { EmptyStage } from './empty-stage'
import {
  CalibrationPanel,
  CameraLabPanel,
  ColourPanel,
  ExplorePanel,
  fetchPanelsWhenIdle,
  FrameCheckPanel,
  InstrumentsPanel,
  MastersPanel,
  OrdersPanel,
  ProvenanceInspector,
  ProvenancePanel,
  SettingsPanel,
  SkyPanel,
  StackPanel,
  TargetsPanel,
} from './late-panels'
import { Rail } from './rail'
import { StudioFoot } from './studio-foot'
import { TopBar } from './top-bar'
import { useCommands } from './use-commands'
import { useFirstPicture } from './use-first-picture'
import { usePageDrop } from './use-page-drop'
import { usePageKeys } from './use-page-keys'

const PANELS = ['image', 'curve', 'explore', 'orders'] as const
/** Without a digit of their own: opened from the rail, from the road and by name. */
const OTHER_PANELS = [
  'check',
  'calibration',
  'masters',
  'camera',
  'sky',
  'stack',
  'colour',
  'targets',
] as const
const ALL_PANELS: readonly PanelId[] = [...PANELS, 'settings']

interface Looked {
  readonly image: Image | null
  readonly shown: ShownFrame | null
  readonly settings: DisplaySettings
}

const NOTHING: Looked = {
  image: null,
  shown: null,
  settings: { stretch: 'asinh', low: 0, high: 1, colormap: 'grey', invert: false },
}

/** The whole page: what there is, the picture or the plot, what it means, and the one button that comes next. */
export const StudioPage = () => {
  const { t } = useTranslation('shell')
  const store = useAppStore()
  const library = useApp((state) => state.library)
  const busy = useApp((state) => state.intake.progress !== null)
  const selection = useApp((state) => state.selection)
  // Not the orders themselves: how far one is concerns the bottom line alone, many times a second.
  const running = useApp((state) => state.orders.progress?.request ?? null)
  const stars = useApp((state) => state.stars)
  const panels = useApp((state) => state.panels)
  const crafts = useApp((state) => state.settings.crafts)
  const { solutions, failures } = useApp((state) => state.sky)
  const liveCurve = useApp((state) => state.liveCurve.curve)
  const hasProvenance = useApp((state) => state.provenance.graph !== null)
  const picker = useRef<HTMLInputElement>(null)
  const openPicker = useCallback(() => picker.current?.click(), [])
  const [looked, setLooked] = useState<Looked>(NOTHING)

  const current = useMemo(
    () =>
      deriveCurrentNight({
        library,
        selection,
        stars,
        orders: { progress: running === null ? null : { request: running } },
        settings: { crafts },
        sky: { solutions, failures },
      }),
    [library, selection, running, stars, crafts, solutions, failures],
  )
  const curve = liveCurve ?? current.curve
  const exposure = useMemo(() => {
    const wanted = library.exposures.find((candidate) => candidate.id === selection.frame)
    return (
      wanted ??
      current.lights[0] ??
      library.exposures.find((candidate) => candidate.id === current.night?.groups[0]?.frames[0]) ??
      null
    )
  }, [library.exposures, selection.frame, current])

  const { picture: firstPicture, show: showFirst, clear: clearFirst } = useFirstPicture(useStudio())
  const takeFiles = useCallback(
    (dropped: DroppedFile[]) => {
      const { profiles, files } = partFiles(dropped)
      if (profiles.length > 0) void store.getState().instruments.bringIn(profiles)
      const take = async (): Promise<void> => {
        const { library: before, intake, project, room } = store.getState()
        const frames = await intake.whileLooking(async () => room.settle(await project.sortOut(files)))
        if (frames.length === 0) return
        await intake.ingest(frames, before.exposures.length === 0 ? showFirst([...frames]) : undefined)
        if (store.getState().library.exposures.length === 0) clearFirst()
      }
      if (files.length > 0) void take()
    },
    [store, showFirst, clearFirst],
  )
  const over = usePageDrop(takeFiles)
  const demonstrate = useCallback(() => void runDemonstration(store), [store])
  const step = useCallback(
    (by: number) => {
      const { lights } = current
      const at = lights.findIndex((light) => light.id === exposure?.id)
      const next = lights[(at + by + lights.length) % Math.max(1, lights.length)]
      if (next !== undefined) store.getState().selection.openFrame(next.id)
    },
    [current, exposure, store],
  )
  const onLook = useCallback(
    (image: Looked['image'], shown: Looked['shown'], settings: DisplaySettings) => {
      setLooked({ image, shown, settings })
      if (image !== null) clearFirst()
    },
    [clearFirst],
  )

  const { next } = current.road
  const waiting = next?.action === 'pick-target' && stars.picking === 'target'
  const pressNext = () => {
    if (next === null) return
    if (next.action === 'choose-files') openPicker()
    else void runNext(store, next.action)
  }
  const nextButton =
    next === null
      ? null
      : {
          label: waiting
            ? t('next.clickStar')
            : t(next.filter == null ? `next.${next.action}` : 'next.stackIn', {
                count: next.count,
                filter: next.filter,
              }),
          run: pressNext,
        }
  const listCommands = useCommands({ current, next: nextButton, pickFiles: openPicker, demonstrate })
  usePageKeys({
    palette: () => panels.showDialog('palette'),
    help: () => panels.showDialog('keys'),
    next: pressNext,
    blink: () => toggleBlinking(store),
    step,
    panel: (index) => panels.open(ALL_PANELS[index] ?? 'image'),
  })
  useEffect(() => {
    if (current.night === null) document.title = t('brand')
    else document.title = `${current.night.objects[0] ?? current.night.night} · ${t('brand')}`
  }, [current.night, t])

  useEffect(fetchPanelsWhenIdle, [])

  const isStackOpen = library.stacks.some(({ id }) => id === selection.master)
  const openOrders = useCallback(() => store.getState().panels.open('orders'), [store])
  const openStop = (stop: string) => {
    if (stop === 'curve' || stop === 'measured') panels.open('curve')
    else if (stop === 'placed') panels.open('sky')
    else if (stop === 'colour')
      void runNext(store, current.road.next?.action === 'open-picture' ? 'open-picture' : 'colour')
    else if (stop === 'stacked') {
      if (current.filterGroups.every(({ stack }) => stack === null)) panels.open('stack')
      else void runNext(store, 'open-stack')
    } else if (stop === 'masters' && library.masters.length > 0) panels.open('masters')
    else if (stop === 'masters' || (stop === 'calibrated' && current.calibrated.size === 0))
      panels.open('calibration')
    else {
      panels.open('image')
      selection.showStage(stop === 'frames' ? 'raw' : stop === 'calibrated' ? 'calibrated' : 'registered')
    }
  }
  const empty = library.loaded && library.exposures.length === 0 && firstPicture === null
  const hasInspector =
    (panels.panel === 'image' && (!empty || panels.demonstration !== 'none')) ||
    (panels.panel === 'curve' && curve !== null) ||
    (panels.panel === 'provenance' && hasProvenance)
  const main = () => {
    switch (panels.panel) {
      case 'explore':
        return <ExplorePanel />
      case 'orders':
        return <OrdersPanel />
      case 'settings':
        return <SettingsPanel />
      case 'calibration':
        return <CalibrationPanel current={current} />
      case 'masters':
        return <MastersPanel current={current} />
      case 'check':
        return <FrameCheckPanel current={current} />
      case 'camera':
        return <CameraLabPanel />
      case 'sky':
        return <SkyPanel current={current} exposure={exposure} />
      case 'stack':
        return <StackPanel current={current} />
      case 'colour':
        return <ColourPanel />
      case 'targets':
        return <TargetsPanel />
      case 'provenance':
        return <ProvenancePanel />
      case 'instruments':
        return <InstrumentsPanel frame={exposure?.id ?? null} />
      case 'curve':
        return <CurveStage curve={curve} live={liveCurve !== null} selected={exposure?.id ?? null} />
      case 'image':
        return empty ? (
          <EmptyStage
            onFiles={takeFiles}
            onAddress={() => panels.showDialog('address')}
            onDemonstration={demonstrate}
            over={over}
          />
        ) : (
          <ImageStage
            current={current}
            exposure={exposure}
            first={firstPicture}
            curve={curve}
            strip={
              curve === null ? null : (
                <CurveStrip curve={curve} live={liveCurve !== null} selected={exposure?.id ?? null} />
              )
            }
            onStep={step}
            onLook={onLook}
          />
        )
    }
  }
  return (
    <>
      <AppFrame
        labels={{ side: t('sideLabel'), inspector: t('inspectorLabel') }}
        sheet={panels.sheet}
        top={
          <TopBar
            night={current.night?.night ?? null}
            object={current.night?.objects[0] ?? null}
            road={
              empty ? null : (
                <RoadBar
                  craft={current.craft}
                  onCraft={(craft) => chooseCraft(store, current.night?.key ?? '', craft)}
                  stops={current.road.stops}
                  current={current.road.current}
                  onOpen={openStop}
                />
              )
            }
            next={
              nextButton === null ||
              empty ||
              (next?.action === 'open-curve' && panels.panel === 'curve') ||
              (next?.action === 'open-picture' && panels.panel === 'colour') ||
              (next?.action === 'open-stack' && panels.panel === 'image' && isStackOpen)
                ? null
                : {
                    label: nextButton.label,
                    onPress: nextButton.run,
                    disabled: waiting || busy,
                  }
            }
            onPalette={() => panels.showDialog('palette')}
          />
        }
        rail={
          <Rail
            current={panels.panel}
            items={[...PANELS, ...OTHER_PANELS].map((id) => ({ id, icon: <Icon name={id} /> }))}
            last={[{ id: 'settings', icon: <Icon name="settings" /> }]}
            sheets={[
              { id: 'side', icon: <Icon name="nights" /> },
              ...(hasInspector ? [{ id: 'inspector', icon: <Icon name="info" /> }] : []),
            ]}
            sheet={panels.sheet}
            onOpen={(id) => panels.open(id as PanelId)}
            onSheet={(id) => panels.showSheet(panels.sheet === id ? 'none' : (id as 'side' | 'inspector'))}
          />
        }
        side={<LibraryPanel current={current} />}
        main={<LatePart key={panels.panel}>{main()}</LatePart>}
        inspector={
          !hasInspector ? null : panels.panel === 'provenance' ? (
            <LatePart key="provenance">
              <ProvenanceInspector />
            </LatePart>
          ) : panels.panel === 'curve' && curve !== null ? (
            <CurveInspector curve={curve} selected={exposure?.id ?? null} live={liveCurve !== null} />
          ) : (
            <InspectorPanel current={current} exposure={exposure} curve={curve} {...looked} />
          )
        }
        foot={<StudioFoot onOrders={openOrders} />}
      />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        aria-label={t('empty.files')}
        onChange={(event) => takeFiles(takePicked(event.target))}
      />
      {over && !empty ? <div className="drop-veil">{t('empty.letGo')}</div> : null}
      <AddressDialog
        open={panels.dialog === 'address'}
        onClose={() => panels.showDialog(null)}
        onSubmit={(addresses) => void store.getState().intake.ingest(addresses.map((url) => ({ url })))}
      />
      <CommandPalette
        open={panels.dialog === 'palette'}
        onClose={() => panels.showDialog(null)}
        listCommands={listCommands}
      />
      <KeysDialog open={panels.dialog === 'keys'} onClose={() => panels.showDialog(null)} />
      <OfferDialog />
      <RoomDialog />
      <Notices />
    </>
  )
}
