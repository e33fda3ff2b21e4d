const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

const toHex = (bytes: Uint8Array): string => {
  let text = ''
  for (const byte of bytes) text += HEX[byte]
  return text
}

/** SHA-256 of the bytes, as 64 hexadecimal digits. */
export const hashBytes = async (bytes: BufferSource): Promise<string> =>
  toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))

/** JSON with sorted keys: equal values give equal text, whatever the order in which they were built. */
const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value !== null && typeof value === 'object') {
    const entries = Object.entries(value as Record<string, unknown>)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  return JSON.stringify(value) ?? 'null'
}

/** A content address for a made thing: the hash of its recipe (inputs by id, step, version, parameters). */
export const hashRecipe = async (recipe: unknown): Promise<string> =>
  hashBytes(new TextEncoder().encode(canonicalJson(recipe)))

/** Ids are a prefix that says what the thing is and 20 hexadecimal digits of its hash (80 bits). */
export const idFromHash = (prefix: string, hash: string): string => `${prefix}-${hash.slice(0, 20)}`

/** An id for something that is not named by content, such as an order or a log line. */
export const newId = (prefix: string): string =>
  idFromHash(prefix, toHex(crypto.getRandomValues(new Uint8Array(10))))
