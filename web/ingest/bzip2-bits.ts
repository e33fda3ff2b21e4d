/** Bits of bzip2 data, highest first. Asking for more than there are throws. */
export class Bzip2Bits {
  private readonly source: Uint8Array
  private position: number
  private held = 0
  private bits = 0

  constructor(source: Uint8Array, start: number) {
    this.source = source
    this.position = start
  }

  /** 1 to 24 bits. */
  read(count: number): number {
    while (this.held < count) {
      if (this.position >= this.source.length) throw new Error('bzip2 data: cut off')
      this.bits = ((this.bits << 8) | this.source[this.position++]!) >>> 0
      this.held += 8
    }
    this.held -= count
    const value = (this.bits >>> this.held) & ((1 << count) - 1)
    this.bits &= (1 << this.held) - 1
    return value
  }

  /** 32 bits, unsigned. */
  readWord(): number {
    return this.read(16) * 65_536 + this.read(16)
  }

  /** Goes on at the next whole byte. */
  align(): void {
    this.held = 0
    this.bits = 0
  }

  /** Bytes that have not been begun. */
  get left(): number {
    return this.source.length - this.position
  }

  get byte(): number {
    return this.position
  }
}
