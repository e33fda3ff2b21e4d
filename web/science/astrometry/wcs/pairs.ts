/** A value for the longitude and one for the latitude axis. */
export interface SkyPair<T> {
  readonly longitude: T
  readonly latitude: T
}

/** A value for the first and one for the second of the two pixel axes. */
export interface PixelPair<T> {
  readonly x: T
  readonly y: T
}
