/**
 * Usage flags of WebGPU (GPUTextureUsage, GPUBufferUsage in the standard). TypeScript's DOM library types their use and
 * leaves out the constants.
 */
export const TEXTURE_USAGE = { copyFrom: 0x01, copyTo: 0x02, binding: 0x04, renderTo: 0x10 } as const
export const BUFFER_USAGE = { mapRead: 0x01, copyTo: 0x08, uniform: 0x40 } as const
export const MAP_READ = 0x1
