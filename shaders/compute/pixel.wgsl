// What all kernels share: put before each of them.
// Pixels are the bits of 32-bit floats: a driver may assume that floats are never NaN, but bits stay what they are.

const NAN_BITS = 0x7fc00000u;
const GROUP_SIZE = 256u;

fn isNan(bits: u32) -> bool {
  return (bits & 0x7fffffffu) > 0x7f800000u;
}

fn isFinite(bits: u32) -> bool {
  return (bits & 0x7f800000u) != 0x7f800000u;
}

// Element of an invocation where the workgroups are spread along x and y.
fn elementOf(group: vec3u, groups: vec3u, local: u32) -> u32 {
  return (group.y * groups.x + group.x) * GROUP_SIZE + local;
}
