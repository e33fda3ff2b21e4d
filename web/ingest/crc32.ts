const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb8_8320
  return value
})

/** CRC-32 as zip and gzip use it (ISO 3309, reflected polynomial 0xEDB88320). */
export const crc32 = (bytes: Uint8Array): number => {
  let value = 0xffff_ffff
  for (let index = 0; index < bytes.length; index++)
    value = TABLE[(value ^ bytes[index]!) & 0xff]! ^ (value >>> 8)
  return ~value >>> 0
}
