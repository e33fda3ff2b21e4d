/** A triangle over the whole canvas, without any buffer. */
export const COMPOSITE_VERTEX = `#version 300 es
void main() {
  vec2 corner = vec2(float((gl_VertexID << 1) & 2), float(gl_VertexID & 2));
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`

const each = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n')

/** The mapping of science/colour/compose-colours for so many inputs. */
export const makeCompositeFragment = (count: number): string => `#version 300 es
precision highp float;
uniform vec2 size;
uniform vec2 middle;
uniform vec2 canvas;
uniform float scale;
uniform float minima[${count}];
uniform vec3 mixes[${count}];
uniform float brights[${count}];
uniform bool hasBright;
uniform int curveKind;
uniform vec3 curve;
uniform float neutral;
uniform float saturation;
uniform vec3 backdrop;
${each(count, (index) => `uniform sampler2D plane${index};`)}
out vec4 shown;

float arsinh(float x) { return log(x + sqrt(x * x + 1.0)); }
float bend(float light) {
  if (light <= 0.0) return 0.0;
  if (curveKind == 0) return arsinh(light * curve.x) * curve.y;
  float t = light * curve.z;
  if (curveKind == 1) return t;
  if (curveKind == 2) return sqrt(t);
  return log(1.0 + 1000.0 * t) / log(1001.0);
}
vec3 clipColour(vec3 rgb) {
  rgb = max(rgb, vec3(0.0));
  return rgb / max(1.0, max(rgb.r, max(rgb.g, rgb.b)));
}
vec3 toLight(vec3 v) { return mix(v / 12.92, pow((v + 0.055) / 1.055, vec3(2.4)), step(0.04045, v)); }
vec3 toScreen(vec3 l) { return mix(12.92 * l, 1.055 * pow(max(l, vec3(1e-9)), vec3(1.0 / 2.4)) - 0.055, step(0.0031308, l)); }
vec3 saturate(vec3 rgb) {
  if (saturation == 1.0) return rgb;
  vec3 l = toLight(rgb);
  vec3 lms = pow(max(vec3(
    dot(l, vec3(0.4122214708, 0.5363325363, 0.0514459929)),
    dot(l, vec3(0.2119034982, 0.6806995451, 0.1073969566)),
    dot(l, vec3(0.0883024619, 0.2817188376, 0.6299787005))), vec3(0.0)), vec3(1.0 / 3.0));
  float lightness = dot(lms, vec3(0.2104542553, 0.793617785, -0.0040720468));
  float a = saturation * dot(lms, vec3(1.9779984951, -2.428592205, 0.4505937099));
  float b = saturation * dot(lms, vec3(0.0259040371, 0.7827717662, -0.808675766));
  vec3 cubed = vec3(lightness + 0.3963377774 * a + 0.2158037573 * b, lightness - 0.1055613458 * a - 0.0638541728 * b, lightness - 0.0894841775 * a - 1.291485548 * b);
  cubed = cubed * cubed * cubed;
  return toScreen(clipColour(vec3(
    dot(cubed, vec3(4.0767416621, -3.3077115913, 0.2309699292)),
    dot(cubed, vec3(-1.2684380046, 2.6097574011, -0.3413193965)),
    dot(cubed, vec3(-0.0041960863, -0.7034186147, 1.707614701)))));
}
void main() {
  vec2 at = middle + (gl_FragCoord.xy - 0.5 * canvas) / (scale * size);
  if (at.x < 0.0 || at.y < 0.0 || at.x > 1.0 || at.y > 1.0) { shown = vec4(backdrop, 1.0); return; }
  vec3 rgb = vec3(0.0);
  float bright = 0.0;
  float value;
${each(
  count,
  (index) => `  value = texture(plane${index}, at).r - minima[${index}];
  rgb += mixes[${index}] * value;
  bright += brights[${index}] * value;`,
)}
  float light = (rgb.r + rgb.g + rgb.b) / 3.0;
  float strength = light > 0.0 ? bend(light) / light : 0.0;
  float calm = neutral > 0.0 ? light * light / (light * light + neutral * neutral) : 1.0;
  float level = hasBright ? bend(bright) : strength * light;
  shown = vec4(saturate(clipColour(vec3(level) + strength * calm * (rgb - light))), 1.0);
}`
