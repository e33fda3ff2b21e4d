import { AsterismError } from '../core/errors'

export const missingBytes = (id: string, cause?: unknown): AsterismError =>
  new AsterismError('not-found', 'The pixels of this frame are not in the workspace.', { bytesId: id }, cause)

/** A range asked for within what is there; outside it is a mistake of the caller's and is said, not cut. */
export const checkRange = (id: string, size: number, start: number, end: number): void => {
  if (start >= 0 && start <= end && end <= size) return
  throw new AsterismError('storage', `Bytes ${start} to ${end} were asked for, and there are ${size}.`, {
    bytesId: id,
    start,
    end,
    size,
  })
}
