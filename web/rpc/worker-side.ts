import { expose, transfer } from 'comlink'
import { installErrorTransfer } from './error-transfer'

/** Puts a contract on the worker's own port. The one line that every worker entry ends with. */
export const exposeContract = <Contract extends object>(contract: Contract): void => {
  installErrorTransfer()
  expose(contract)
}

/** A reply that gives its buffers away: the sender forgets them. */
export const giveAway = <Reply extends object>(reply: Reply, buffers: readonly ArrayBufferLike[]): Reply =>
  transfer(
    reply,
    buffers.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer),
  )
