import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { buildWasm } from '../build-wasm.mjs'

export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/**
 * Puts the thread that runs inputs into one file that Node can start, with the kernels as they stand in the sources. Each caller has
 * a folder of its own, so that two can run at once.
 * @param {string} folder below .cache
 * @returns {Promise<string>} the file
 */
export const bundleWorker = async (folder) => {
  buildWasm()
  const outDir = join(ROOT, '.cache', folder)
  await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    build: {
      ssr: join(ROOT, 'tests/fuzz/worker.ts'),
      outDir,
      emptyOutDir: true,
      copyPublicDir: false,
      minify: false,
      sourcemap: false,
      target: 'node20',
      rolldownOptions: { output: { entryFileNames: 'worker.mjs' } },
    },
  })
  return join(outDir, 'worker.mjs')
}
