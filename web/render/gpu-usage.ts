/** GPUTextureUsage of the standard: TypeScript's DOM library types its use and leaves out the constants. */
export const TEXTURE_USAGE = { copyFrom: 0x01, copyTo: 0x02, binding: 0x04, renderTo: 0x10 } as const
