import { resolve } from 'node:path'

/** The folder of the repository: a bundle lies elsewhere than its sources and is told. */
export const ROOT: string = process.env['FUZZ_ROOT'] ?? resolve(import.meta.dirname, '../..')
