// SPDX-License-Identifier: Apache-2.0
//
// Turns `root.count` sizes into offsets in place (exclusive prefix sum) and appends the total. Runs
// as one workgroup, which walks over blocks with a carry.

const uint K_ITEMS = 16u;
shared uint k_sums[WORKGROUP_SIZE];

void k_scanLanes() {
  uint lane = gl_LocalInvocationID.x;
  for (uint step = 1u; step < WORKGROUP_SIZE; step <<= 1) {
    barrier();
    uint below = lane >= step ? k_sums[lane - step] : 0u;
    barrier();
    k_sums[lane] += below;
  }
  barrier();
}

void main() {
  uint lane = gl_LocalInvocationID.x;
  uint carry = 0u;
  for (uint base = 0u; base < root.count; base += WORKGROUP_SIZE * K_ITEMS) {
    uint first = base + lane * K_ITEMS;
    uint end = min(first + K_ITEMS, root.count);
    uint sum = 0u;
    for (uint i = first; i < end; i++) {
      sum += BufferU32(k_args.sizes).v[i];
    }
    k_sums[lane] = sum;
    k_scanLanes();
    uint offset = carry + k_sums[lane] - sum;
    for (uint i = first; i < end; i++) {
      uint size = BufferU32(k_args.sizes).v[i];
      BufferU32(k_args.sizes).v[i] = offset;
      offset += size;
    }
    carry += k_sums[WORKGROUP_SIZE - 1];
    barrier();
  }
  if (lane == 0u) {
    BufferU32(k_args.sizes).v[root.count] = carry;
  }
}
