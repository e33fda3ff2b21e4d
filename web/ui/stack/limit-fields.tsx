import type { FrameSpared, FrameToStack } from '../../pipeline/stack/foresee-stack'
import type { StackChoices, StackParameters } from '../../pipeline/stack/stack-choices'
import { NumberField } from './stack-field'
import { WidthPlot } from './width-plot'

interface LimitFieldsProps {
  readonly parameters: StackParameters
  readonly frames: readonly FrameToStack[]
  readonly leftOut: ReadonlyMap<string, FrameSpared>
  readonly disabled: boolean
  readonly onChange: (choices: StackChoices) => void
}

/** Beyond what a frame is left out, typed or dragged over the widths of the frames at hand. */
export const LimitFields = ({ parameters, frames, leftOut, disabled, onChange }: LimitFieldsProps) => {
  const { leaveOut } = parameters
  const change = (key: 'fwhm' | 'stars', value: number | null) => {
    const { [key]: _former, ...others } = leaveOut ?? {}
    const said = value === null ? others : { ...others, [key]: value }
    onChange({ leaveOut: Object.keys(said).length === 0 ? undefined : said })
  }
  return (
    <>
      <WidthPlot
        frames={frames}
        leftOut={leftOut}
        factor={leaveOut?.fwhm ?? null}
        disabled={disabled}
        onFactor={(factor) => change('fwhm', factor)}
      />
      <NumberField
        id="leaveOutFwhm"
        value={leaveOut?.fwhm ?? null}
        least={1}
        most={100}
        unit="×"
        placeholder="–"
        disabled={disabled}
        onChange={(value) => change('fwhm', value)}
      />
      <NumberField
        id="leaveOutStars"
        value={leaveOut?.stars ?? null}
        least={0}
        most={1}
        unit="×"
        placeholder="–"
        disabled={disabled}
        onChange={(value) => change('stars', value)}
      />
    </>
  )
}
