import type { PixelSection } from '../../core/pixel-section'

/** Columns of rows, moved to the front of the same memory. */
export const keepColumns = (
  pixels: Float32Array,
  rowLength: number,
  [left, right]: PixelSection['x'],
): Float32Array => {
  const width = right - left
  const rows = pixels.length / rowLength
  if (width === rowLength) return pixels
  for (let row = 0; row < rows; row++)
    pixels.copyWithin(row * width, row * rowLength + left, row * rowLength + right)
  return pixels.subarray(0, rows * width)
}
