export { applyProfile } from './apply-profile'
export { findProfile } from './find-profile'
export type { InstrumentProfile } from './profile-schema'
export { resolveAliases } from './resolve-aliases'
