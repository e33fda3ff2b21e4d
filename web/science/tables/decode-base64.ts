const DIGITS = new Int8Array(128).fill(-1)
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
for (let value = 0; value < ALPHABET.length; value++) DIGITS[ALPHABET.charCodeAt(value)] = value
DIGITS['-'.charCodeAt(0)] = 62
DIGITS['_'.charCodeAt(0)] = 63

/** Base64 (RFC 4648) with blanks and line breaks anywhere, as documents have it; ends at the padding. */
export const decodeBase64 = (text: string): Uint8Array => {
  const output = new Uint8Array(Math.floor((text.length * 3) / 4))
  let [bits, held, length] = [0, 0, 0]
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === 0x3d) break
    const digit = code < 128 ? DIGITS[code]! : -1
    if (digit < 0) continue
    bits = ((bits << 6) | digit) & 0xffff
    held += 6
    if (held < 8) continue
    held -= 8
    output[length++] = (bits >> held) & 0xff
  }
  return output.subarray(0, length)
}
