/**
 * A card computes next to nothing here: what costs is the way there and back. So it pays where
 *
 *   bytes x (what WebAssembly takes for a byte) > what a submission costs + bytes x (what a byte costs on its way)
 *
 * with figures for a card on its own behind a bus, as a browser gives them to a page: about 2.5 GB/s each way after the
 * browser's own copies, and about 2 ms until a small job is back. A kernel of little arithmetic never pays (calibrating: 0.02
 * ns a byte), Lanczos-3 with a rotation does from a few MB on (1 ns a byte). `npm run bench:gpu` prints these figures for
 * the card at hand.
 */
export const SUBMISSION_NS = 2e6
export const TRANSFER_NS_PER_BYTE = 0.4

export const doesItPay = (bytes: number, wasmNsPerByte: number): boolean =>
  bytes * (wasmNsPerByte - TRANSFER_NS_PER_BYTE) > SUBMISSION_NS
