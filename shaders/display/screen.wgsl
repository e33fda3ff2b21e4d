// Colours the screen: what is under each pixel of it, by `colourAt` of the picture that is drawn.

@fragment
fn colourScreen(@builtin(position) at: vec4f) -> @location(0) vec4f {
  let size = vec2f(levelSize());
  let x = dot(display.toLevelX.xyz, vec3f(at.xy, 1));
  let y = dot(display.toLevelY.xyz, vec3f(at.xy, 1));
  if (x < 0 || y < 0 || x >= size.x || y >= size.y) { return display.backdrop; }
  if (display.smooth_ == 0u) { return colourAt(i32(floor(x)), i32(floor(y))); }
  // Colours are blended, not values, as a canvas does it.
  let left = floor(x - 0.5);
  let top = floor(y - 0.5);
  let part = vec2f(x - 0.5 - left, y - 0.5 - top);
  let i = i32(left);
  let j = i32(top);
  return mix(
    mix(colourAt(i, j), colourAt(i + 1, j), part.x),
    mix(colourAt(i, j + 1), colourAt(i + 1, j + 1), part.x),
    part.y,
  );
}
