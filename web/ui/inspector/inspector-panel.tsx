import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { effectiveFacts, type ExposureRecord } from '../../core/frame'
import type { Image } from '../../core/image'
import type { LightCurveRecord } from '../../core/light-curve'
import { splitPartId } from '../../core/provenance'
import { placeOnOriginal, type MasterChoice } from '../../core/reduced'
import { applyTransform } from '../../core/transform'
import type { StarInspection } from '../../pipeline/inspect/star'
import type { CurrentNight } from '../../state/current-night'
import type { DisplaySettings } from '../../render/image-renderer'
import { openProvenance } from '../../state/open-provenance'
import { runNext } from '../../state/run-next'
import { useApp, useAppStore, useStudio } from '../kit/use-app'
import { StackFacts } from '../stack/stack-facts'
import type { ShownFrame } from '../stage/choose-shown'
import { DisplayPanel } from '../viewer/display-panel'
import { HeaderButton } from '../viewer/header-button'
import { Card, Section } from './card'
import { DemonstrationCard } from './demonstration-card'
import { FrameFactsSection } from './frame-facts'
import { MasterChoices, type ChoiceScope } from './master-choices'
import { MasterFacts } from './master-facts'
import { RecipeFacts } from './recipe-facts'
import { RegistrationFacts } from './registration-facts'
import { StarsSection } from './stars-section'
import { findThingsToCheck } from './things-to-check'

interface InspectorPanelProps {
  readonly current: CurrentNight
  readonly exposure: ExposureRecord | null
  readonly curve: LightCurveRecord | null
  readonly image: Image | null
  readonly shown: ShownFrame | null
  readonly settings: DisplaySettings
}

