#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Third of four kernels of a running sum, minimum or maximum: turns what each chunk of 256 tiles has into what is before
// it, in place. ONE workgroup; further ones do nothing. One invocation adds, in the chunks' order; there are few of them.
//
//   root.count   values of the whole input (not chunks)
//   RunningArguments, 32 bytes
//     0  uint64_t source           not used here
//     8  uint64_t partials         uint64_t[tiles + chunks], the chunks' read and written; of KIND 2 two, for sums three, each
//    16  uint64_t target           not used here
//    24  uint64_t neutral          bits of the value that changes nothing, not used of KIND 2 and 3
//   Macros: running.glsl says which
#include "abi.glsl"
#include "running.glsl"

void main() {
  if (gl_WorkGroupID.x != 0u) {
    return;
  }
  uint lane = gl_LocalInvocationID.x;
  VALUE neutral = running_neutral();
  uint tiles = running_tiles();
  uint chunks = running_chunks();
  VALUE start = neutral;
  for (uint first = 0u; first < chunks; first += WORKGROUP_SIZE) {
    bool own = first + lane < chunks;
    running_values[lane] = neutral;
    if (own) {
      running_values[lane] = running_partial(tiles + first + lane);
    }
    barrier();
    uint count = min(WORKGROUP_SIZE, chunks - first);
    if (lane == 0u) {
      // Several are read before the first is overwritten, so that only additions wait for each other.
      for (uint i = 0u; i < count; i += ITEMS) {
        [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
          running_held[item] = running_values[i + item];
        }
        [[unroll]] for (uint item = 0u; item < ITEMS; item++) {
          running_values[i + item] = start;
          start = combine(start, running_held[item]);
        }
      }
    }
    barrier();
    if (own) {
      running_keep(tiles + first + lane, running_values[lane]);
    }
    // The next chunks overwrite the values.
    barrier();
  }
}
