import type { ComponentProps } from 'react'
import { useTranslation } from 'react-i18next'
import type { StackRecord } from '../../core/stack'
import { toggleBlinking } from '../../state/toggle-blinking'
import { FrameExportMenu } from '../kit/frame-export-menu'
import { NotebookExportMenu } from '../kit/notebook-export-menu'
import { useApp, useAppStore } from '../kit/use-app'
import type { ShownFrame } from './choose-shown'
import { LayerChoices } from '../sky/layer-choices'
import type { PlacedFrame } from '../sky/use-frame-sky'
import { ColourBar } from './colour-bar'
import { QuantityBar } from './quantity-bar'
import styles from './image-stage.module.css'

type ColourBarProps = ComponentProps<typeof ColourBar>

interface StageBarProps {
  readonly shown: ShownFrame
  /** Of the picture, for files that are made of it. */
  readonly name: string
  /** The stack that is open. */
  readonly stack: StackRecord | null
  readonly quantities: ComponentProps<typeof QuantityBar>['quantities']
  /** Why there are no errors to show; of a map of bad pixels there is nothing but its kinds. */
  readonly missing: ComponentProps<typeof QuantityBar>['missing'] | 'map'
  /** Maps that may be laid over the picture. */
  readonly maps: readonly { readonly id: string; readonly name: string }[]
  /** null: the frame has no colours. */
  readonly colours: { readonly picture: ColourBarProps['colours']; readonly loading: boolean } | null
  /** Its place on the sky; null where nobody knows it. */
  readonly placed: PlacedFrame | null
  readonly onPng: () => void
}

const STAGES = ['best', 'raw', 'calibrated', 'registered'] as const

/** What of a frame is shown, and what can be taken away from it as a file. */
export const StageBar = (props: StageBarProps) => {
  const { shown, name, stack, quantities, missing, maps, colours, placed, onPng } = props
  const { t } = useTranslation('shell')
  const store = useAppStore()
  const selection = useApp((state) => state.selection)
  const display = useApp((state) => state.display)
  const { overlay, layOver } = useApp((state) => state.badPixels)
  return (
    <div className={styles['bar']}>
      {shown.stage === 'master' ? null : (
        <select
          aria-label={t('stage.label')}
          value={selection.stage}
          onChange={(event) => selection.showStage(event.target.value as (typeof STAGES)[number])}
        >
          {STAGES.map((stage) => (
            <option key={stage} value={stage}>
              {t(`stage.${stage}`)}
            </option>
          ))}
        </select>
      )}
      {missing === 'map' ? null : (
        <QuantityBar
          quantity={display.quantity}
          quantities={quantities}
          missing={missing}
          mask={display.mask}
          onQuantity={display.showQuantity}
          onMask={display.showMask}
        />
      )}
      {maps.length === 0 ? null : (
        <select
          aria-label={t('bad-pixels:overlay')}
          value={maps.some(({ id }) => id === overlay) ? (overlay ?? '') : ''}
          onChange={({ target }) => layOver(target.value === '' ? null : target.value)}
        >
          <option value="">{t('bad-pixels:none')}</option>
          {maps.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      )}
      {colours === null ? null : <ColourBar colours={colours.picture} loading={colours.loading} />}
      {placed === null ? null : <LayerChoices solved={placed.solution !== null} />}
      <button
        type="button"
        className="chip"
        aria-pressed={stack === null ? selection.blinking : selection.single}
        onClick={() => toggleBlinking(store)}
        title={t(stack === null ? 'stage.blinkText' : 'stack:singleText')}
      >
        {stack === null ? t(selection.blinking ? 'stage.stop' : 'stage.blink') : t('stack:single')}
      </button>
      <button type="button" className="chip" onClick={onPng}>
        PNG
      </button>
      <FrameExportMenu
        frame={shown.id}
        name={name === '' || shown.id.includes('/') || selection.single ? undefined : name}
      />
      {shown.stage === 'raw' || shown.id.includes('/') ? null : (
        <NotebookExportMenu id={shown.id} name={name === '' ? shown.id : name} />
      )}
    </div>
  )
}
