/** A shader as text; the bundler puts it in. */
declare module '*.wgsl?raw' {
  const text: string
  export default text
}
