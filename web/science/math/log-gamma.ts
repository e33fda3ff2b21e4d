const LANCZOS = [
  0.999_999_999_999_809_93, 676.520_368_121_885_1, -1_259.139_216_722_402_8, 771.323_428_777_653_13,
  -176.615_029_162_140_59, 12.507_343_278_686_905, -0.138_571_095_265_720_12, 9.984_369_578_019_571_6e-6,
  1.505_632_735_149_311_6e-7,
] as const

const HALF_LOG_TWO_PI = 0.918_938_533_204_672_8

/** Natural logarithm of the gamma function for x > 0, relative error about 1e-14 (Lanczos 1964, g = 7, n = 9; Stirling above 20). */
export const logGamma = (x: number): number => {
  if (x > 20) {
    const inverse = 1 / x
    const square = inverse * inverse
    const series = inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square / 1680)))
    return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + series
  }
  const shifted = x - 1
  let total: number = LANCZOS[0]
  for (let i = 1; i < LANCZOS.length; i++) total += LANCZOS[i]! / (shifted + i)
  const t = shifted + 7.5
  return HALF_LOG_TWO_PI + (shifted + 0.5) * Math.log(t) - t + Math.log(total)
}
