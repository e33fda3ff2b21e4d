/** Eight tables, so that eight bytes are taken at a time: about four times as fast as one by one. */
const TABLES = ((): Uint32Array[] => {
  const first = Uint32Array.from({ length: 256 }, (_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb8_8320
    return value
  })
  const tables = [first]
  for (let index = 1; index < 8; index++) {
    const before = tables[index - 1]!
    tables.push(before.map((value) => (value >>> 8) ^ first[value & 0xff]!))
  }
  return tables
})()

/**
 * CRC-32 as zip and gzip use it (ISO 3309, reflected polynomial 0xEDB88320). `before` is the sum of the bytes before these, for
 * data that comes in parts. "Slicing by 8": Kounavis and Berry, IEEE Transactions on Computers 57 (2008) 1550.
 */
export const crc32 = (bytes: Uint8Array, before = 0): number => {
  const [t0, t1, t2, t3, t4, t5, t6, t7] = TABLES as [
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
    Uint32Array,
  ]
  const eights = bytes.length - (bytes.length % 8)
  let value = ~before
  for (let index = 0; index < eights; index += 8) {
    value ^= bytes[index]! | (bytes[index + 1]! << 8) | (bytes[index + 2]! << 16) | (bytes[index + 3]! << 24)
    value =
      t7[value & 0xff]! ^
      t6[(value >>> 8) & 0xff]! ^
      t5[(value >>> 16) & 0xff]! ^
      t4[value >>> 24]! ^
      t3[bytes[index + 4]!]! ^
      t2[bytes[index + 5]!]! ^
      t1[bytes[index + 6]!]! ^
      t0[bytes[index + 7]!]!
  }
  for (let index = eights; index < bytes.length; index++)
    value = t0[(value ^ bytes[index]!) & 0xff]! ^ (value >>> 8)
  return ~value >>> 0
}
