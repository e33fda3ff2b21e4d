import { expect } from 'vitest'
import { idleTask } from '../../web/core/task'
import type { Backend, Kernel } from '../../web/compute/kernel'
import { findDifference } from '../../web/compute/self-check'
import { referenceBackend } from './kernel-backends'

/** One line of a kernel's table of cases. */
export interface KernelCase<Params, Input, Output> {
  readonly name: string
  readonly params: Params
  readonly input: () => Input
  readonly output: () => Output
}

/** Runs a case on the reference and on a fast backend; every array of the output must agree within the kernel's tolerance. */
export const expectParity = async <Params, Input, Output>(
  kernel: Kernel<Params, Input, Output>,
  { params, input, output }: KernelCase<Params, Input, Output>,
  fast: Backend,
): Promise<void> => {
  const [expected, found] = [output(), output()]
  const given = input()
  await referenceBackend.run(kernel, params, given, expected, idleTask())
  await fast.run(kernel, params, given, found, idleTask())
  expect(findDifference(expected, found, kernel.tolerance)).toBeNull()
}
