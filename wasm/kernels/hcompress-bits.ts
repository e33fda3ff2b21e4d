/** Patterns of 2 x 2 bits by the next six bits of the stream, with sixteen times the bits that the code takes (White et al. 1992). */
// prettier-ignore
const TABLE = memory.data<u8>([
  49, 49, 49, 49, 49, 49, 49, 49, 50, 50, 50, 50, 50, 50, 50, 50, 52, 52, 52, 52, 52, 52, 52, 52, 56, 56, 56, 56, 56, 56, 56, 56,
  67, 67, 67, 67, 69, 69, 69, 69, 74, 74, 74, 74, 76, 76, 76, 76, 79, 79, 79, 79, 86, 86, 87, 87, 89, 89, 91, 91, 93, 93, 96, 110,
])

/**
 * Bits of a stream from the highest of each byte on, by their place in it. Behind the end there are zeros: whoever reads compares the
 * place with the end when all is read.
 */
export class Bits {
  /** The next eight bits at `place` and what follows them, at the top of a word of 32 of which 25 are good. */
  @inline static look(source: usize, end: usize, place: u64): u32 {
    const at = place >> 3
    const length = <u64>(end - source)
    let word: u32 = 0
    if (at + 4 <= length) word = bswap<u32>(load<u32>(source + <usize>at))
    else
      for (let byte: u32 = 0; byte < 4; byte++)
        if (at + byte < length) word |= (<u32>load<u8>(source + <usize>at + byte)) << (24 - 8 * byte)
    const used = <u32>(place & 7)
    return word << used
  }

  /** Pattern and, times sixteen, bits of its code. */
  @inline static pattern(source: usize, end: usize, place: u64): u32 {
    return load<u8>(TABLE + (Bits.look(source, end, place) >> 26))
  }
}
