/** GPUBufferUsage and GPUMapMode of the standard: TypeScript's libraries type their use and leave out the constants. */
export const BUFFER_USAGE = {
  mapRead: 0x01,
  copyFrom: 0x04,
  copyTo: 0x08,
  uniform: 0x40,
  storage: 0x80,
  queryResolve: 0x200,
} as const
export const MAP_READ = 0x1
