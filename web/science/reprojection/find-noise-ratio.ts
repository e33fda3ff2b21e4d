/**
 * How much larger the noise of a large area is than its pixels' scatter says (R of Fruchter & Hook 2002, eqs. 9 and 10), for many frames with
 * offsets spread evenly: `pixfrac` the side of a drop and `scale` that of the grid's pixels, both in pixels of the frame.
 */
export const findNoiseRatio = (pixfrac: number, scale: number): number => {
  const ratio = pixfrac / scale
  return ratio >= 1 ? ratio / (1 - 1 / (3 * ratio)) : 1 / (1 - ratio / 3)
}
