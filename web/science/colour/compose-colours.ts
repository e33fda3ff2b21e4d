import type { CompositeLook } from '../../core/composite'
import { createCompositeCurve } from './composite-curve'
import { clipColour, saturateColour } from './saturate-colour'

/** For each of red, green and blue the factor on each input, minimum taken off: gain and share in one. */
export const mixOf = ({ inputs }: Pick<CompositeLook, 'inputs'>): readonly (readonly number[])[] =>
  ([0, 1, 2] as const).map((channel) => {
    const total = inputs.reduce((sum, { colour }) => sum + colour[channel], 0)
    return inputs.map(({ colour, gain }) => (total > 0 ? (gain * colour[channel]) / total : 0))
  })

/**
 * Colours of pixels, red, green and blue one after the other, 0 to 1 as a screen takes them. `planes` are the inputs on one grid, each of
 * any length; pixels `from` to `to` are done. A pixel that lacks a value in an input that has a part in it comes out black.
 *
 * After Lupton et al. (2004, PASP 116, 133), and equal to astropy.visualization.make_lupton_rgb with `curve: 'lupton'`, three inputs of gain 1, no luminance,
 * saturation 1 and neutral 0: each input less its minimum; I their mean over red, green and blue; each of these times f(I) / I; nothing below 0; and all three
 * divided by the largest where that is above 1, so that what is too bright keeps its colour. Beyond that:
 *   luminance   f(L) takes the place of f(I) as brightness, and the differences of the colours from their mean stay as they are: f(L) + (R - I) f(I) / I;
 *   neutral n   those differences are multiplied by I^2 / (I^2 + n^2), so that the noise of the sky is grey;
 *   saturation  a factor on the chroma that the eye sees.
 */
export const composeColours = (
  planes: readonly Float32Array[],
  look: CompositeLook,
  { from, to }: { readonly from: number; readonly to: number },
): Float32Array<ArrayBuffer> => {
  const out = new Float32Array(3 * (to - from))
  const curve = createCompositeCurve(look)
  const mix = mixOf(look)
  const minima = look.inputs.map(({ minimum }) => minimum)
  const { luminance, neutral, saturation } = look
  const bright = luminance === null ? undefined : planes[luminance]
  const brightGain = luminance === null ? 1 : look.inputs[luminance]!.gain
  const taking = look.inputs.map(
    ({ colour }, index) => index === luminance || colour.some((part) => part > 0),
  )
  const rgb = new Float64Array(3)
  for (let at = from, into = 0; at < to; at++, into += 3) {
    let [red, green, blue] = [0, 0, 0]
    for (let input = 0; input < planes.length; input++) {
      if (!taking[input]!) continue
      const value = planes[input]![at]! - minima[input]!
      red += mix[0]![input]! * value
      green += mix[1]![input]! * value
      blue += mix[2]![input]! * value
    }
    const light = (red + green + blue) / 3
    const scale = light > 0 ? curve(light) / light : 0
    const calm = neutral > 0 ? (light * light) / (light * light + neutral * neutral) : 1
    const level =
      bright === undefined ? scale * light : curve(brightGain * (bright[at]! - minima[luminance ?? 0]!))
    rgb[0] = level + scale * calm * (red - light)
    rgb[1] = level + scale * calm * (green - light)
    rgb[2] = level + scale * calm * (blue - light)
    // Also false where a value is not a number.
    if (!(rgb[0] + rgb[1] + rgb[2] > Number.NEGATIVE_INFINITY)) continue
    clipColour(rgb)
    saturateColour(rgb, saturation)
    out[into] = rgb[0]
    out[into + 1] = rgb[1]
    out[into + 2] = rgb[2]
  }
  return out
}
