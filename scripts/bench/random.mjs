/** A seeded source of random numbers, so that two runs measure the same frames. */
export class Random {
  /** @param {number} seed */
  constructor(seed) {
    this.state = seed >>> 0
    /** @type {number | null} the second of a pair of normal numbers */
    this.spare = null
  }

  /** Uniform in [0, 1), by mulberry32: good enough for noise, and two lines. */
  uniform() {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }

  /**
   * @param {number} low
   * @param {number} high
   */
  between(low, high) {
    return low + (high - low) * this.uniform()
  }

  /** Mean 0, deviation 1, by the polar method of Marsaglia. */
  normal() {
    if (this.spare !== null) {
      const value = this.spare
      this.spare = null
      return value
    }
    let x = 0
    let y = 0
    let square = 0
    do {
      x = 2 * this.uniform() - 1
      y = 2 * this.uniform() - 1
      square = x * x + y * y
    } while (square >= 1 || square === 0)
    const scale = Math.sqrt((-2 * Math.log(square)) / square)
    this.spare = y * scale
    return x * scale
  }

  /**
   * Light that arrives one by one: normal above 30, where the difference cannot be measured, and counted below.
   * @param {number} mean
   */
  poisson(mean) {
    if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * this.normal()))
    const limit = Math.exp(-mean)
    let count = -1
    for (let product = 1; product > limit || count < 0; count += 1) product *= this.uniform()
    return count
  }
}
