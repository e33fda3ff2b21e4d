/** A nominal type: `Brand<number, 'degrees'>` cannot be passed where `Brand<number, 'radians'>` is wanted. */
export type Brand<Value, Name extends string> = Value & { readonly __brand: Name }
