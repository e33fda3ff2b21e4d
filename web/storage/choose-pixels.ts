import { openBlobPixels, BYTES_DATABASE_NAME } from './pixels-indexeddb'
import { canUseFiles, openFilePixels } from './pixels-opfs'
import type { PixelStore } from './pixels'
import { inTransaction, type Connection } from './record-store'
import type { SettingRecord } from './stores/settings'

/** The setting that says where this workspace keeps its bytes. */
export const PIXEL_BACKEND_SETTING = 'pixel-backend'

/**
 * Files where they can be used, else Blobs. The first thread to open a workspace decides for all, within a transaction:
 * two threads with different stores would not find each other's pixels.
 */
export const choosePixels = async (connection: Connection, name: string): Promise<PixelStore> => {
  const wish: PixelStore['kind'] = (await canUseFiles()) ? 'opfs' : 'indexeddb'
  const decided = await inTransaction(
    connection,
    ['settings'],
    'The choice of the pixel store',
    async (store) => {
      const settings = store('settings')
      const known = (await settings.get(PIXEL_BACKEND_SETTING)) as SettingRecord | undefined
      if (known?.value === 'opfs' || known?.value === 'indexeddb') return known.value
      await settings.put({ id: PIXEL_BACKEND_SETTING, value: wish } satisfies SettingRecord)
      return wish
    },
  )
  const bytesName = name === 'asterism' ? BYTES_DATABASE_NAME : `${name}-bytes`
  return decided === 'opfs' ? openFilePixels(bytesName) : openBlobPixels(bytesName)
}
