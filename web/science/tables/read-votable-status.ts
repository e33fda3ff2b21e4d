import { createFinder, decodeXmlText, nextTag } from './scan-xml'
import { decodeText } from './split-lines'

/** What a service says of a query in the VOTable that it answers with (IVOA DALI 1.1, section 4.4). */
export interface VotableStatus {
  readonly status: 'OK' | 'ERROR' | 'OVERFLOW' | null
  /** Its words about it; empty where there are none. */
  readonly message: string
}

const LONGEST_MESSAGE = 600
/** Tags that are looked at: the INFOs stand before the rows and after them, and of those after only the last characters matter. */
const MOST_TAGS = 2000
const TAIL = 4000

const findStatus = (text: string): VotableStatus | null => {
  const closing = createFinder(text, '</')
  let found: VotableStatus | null = null
  let tag = nextTag(text, 0)
  for (let seen = 0; tag !== null && seen < MOST_TAGS; seen++) {
    if (tag.name === 'INFO' && tag.kind !== 'close' && tag.attributes['name'] === 'QUERY_STATUS') {
      const value = (tag.attributes['value'] ?? '').toUpperCase()
      const end = tag.kind === 'open' ? closing(tag.end) : tag.end
      const message = decodeXmlText(text.slice(tag.end, end < 0 ? tag.end : end)).trim()
      const status = value === 'OK' || value === 'ERROR' || value === 'OVERFLOW' ? value : null
      // The one after the rows wins: it is written when all is known.
      found = { status, message: message.slice(0, LONGEST_MESSAGE) }
    }
    if (tag.name === 'TABLEDATA' || tag.name === 'STREAM') break
    tag = nextTag(text, tag.end)
  }
  return found
}

/** What the INFO named QUERY_STATUS says, before the rows or after them. */
export const readVotableStatus = (bytes: Uint8Array): VotableStatus => {
  const text = decodeText(bytes)
  const before = findStatus(text)
  const rows = Math.max(text.lastIndexOf('TABLEDATA>'), text.lastIndexOf('</STREAM'))
  const after = rows < 0 ? null : findStatus(text.slice(Math.max(rows, text.length - TAIL)))
  return after ?? before ?? { status: null, message: '' }
}
