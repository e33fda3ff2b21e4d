/** Colours of values out of a table of `last` + 1 words; as in science/image/colour-values, by the same operations. */
export function stretch(
  data: usize,
  length: i32,
  low: f64,
  high: f64,
  root: i32,
  blank: u32,
  table: usize,
  last: i32,
  colours: usize,
): void {
  const ramp = high > low
  const perValue: f64 = ramp ? 1 / (high - low) : 0
  const steps = <f64>last
  for (let i: usize = 0; i < <usize>length; i++) {
    const value = <f64>load<f32>(data + (i << 2))
    let colour = blank
    if (value == value) {
      const t: f64 = ramp ? (value - low) * perValue : value > low ? 1 : 0
      const place = t <= 0 ? 0 : t >= 1 ? last : <i32>((root ? Math.sqrt(t) : t) * steps + 0.5)
      colour = load<u32>(table + ((<usize>place) << 2))
    }
    store<u32>(colours + (i << 2), colour)
  }
}
