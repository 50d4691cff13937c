// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.vulkan.spirv.ShaderSource;

/** Generates the kernel that moves all groups into a larger state, one invocation an old slot. */
final class RehashCode {
  private RehashCode() {}

  static ShaderSource source(AggregatePlan plan) {
    KernelText kernel = StateCode.kernel("aggregate/rehash", plan, "oldState");
    kernel.append(
        """
        // Keys differ, so the first free slot is the right one.
        uint k_freeSlot(uint64_t hash, uint64_t claim) {
          uint mask = uint(k_args.capacity) - 1u;
          uint slot = uint(hash) & mask;
          while (atomicCompSwap(K_WORD(K_STATE(K_CLAIM, slot)), 0ul, claim) != 0ul) {
            slot = (slot + 1u) & mask;
          }
          return slot;
        }

        void main() {
          for (uint old = kronos_thread(); old < root.count; old += kronos_threads()) {
            uint64_t from = k_args.oldState + uint64_t(old) * K_SLOT_WORDS * 8ul;
            uint64_t claim = BufferU64(from).v[K_CLAIM];
            if (claim == 0ul) {
              continue;
            }
            uint64_t to = K_STATE(0u, k_freeSlot(BufferU64(from).v[K_HASH], claim));
            for (uint i = K_HASH; i < uint(K_SLOT_WORDS); i++) {
              BufferU64(to).v[i] = BufferU64(from).v[i];
            }
          }
        }\
        """);
    return kernel.source();
  }
}
