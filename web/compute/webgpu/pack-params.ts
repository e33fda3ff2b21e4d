/** Fields of 32 bits in the order of the shader's struct, filled up to the 16 bytes that a uniform is a multiple of. */
export const packParams = (fields: readonly ['f32' | 'u32' | 'i32', number][]): ArrayBuffer => {
  const bytes = new ArrayBuffer(Math.ceil(fields.length / 4) * 16)
  const view = new DataView(bytes)
  for (const [index, [type, value]] of fields.entries()) {
    if (type === 'f32') view.setFloat32(4 * index, value, true)
    else if (type === 'u32') view.setUint32(4 * index, value, true)
    else view.setInt32(4 * index, value, true)
  }
  return bytes
}

/** A double as the sum of two floats. */
export const splitDouble = (value: number): [number, number] => [
  Math.fround(value),
  value - Math.fround(value),
]
