import type { CompositeLook } from '../core/composite'
import { mixOf } from '../science/colour/compose-colours'
import { luptonFactors } from '../science/colour/composite-curve'
import { createCompositeLevels } from './composite-levels'
import {
  chooseCompositeLevel,
  type CompositePlanes,
  type CompositeRenderer,
  type CompositeView,
} from './composite-renderer'
import { COMPOSITE_VERTEX, makeCompositeFragment } from './composite-shader'
import { BACKDROP } from './image-renderer'

/** Largest number of 16 bits that a graphics card keeps, with room for sums. */
const LARGEST = 60_000
const CURVES = { lupton: 0, linear: 1, sqrt: 2, log: 3 } as const

const compile = (gl: WebGL2RenderingContext, kind: number, source: string): WebGLShader => {
  const shader = gl.createShader(kind)
  if (shader === null) throw new Error('the graphics context was lost')
  gl.shaderSource(shader, source)
  gl.compileShader(shader)
  return shader
}

const link = (gl: WebGL2RenderingContext, count: number): WebGLProgram => {
  const program = gl.createProgram()
  gl.attachShader(program, compile(gl, gl.VERTEX_SHADER, COMPOSITE_VERTEX))
  gl.attachShader(program, compile(gl, gl.FRAGMENT_SHADER, makeCompositeFragment(count)))
  gl.linkProgram(program)
  if (gl.getProgramParameter(program, gl.LINK_STATUS) !== true)
    throw new Error(`the picture's shader was refused: ${gl.getProgramInfoLog(program) ?? ''}`)
  return program
}

/** In units of the noise above the sky; a pixel without a value so far below that it is drawn black. */
const normalise = (plane: Float32Array, { sky, noise }: { readonly sky: number; readonly noise: number }) =>
  plane.map((value) => {
    const own = (value - sky) / noise
    return own - own === 0 ? Math.max(-LARGEST, Math.min(LARGEST, own)) : -LARGEST
  })

/** Textures of 16-bit floats of a level, on the card from when it is first seen. */
const upload = (
  gl: WebGL2RenderingContext,
  plane: Float32Array,
  columns: number,
  rows: number,
): WebGLTexture => {
  const texture = gl.createTexture()
  gl.bindTexture(gl.TEXTURE_2D, texture)
  gl.pixelStorei(gl.UNPACK_ALIGNMENT, 4)
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.R16F, columns, rows, 0, gl.RED, gl.FLOAT, plane)
  for (const side of [gl.TEXTURE_WRAP_S, gl.TEXTURE_WRAP_T])
    gl.texParameteri(gl.TEXTURE_2D, side, gl.CLAMP_TO_EDGE)
  for (const filter of [gl.TEXTURE_MIN_FILTER, gl.TEXTURE_MAG_FILTER])
    gl.texParameteri(gl.TEXTURE_2D, filter, gl.LINEAR)
  return texture
}

const fill = (
  gl: WebGL2RenderingContext,
  program: WebGLProgram,
  look: CompositeLook,
  levels: CompositePlanes['levels'],
): void => {
  const place = (name: string) => gl.getUniformLocation(program, name)
  const mix = mixOf(look)
  const { soften, slope } = luptonFactors(look.stretch, look.q)
  gl.uniform1fv(
    place('minima'),
    look.inputs.map(({ minimum }, index) => (minimum - levels[index]!.sky) / levels[index]!.noise),
  )
  gl.uniform3fv(
    place('mixes'),
    look.inputs.flatMap((_, index) => mix.map((factors) => factors[index]! * levels[index]!.noise)),
  )
  gl.uniform1fv(
    place('brights'),
    look.inputs.map(({ gain }, index) => (index === look.luminance ? gain * levels[index]!.noise : 0)),
  )
  gl.uniform1i(place('hasBright'), look.luminance === null ? 0 : 1)
  gl.uniform1i(place('curveKind'), CURVES[look.curve])
  gl.uniform3f(place('curve'), soften, slope, 1 / look.stretch)
  gl.uniform1f(place('neutral'), look.neutral)
  gl.uniform1f(place('saturation'), look.saturation)
  gl.uniform3f(place('backdrop'), BACKDROP[0] / 255, BACKDROP[1] / 255, BACKDROP[2] / 255)
}

/** On the graphics card; null where the browser gives none. */
export const createWebglComposite = (canvas: HTMLCanvasElement): CompositeRenderer | null => {
  const gl = canvas.getContext('webgl2', { antialias: false, alpha: false, preserveDrawingBuffer: true })
  if (gl === null) return null
  let given: CompositePlanes | null = null
  let levels: ReturnType<typeof createCompositeLevels> | null = null
  let program: WebGLProgram | null = null
  const textures = new Map<number, readonly WebGLTexture[]>()
  const forget = (): void => {
    for (const own of textures.values()) for (const texture of own) gl.deleteTexture(texture)
    textures.clear()
    if (program !== null) gl.deleteProgram(program)
    program = null
  }
  const bind = (level: number): void => {
    if (levels === null || given === null || program === null) return
    let own = textures.get(level)
    if (own === undefined) {
      const { planes, columns, rows } = levels.take(level)
      const { levels: brought } = given
      own = planes.map((plane, index) => upload(gl, normalise(plane, brought[index]!), columns, rows))
      textures.set(level, own)
    }
    for (const [unit, texture] of own.entries()) {
      gl.activeTexture(gl.TEXTURE0 + unit)
      gl.bindTexture(gl.TEXTURE_2D, texture)
      gl.uniform1i(gl.getUniformLocation(program, `plane${unit}`), unit)
    }
  }
  return {
    kind: 'webgl',
    setPlanes: (planes) => {
      forget()
      given = planes
      levels = createCompositeLevels(planes)
      program = link(gl, planes.planes.length)
    },
    draw: (look: CompositeLook, { x, y, scale }: CompositeView) => {
      if (given === null || levels === null || program === null || look.inputs.length !== given.planes.length)
        return
      gl.viewport(0, 0, canvas.width, canvas.height)
      gl.useProgram(program)
      bind(chooseCompositeLevel(scale, levels.last))
      fill(gl, program, look, given.levels)
      const place = (name: string) => gl.getUniformLocation(program as WebGLProgram, name)
      gl.uniform2f(place('size'), given.columns, given.rows)
      gl.uniform2f(place('middle'), x, y)
      gl.uniform2f(place('canvas'), canvas.width, canvas.height)
      gl.uniform1f(place('scale'), scale)
      gl.drawArrays(gl.TRIANGLES, 0, 3)
    },
    destroy: forget,
  }
}
