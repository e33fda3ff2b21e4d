/** Light of a value of the screen and back, both 0 to 1 (IEC 61966-2-1). */
const toLight = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
const toScreen = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055

/** Nothing below 0, and all three divided by the largest where that is above 1: the hue stays. */
export const clipColour = (rgb: Float64Array): void => {
  const [red, green, blue] = [Math.max(0, rgb[0]!), Math.max(0, rgb[1]!), Math.max(0, rgb[2]!)]
  const largest = Math.max(red, green, blue)
  const scale = largest > 1 ? 1 / largest : 1
  rgb[0] = red * scale
  rgb[1] = green * scale
  rgb[2] = blue * scale
}

/**
 * Makes a colour of the screen (sRGB, 0 to 1, in place) stronger or weaker by a factor on its chroma, with lightness and hue as the eye sees them kept: in
 * the space Oklab (B. Ottosson 2020, "A perceptual color space for image processing"). What the screen cannot show is clipped with
 * its hue kept. A factor of 1 changes nothing.
 */
export const saturateColour = (rgb: Float64Array, factor: number): void => {
  if (factor === 1) return
  const [red, green, blue] = [toLight(rgb[0]!), toLight(rgb[1]!), toLight(rgb[2]!)]
  const long = Math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
  const middle = Math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
  const short = Math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
  const lightness = 0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short
  const a = factor * (1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short)
  const b = factor * (0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  rgb[0] = 4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s
  rgb[1] = -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s
  rgb[2] = -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s
  clipColour(rgb)
  for (let channel = 0; channel < 3; channel++) rgb[channel] = toScreen(rgb[channel]!)
}
