const GREEN: i32 = 1
const REACH: i32 = 2
const LEAST_FACTOR: f64 = 1.5
const SPREAD_FACTOR: f64 = 0.5

/** What all parts of this kernel share; lies in scratch memory for one call. */
@unmanaged
class Job {
  data: usize
  width: i32
  height: i32
  /** Colours of the four places of the pattern: u8 each. */
  colours: u32
  /** Three planes, f32. */
  red: usize
  green: usize
  blue: usize
  /** Eight gradients, and three mean colours of a region: f64 each. */
  gradients: usize
  means: usize
}

/** Bytes of scratch for a call. */
export function debayerScratch(): usize {
  return offsetof<Job>() + 16 + 11 * 8
}

function colourAt(job: Job, x: i32, y: i32): i32 {
  return <i32>((job.colours >> (8 * (2 * (y & 1) + (x & 1)))) & 255)
}

function planeOf(job: Job, colour: i32): usize {
  return colour == 0 ? job.red : colour == GREEN ? job.green : job.blue
}

function put(plane: usize, index: i32, value: f64): void {
  store<f32>(plane + ((<usize>index) << 2), <f32>value)
}

/** Mean of the finite pixels of one colour in a square; NaN where there is none. */
function meanOfColour(job: Job, x: i32, y: i32, colour: i32, reach: i32): f64 {
  let sum: f64 = 0
  let count = 0
  const bottom = min(job.height - 1, y + reach)
  const right = min(job.width - 1, x + reach)
  for (let j = max(0, y - reach); j <= bottom; j++) {
    for (let i = max(0, x - reach); i <= right; i++) {
      if (colourAt(job, i, j) != colour) continue
      const value = <f64>load<f32>(job.data + ((<usize>(j * job.width + i)) << 2))
      if (value - value != 0) continue
      sum += value
      count++
    }
  }
  return sum / <f64>count
}

/** As in science/colour/debayer-bilinear. */
function interpolateColour(job: Job, x: i32, y: i32, colour: i32): f64 {
  const own = <f64>load<f32>(job.data + ((<usize>(y * job.width + x)) << 2))
  if (colourAt(job, x, y) == colour && own - own == 0) return own
  const near = meanOfColour(job, x, y, colour, 1)
  return near - near == 0 ? near : meanOfColour(job, x, y, colour, 2)
}

function interpolatePixel(job: Job, x: i32, y: i32): void {
  const index = y * job.width + x
  for (let colour = 0; colour < 3; colour++)
    put(planeOf(job, colour), index, interpolateColour(job, x, y, colour))
}

/** A pixel of the window about address `at`, whose rows lie `row` bytes apart. */
function pixel(at: usize, row: isize, dx: i32, dy: i32): f64 {
  return <f64>load<f32>(at + <usize>(<isize>dy * row + ((<isize>dx) << 2)))
}

function apart(at: usize, row: isize, ax: i32, ay: i32, bx: i32, by: i32): f64 {
  return abs(pixel(at, row, ax, ay) - pixel(at, row, bx, by))
}

function straightGradient(at: usize, row: isize, dx: i32, dy: i32): f64 {
  const px = dy
  const py = dx
  return (
    apart(at, row, dx, dy, -dx, -dy) +
    apart(at, row, 2 * dx, 2 * dy, 0, 0) +
    apart(at, row, dx - px, dy - py, -dx - px, -dy - py) / 2 +
    apart(at, row, dx + px, dy + py, -dx + px, -dy + py) / 2 +
    apart(at, row, 2 * dx - px, 2 * dy - py, -px, -py) / 2 +
    apart(at, row, 2 * dx + px, 2 * dy + py, px, py) / 2
  )
}

function diagonalGradient(at: usize, row: isize, dx: i32, dy: i32): f64 {
  return (
    apart(at, row, dx, dy, -dx, -dy) +
    apart(at, row, 2 * dx, 2 * dy, 0, 0) +
    apart(at, row, 0, dy, -dx, 0) / 2 +
    apart(at, row, dx, 0, 0, -dy) / 2 +
    apart(at, row, dx, 2 * dy, 0, dy) / 2 +
    apart(at, row, 2 * dx, dy, dx, 0) / 2
  )
}

function greenDiagonalGradient(at: usize, row: isize, dx: i32, dy: i32): f64 {
  return (
    apart(at, row, dx, dy, -dx, -dy) +
    apart(at, row, 2 * dx, 2 * dy, 0, 0) +
    apart(at, row, dx, 2 * dy, -dx, 0) +
    apart(at, row, 2 * dx, dy, 0, -dy)
  )
}

