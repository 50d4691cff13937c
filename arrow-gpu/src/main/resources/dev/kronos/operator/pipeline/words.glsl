// SPDX-License-Identifier: Apache-2.0
//
// Words and counters in global memory.

#define K_WORD(address) BufferU64(address).v[0]

// A word that other workgroups change during the dispatch and that is read before it is swapped.
layout(buffer_reference, std430, buffer_reference_align = 8) coherent buffer K_SharedWord { uint64_t v; };

shared uint k_total;

// Adds up `count` over the workgroup; all its invocations must call it and all get the sum.
uint k_workgroupSum(uint count) {
  if (gl_LocalInvocationID.x == 0u) {
    k_total = 0u;
  }
  barrier();
  if (count != 0u) {
    atomicAdd(k_total, count);
  }
  barrier();
  uint total = k_total;
  barrier();
  return total;
}

// Adds to a 64-bit counter once a workgroup.
void k_count(uint64_t counter, uint count) {
  uint total = k_workgroupSum(count);
  if (gl_LocalInvocationID.x == 0u && total != 0u) {
    atomicAdd(K_WORD(counter), uint64_t(total));
  }
}
