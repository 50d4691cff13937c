// SPDX-License-Identifier: Apache-2.0
//
// Lists the slots in use, in no order. A workgroup takes a tile of slots and adds to the counter once,
// for all workgroups meet there. A small table is less than a tile.

const uint K_SLOTS_EACH = 16u;
const uint K_TILE = K_SLOTS_EACH * WORKGROUP_SIZE;

shared uint k_used;
shared uint k_first;

// Returns which of this invocation's slots are in use, the first one lowest.
uint k_usedSlots(uint first) {
  uint used = 0u;
  for (uint i = 0u; i < K_SLOTS_EACH; i++) {
    uint slot = first + i * WORKGROUP_SIZE;
    if (slot < root.count && K_WORD(K_STATE(K_CLAIM, slot)) != 0ul) {
      used |= 1u << i;
    }
  }
  return used;
}

void k_list(uint first) {
  uint used = k_usedSlots(first);
  uint place = atomicAdd(k_used, uint(bitCount(used)));
  barrier();
  if (gl_LocalInvocationID.x == 0u) {
    k_first = uint(atomicAdd(K_WORD(k_args.counters + K_COUNTER_EMITTED), uint64_t(k_used)));
  }
  barrier();
  for (place += k_first; used != 0u; place++) {
    uint i = uint(findLSB(used));
    BufferU32(k_args.slots).v[place] = first + i * WORKGROUP_SIZE;
    used &= used - 1u;
  }
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  for (uint tile = gl_WorkGroupID.x * K_TILE; tile < root.count; tile += gl_NumWorkGroups.x * K_TILE) {
    if (lane == 0u) {
      k_used = 0u;
    }
    barrier();
    k_list(tile + lane);
  }
}
