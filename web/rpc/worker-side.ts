import { expose, transfer } from 'comlink'
import type { Task } from '../core/task'
import { installErrorTransfer } from './error-transfer'
import { withTaskPort } from './task-port'

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

/** A long call whose reply gives its buffers away. */
export const giveFromTask = <Reply extends object>(
  port: MessagePort,
  work: (task: Task) => Promise<Reply>,
  buffersOf: (reply: Reply) => readonly ArrayBufferLike[],
): Promise<Reply> =>
  withTaskPort(port, async (task) => {
    const reply = await work(task)
    return giveAway(reply, buffersOf(reply))
  })

export const bufferOfBytes = ({ buffer }: Uint8Array): ArrayBufferLike[] => [buffer]

export const buffersOfPlanes = ({
  planes,
}: {
  readonly planes: readonly Float32Array[]
}): ArrayBufferLike[] => planes.map(({ buffer }) => buffer)
