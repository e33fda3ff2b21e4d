/** A folder in memory with the interface of the browser's: what a test needs of it, and counters of what was written. */
interface MemoryFile {
  bytes: Uint8Array<ArrayBuffer>
  lastModified: number
}

const missing = (name: string): DOMException => new DOMException(`no ${name}`, 'NotFoundError')

export class MemoryFolder {
  readonly kind = 'directory'
  readonly name: string
  readonly folders = new Map<string, MemoryFolder>()
  readonly files = new Map<string, MemoryFile>()
  readonly writes: string[]

  constructor(name = 'disk', writes: string[] = []) {
    this.name = name
    this.writes = writes
  }

  /** As the browser's type, for what takes one. */
  get handle(): FileSystemDirectoryHandle {
    return this as unknown as FileSystemDirectoryHandle
  }

  put(path: string, bytes: Uint8Array<ArrayBuffer>, lastModified: number): void {
    const [first = '', ...rest] = path.split('/')
    if (rest.length === 0) this.files.set(first, { bytes, lastModified })
    else this.folder(first).put(rest.join('/'), bytes, lastModified)
  }

  private folder(name: string): MemoryFolder {
    const found = this.folders.get(name) ?? new MemoryFolder(name, this.writes)
    this.folders.set(name, found)
    return found
  }

  getDirectoryHandle(name: string, options?: { create?: boolean }): Promise<MemoryFolder> {
    if (options?.create !== true && !this.folders.has(name)) return Promise.reject(missing(name))
    return Promise.resolve(this.folder(name))
  }

  getFileHandle(name: string, options?: { create?: boolean }) {
    if (!this.files.has(name)) {
      if (options?.create !== true) return Promise.reject(missing(name))
      this.files.set(name, { bytes: new Uint8Array(0), lastModified: Date.now() })
    }
    return Promise.resolve(this.openFile(name))
  }

  private openFile(name: string) {
    return {
      kind: 'file' as const,
      name,
      getFile: () => {
        const file = this.files.get(name)
        if (file === undefined) return Promise.reject(missing(name))
        return Promise.resolve(new File([file.bytes], name, { lastModified: file.lastModified }))
      },
      createWritable: () => {
        const parts: Uint8Array<ArrayBuffer>[] = []
        return Promise.resolve({
          write: (bytes: Uint8Array<ArrayBuffer>) => Promise.resolve(void parts.push(bytes.slice())),
          close: async () => {
            const bytes = new Uint8Array(await new Blob(parts).arrayBuffer())
            this.files.set(name, { bytes, lastModified: Date.now() })
            this.writes.push(name)
          },
          abort: () => Promise.resolve(),
        })
      },
    }
  }

  removeEntry(name: string): Promise<void> {
    const folder = this.folders.get(name)
    if (folder !== undefined && folder.files.size + folder.folders.size > 0)
      return Promise.reject(new DOMException('not empty', 'InvalidModificationError'))
    if (!this.folders.delete(name) && !this.files.delete(name)) return Promise.reject(missing(name))
    return Promise.resolve()
  }

  async *keys(): AsyncGenerator<string> {
    for (const [name] of [...this.folders, ...this.files]) yield await Promise.resolve(name)
  }

  async *entries(): AsyncGenerator<[string, unknown]> {
    for (const [name, folder] of this.folders) yield await Promise.resolve([name, folder])
    for (const name of this.files.keys()) yield await Promise.resolve([name, this.openFile(name)])
  }

  /** All files below, by path. */
  list(prefix = ''): Map<string, Uint8Array<ArrayBuffer>> {
    const own = [...this.files].map(([name, { bytes }]) => [`${prefix}${name}`, bytes] as const)
    const below = [...this.folders].flatMap(([name, folder]) => [...folder.list(`${prefix}${name}/`)])
    return new Map([...own, ...below])
  }
}
