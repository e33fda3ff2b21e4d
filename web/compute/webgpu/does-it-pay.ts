/**
 * A card computes next to nothing here: what costs is the way there and back. So it pays where
 *
 *   bytes x (what WebAssembly takes for a byte / workers) > what a submission costs + bytes x (what a byte costs on its way)
 *
 * with figures for a card behind a bus, as a browser gives it to a page: about 2.5 GB/s after the browser's own copies, and
 * about 2 ms until a small job is back. Workers share one card and one bus, and each brings a processor of its own. A kernel of
 * little arithmetic never pays (calibrating: 0.03 ns a byte); Lanczos-3 with a rotation (1.5 ns) does from a few MB on, and
 * winsorised clipping (5 ns) from one. `npm run bench:gpu` prints all of these figures for the card at hand.
 */
export const SUBMISSION_NS = 2e6
export const TRANSFER_NS_PER_BYTE = 0.4

export const doesItPay = (bytes: number, wasmNsPerByte: number, workers = 1): boolean =>
  bytes * (wasmNsPerByte / workers - TRANSFER_NS_PER_BYTE) > SUBMISSION_NS
