import 'fake-indexeddb/auto'
import { describe } from 'vitest'
import { openBlobPixels } from '../../web/storage/pixels-indexeddb'
import { describePixelStore } from './pixel-store-cases'

let number = 0

describe('pixels as Blobs in a database', () => {
  describePixelStore(() => openBlobPixels(`bytes-${number++}`))
})
