import type { WorkOrder } from '../../core/work-order'
import type { Channel } from './list-candidates'
import type { PictureChoice } from './picture-history'

/** The order that keeps a picture as it is on the screen: every number is said, and none is left to be found. */
export const writePictureOrder = (
  channels: readonly Channel[],
  { look, balance }: PictureChoice,
  name: string,
): WorkOrder => {
  const coloured = channels.filter(({ brightness }) => !brightness)
  const bright = channels.find(({ brightness }) => brightness)
  const { curve, stretch, q, saturation, neutral, inputs } = look
  return {
    request: 'colour_composite',
    parameters: {
      channels: coloured.map(({ frame, part, colour }) => ({ frame, part, colour })),
      ...(bright === undefined ? {} : { luminance: bright.frame }),
      curve,
      stretch,
      q,
      saturation,
      neutral,
      minimum: inputs.map(({ minimum }) => minimum),
      gains: inputs.map(({ gain }) => gain),
      balance,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
    },
  }
}