/** The target on the frame that is shown, measured a moment after it stops changing. */
const useTargetMeasurement = (
  shown: ShownFrame | null,
  curve: LightCurveRecord | null,
): StarInspection | null => {
  const studio = useStudio()
  const { target, radius, annulus } = useApp((state) => state.stars)
  const [star, setStar] = useState<StarInspection | null>(null)
  const pixels = radius === 'best' ? (curve?.radius ?? 4) : radius
  const [inner, outer] = annulus ?? curve?.annulus ?? [10, 15]
  useEffect(() => {
    if (target === null || shown?.exposure == null) {
      setStar(null)
      return
    }
    let wanted = true
    const at = applyTransform(shown.transform, target)
    const size = shown.fromCalibrated.a
    const timer = setTimeout(() => {
      studio.measureStar(shown.id, at, size * pixels, [size * inner, size * outer]).then(
        (measured) => {
          if (wanted) setStar(measured)
        },
        () => {
          if (wanted) setStar(null)
        },
      )
    }, 60)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [studio, shown, target, pixels, inner, outer])
  return star
}

/** One flat over another: neither a frame of the night nor a master. */
const OtherPicture = ({
  id,
  nameOf,
  onProvenance,
}: {
  readonly id: string
  readonly nameOf: (master: string) => string | null
  readonly onProvenance: () => void
}) => {
  const { t } = useTranslation('inspector')
  const { record, part } = splitPartId(id)
  const names = [record, ...(part === null ? [] : [part])].map((each) => nameOf(each) ?? each)
  return (
    <Section title={t(part === null ? 'stack' : 'ratio')}>
      <Card>
        <p>{names.join(' / ')}</p>
      </Card>
      {part === null ? (
        <div className="chips">
          <button type="button" className="chip" onClick={onProvenance}>
            {t('provenance:show')}
          </button>
        </div>
      ) : null}
    </Section>
  )
}

/** The right side of the picture: how it is shown, what the frame is, why its masters, where it lies, what its star measures. */
export const InspectorPanel = ({ current, exposure, curve, image, shown, settings }: InspectorPanelProps) => {
  const { t } = useTranslation('inspector')
  const store = useAppStore()
  const library = useApp((state) => state.library)
  const failures = useApp((state) => state.orders.failures)
  const display = useApp((state) => state.display)
  const master = useApp(
    (state) => library.masters.find((candidate) => candidate.id === state.selection.master) ?? null,
  )
  const stack = useApp(
    (state) => library.stacks.find((candidate) => candidate.id === state.selection.master) ?? null,
  )
  const picture = useApp((state) => state.selection.master)
  const star = useTargetMeasurement(shown, curve)
  const reduced =
    exposure === null
      ? undefined
      : (current.registered.get(exposure.id) ?? current.calibrated.get(exposure.id))
  // Radii are in pixels of the calibrated frames, which are twice as large where one colour is taken.
  const pixelStep = placeOnOriginal(reduced?.calibration ?? {}).step
  const failure = failures.find((candidate) => candidate.frame === exposure?.id)?.reason ?? null
  const checks = useMemo(
    () =>
      findThingsToCheck(
        [...current.registered.values()],
        current.lights.flatMap((light) => library.qualities.get(light.id) ?? []),
      ),
    [current, library.qualities],
  )
  const facts = exposure === null ? null : effectiveFacts(exposure)
  const nameOf = (id: string) => library.masters.find((candidate) => candidate.id === id)?.name ?? null
  const alternatives = library.masters.map(({ id, kind, name }) => ({
    id,
    name,
    kind: kind.slice(7) as MasterChoice['kind'],
  }))
  const darkScaling = useApp((state) => state.calibration.choices.darkScaling ?? false)
  const scale = (wanted: boolean) => {
    store.getState().calibration.change({ darkScaling: wanted })
    void runNext(store, 'calibrate')
  }
  const choose = (kind: MasterChoice['kind'], chosen: string, scope: ChoiceScope) => {
    const { stars } = store.getState()
    const group = current.night?.groups.find(({ frames }) => frames.includes(exposure?.id ?? ''))
    if (scope === 'all') stars.chooseMaster(kind, chosen)
    else stars.chooseMasterFor(scope === 'group' ? (group?.frames ?? []) : [exposure?.id ?? ''], kind, chosen)
    void runNext(store, 'calibrate')
  }
  return (
    <>
      {/* The demonstration goes down the road of the light curve. */}
      {current.craft === 'curve' ? <DemonstrationCard stop={current.road.current} /> : null}
      {image === null ? null : (
        <Section title={t('display')}>
          <div className="inset">
            <DisplayPanel
              image={image}
              display={settings}
              onDisplayChange={(next) =>
                display.change({
                  ...next,
                  cuts: next.low === settings.low && next.high === settings.high ? display.cuts : 'manual',
                })
              }
            />
          </div>
        </Section>
      )}
      {master !== null ? (
        <MasterFacts master={master} onProvenance={() => openProvenance(store, master.id)} />
      ) : stack !== null ? (
        <StackFacts key={stack.id} stack={stack} />
      ) : picture !== null ? (
        <OtherPicture id={picture} nameOf={nameOf} onProvenance={() => openProvenance(store, picture)} />
      ) : exposure === null || facts === null ? null : (
        <>
          {facts.kind === 'light' ? (
            <StarsSection
              star={star}
              radius={star === null ? 4 : (curve?.radius ?? 4)}
              annulus={curve?.annulus ?? [10, 15]}
              pixelScale={facts.pixelScale === null ? null : facts.pixelScale * pixelStep}
              ready={current.registered.size > 0}
              pointing={
                facts.rightAscension === null || facts.declination === null
                  ? null
                  : { ra: facts.rightAscension, dec: facts.declination }
              }
              object={facts.object ?? ''}
            />
          ) : null}
          {checks.length === 0 ? null : (
            <Section title={t('toCheck')}>
              {checks.map(({ code, values }) => (
                <Card key={code} tone="hint" title={t(`check.${code}.title`, values)}>
                  <p>{t(`check.${code}.text`, values)}</p>
                </Card>
              ))}
            </Section>
          )}
          <RegistrationFacts registration={reduced?.registration ?? null} failure={failure} />
          {reduced === undefined ? null : (
            <MasterChoices
              choices={reduced.choices}
              nameOf={nameOf}
              alternatives={alternatives}
              onChoose={choose}
              darkScaling={darkScaling}
              onDarkScaling={scale}
            />
          )}
          {reduced === undefined ? null : (
            <RecipeFacts
              recipe={reduced.calibration}
              nameOf={nameOf}
              onChange={() => store.getState().panels.open('calibration')}
            />
          )}
          <FrameFactsSection exposure={exposure} />
          <div className="chips">
            <HeaderButton id={exposure.id} name={exposure.name} />
            <button
              type="button"
              className="chip"
              onClick={() => openProvenance(store, reduced?.id ?? exposure.id)}
            >
              {t('provenance:show')}
            </button>
          </div>
        </>
      )}
    </>
  )
}