/** Own colour, colour at the sides, third colour of the region in one direction, into job.means. */
function meanRegion(job: Job, at: usize, row: isize, dx: i32, dy: i32, isGreen: bool): void {
  const px = dy
  const py = dx
  let own = (pixel(at, row, 0, 0) + pixel(at, row, 2 * dx, 2 * dy)) / 2
  let side: f64
  let third: f64
  if (dx == 0 || dy == 0) {
    side = pixel(at, row, dx, dy)
    third = isGreen
      ? (pixel(at, row, -px, -py) +
          pixel(at, row, px, py) +
          pixel(at, row, 2 * dx - px, 2 * dy - py) +
          pixel(at, row, 2 * dx + px, 2 * dy + py)) /
        4
      : (pixel(at, row, dx - px, dy - py) + pixel(at, row, dx + px, dy + py)) / 2
  } else if (isGreen) {
    own = pixel(at, row, dx, dy)
    side = (pixel(at, row, 0, dy) + pixel(at, row, 2 * dx, dy)) / 2
    third = (pixel(at, row, dx, 0) + pixel(at, row, dx, 2 * dy)) / 2
  } else {
    side =
      (pixel(at, row, dx, 0) +
        pixel(at, row, 0, dy) +
        pixel(at, row, 2 * dx, dy) +
        pixel(at, row, dx, 2 * dy)) /
      4
    third = pixel(at, row, dx, dy)
  }
  store<f64>(job.means, own)
  store<f64>(job.means, side, 8)
  store<f64>(job.means, third, 16)
}

/** Steps towards north, east, south, west, north-east, south-east, south-west, north-west. */
function stepX(direction: i32): i32 {
  return direction == 1 || direction == 4 || direction == 5 ? 1 : direction == 0 || direction == 2 ? 0 : -1
}

function stepY(direction: i32): i32 {
  return direction == 1 || direction == 3 ? 0 : direction == 2 || direction == 5 || direction == 6 ? 1 : -1
}

/** The two colours that a pixel lacks, by variable number of gradients; as in science/colour/debayer-vng, in its order of operations. */
function estimatePixel(job: Job, x: i32, y: i32): void {
  const index = y * job.width + x
  const at = job.data + ((<usize>index) << 2)
  const row = (<isize>job.width) << 2
  const own = colourAt(job, x, y)
  const isGreen = own == GREEN
  let least: f64 = Infinity
  let most: f64 = -Infinity
  for (let direction = 0; direction < 8; direction++) {
    const dx = stepX(direction)
    const dy = stepY(direction)
    const gradient =
      direction < 4
        ? straightGradient(at, row, dx, dy)
        : isGreen
          ? greenDiagonalGradient(at, row, dx, dy)
          : diagonalGradient(at, row, dx, dy)
    store<f64>(job.gradients + ((<usize>direction) << 3), gradient)
    least = min(least, gradient)
    most = max(most, gradient)
  }
  const threshold = LEAST_FACTOR * least + SPREAD_FACTOR * (most - least)
  let first: f64 = 0
  let second: f64 = 0
  let count = 0
  for (let direction = 0; direction < 8; direction++) {
    if (load<f64>(job.gradients + ((<usize>direction) << 3)) > threshold) continue
    const dx = stepX(direction)
    const dy = stepY(direction)
    meanRegion(job, at, row, dx, dy, isGreen)
    const mean = load<f64>(job.means)
    const side = load<f64>(job.means, 8)
    const third = load<f64>(job.means, 16)
    const turned = isGreen && dy == 0
    first += (turned ? third : side) - mean
    second += (turned ? side : third) - mean
    count++
  }
  const value = pixel(at, row, 0, 0)
  const column = isGreen ? colourAt(job, x, y + 1) : GREEN
  const line = isGreen ? colourAt(job, x + 1, y) : 2 - own
  put(planeOf(job, own), index, value)
  put(planeOf(job, column), index, value + first / <f64>count)
  put(planeOf(job, line), index, value + second / <f64>count)
}

/** Whether all of a column of five pixels have values. */
function isColumnWhole(at: usize, row: isize, dx: i32): bool {
  const sum =
    pixel(at, row, dx, -2) +
    pixel(at, row, dx, -1) +
    pixel(at, row, dx, 0) +
    pixel(at, row, dx, 1) +
    pixel(at, row, dx, 2)
  return sum - sum == 0
}

/** Red, green and blue planes of a mosaic; `vng` 0 for bilinear interpolation. `colours`: of the four places of the pattern, a byte each. */
export function debayer(
  data: usize,
  width: i32,
  height: i32,
  colours: u32,
  vng: i32,
  scratch: usize,
  red: usize,
  green: usize,
  blue: usize,
): void {
  const job = changetype<Job>(scratch)
  job.data = data
  job.width = width
  job.height = height
  job.colours = colours
  job.red = red
  job.green = green
  job.blue = blue
  job.gradients = (scratch + offsetof<Job>() + 15) & ~15
  job.means = job.gradients + 64
  const row = (<isize>width) << 2
  for (let y = 0; y < height; y++) {
    const inside = vng != 0 && y >= REACH && y < height - REACH
    // Columns one after the other, up to the one two to the right, that have been seen to be whole.
    let whole = 0
    if (inside) {
      const first = data + ((<usize>(y * width)) << 2)
      for (let x = 0; x < min(2 * REACH, width); x++)
        whole = isColumnWhole(first + ((<usize>x) << 2), row, 0) ? whole + 1 : 0
    }
    for (let x = 0; x < width; x++) {
      if (!inside || x < REACH || x >= width - REACH) {
        interpolatePixel(job, x, y)
        continue
      }
      const at = data + ((<usize>(y * width + x)) << 2)
      whole = isColumnWhole(at, row, REACH) ? whole + 1 : 0
      if (whole > 2 * REACH) estimatePixel(job, x, y)
      else interpolatePixel(job, x, y)
    }
  }
}
