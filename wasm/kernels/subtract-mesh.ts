/** Lower of the two boxes between whose centres a pixel lies; `count` is at least two. */
function boxOf(place: f64, count: i32): i32 {
  return <i32>min(max(Math.floor(place), 0), <f64>(count - 2))
}

/**
 * An image less its background. `places`: for each column of pixels the f32 index of the box to its left (as a whole number) and, from
 * `shares` on, how far it is on the way to the next. `along`: scratch of columns + 1 f32, the levels along a row of pixels.
 */
export function subtractMesh(
  data: usize,
  width: i32,
  height: i32,
  columns: i32,
  rows: i32,
  boxHeight: f64,
  level: usize,
  boxes: usize,
  shares: usize,
  along: usize,
  output: usize,
): void {
  const zero = f32x4.splat(0)
  for (let y = 0; y < height; y++) {
    let row = 0
    let down: f64 = 0
    if (rows > 1) {
      const place = (<f64>y + 0.5) / boxHeight - 0.5
      row = boxOf(place, rows)
      down = place - <f64>row
    }
    const above = level + ((<usize>(row * columns)) << 3)
    const below = rows > 1 ? above + ((<usize>columns) << 3) : above
    for (let i: usize = 0; i < <usize>columns; i++) {
      const value = load<f64>(above + (i << 3)) * (1 - down) + load<f64>(below + (i << 3)) * down
      store<f32>(along + (i << 2), <f32>value)
    }
    store<f32>(along + ((<usize>columns) << 2), load<f32>(along + ((<usize>(columns - 1)) << 2)))
    const from = data + ((<usize>(y * width)) << 2)
    const to = output + ((<usize>(y * width)) << 2)
    let x = 0
    for (; x + 4 <= width; x += 4) {
      const first = load<i32>(boxes + ((<usize>x) << 2))
      const last = load<i32>(boxes + ((<usize>(x + 3)) << 2))
      if (first != last) {
        for (let i = x; i < x + 4; i++) subtractOne(from, to, boxes, shares, along, i)
        continue
      }
      const at = along + ((<usize>first) << 2)
      const start = v128.load32_splat(at)
      const slope = f32x4.sub(v128.load32_splat(at, 4), start)
      const sky = f32x4.add(start, f32x4.mul(slope, v128.load(shares + ((<usize>x) << 2))))
      const value = f32x4.sub(v128.load(from + ((<usize>x) << 2)), sky)
      v128.store(to + ((<usize>x) << 2), v128.and(value, f32x4.eq(f32x4.sub(value, value), zero)))
    }
    for (; x < width; x++) subtractOne(from, to, boxes, shares, along, x)
  }
}

function subtractOne(from: usize, to: usize, boxes: usize, shares: usize, along: usize, x: i32): void {
  const four = (<usize>x) << 2
  const at = along + ((<usize>load<i32>(boxes + four)) << 2)
  const start = load<f32>(at)
  const sky = start + (load<f32>(at, 4) - start) * load<f32>(shares + four)
  const value = load<f32>(from + four) - sky
  store<f32>(to + four, value - value == 0 ? value : 0)
}
