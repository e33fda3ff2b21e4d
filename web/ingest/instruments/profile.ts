import type { FrameFacts, RawFrameKind } from '../../core/frame'
import type { Header } from '../../core/header'
import type { HeaderAliases } from '../header-aliases'

/** What is known of an instrument that its headers do not say, or say wrongly. One profile is one file. */
export interface InstrumentProfile {
  readonly name: string
  readonly recognise: (header: Header) => boolean
  /** Keywords in the place of the general ones, for the fields named. */
  readonly aliases?: Partial<HeaderAliases>
  /** Order of the keywords that hold the start of the exposure. */
  readonly dateKeywords?: readonly string[]
  /** What a frame is when neither header nor name says. */
  readonly defaultKind?: RawFrameKind
  /** Facts that win over what was read; those that are left out stay. */
  readonly correct?: (facts: FrameFacts, header: Header) => Partial<FrameFacts>
  /** What a person should know about frames of this instrument, as sentences. */
  readonly notes: readonly string[]
}
