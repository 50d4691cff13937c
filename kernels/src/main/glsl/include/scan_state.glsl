// SPDX-License-Identifier: Apache-2.0
//
// What workgroups that look back publish for others. Macros: STATE (uint32_t or uint64_t) and STATE_BYTES, of the bits of
// a sum. Needs the array `partials` of uint64_t, all 0 before: two words for the ticket, then the states.
//
// A state is a sum beside a mark in the high half of a 64-bit word. Of 64-bit sums there are two words, low half first,
// and both marks must agree, so that no order of memory accesses is relied on. Relaxed atomics do, without
// use_vulkan_memory_model: with it invocations saw values of shared memory from before a barrier on lavapipe 22.3.
//
//   void publish(uint place, STATE sum, uint mark)
//   uint published(uint place, out STATE sum)        the mark: NOTHING, OWN_SUM or WHOLE_SUM, of all up to and with it
//   uint take_ticket()                               0, 1, 2, ...: tiles in their order
#ifndef KRONOS_SCAN_STATE_GLSL
#define KRONOS_SCAN_STATE_GLSL

#extension GL_KHR_memory_scope_semantics : require

const uint MOST_SPINS = 128u;
const uint NOTHING = 0u;
const uint OWN_SUM = 1u;
const uint WHOLE_SUM = 2u;

uint64_t state_load(uint i) {
  return atomicLoad(AS(partials, uint64_t)[i], gl_ScopeDevice, gl_StorageSemanticsNone, gl_SemanticsRelaxed);
}

void state_store(uint i, uint64_t word) {
  atomicStore(AS(partials, uint64_t)[i], word, gl_ScopeDevice, gl_StorageSemanticsNone, gl_SemanticsRelaxed);
}

uint take_ticket() {
  return uint(atomicAdd(AS(partials, uint64_t)[0], 1ul));
}

void publish(uint place, STATE sum, uint mark) {
  uint64_t high = uint64_t(mark) << 32;
#if STATE_BYTES == 8
  state_store(2u + 2u * place, high | (sum & 0xFFFFFFFFul));
  state_store(3u + 2u * place, high | (sum >> 32));
#else
  state_store(2u + place, high | sum);
#endif
}

uint published(uint place, out STATE sum) {
#if STATE_BYTES == 8
  uint64_t low = state_load(2u + 2u * place);
  uint64_t high = state_load(3u + 2u * place);
  sum = (low & 0xFFFFFFFFul) | (high << 32);
  return (low >> 32) == (high >> 32) ? uint(low >> 32) : NOTHING;
#else
  uint64_t word = state_load(2u + place);
  sum = STATE(word & 0xFFFFFFFFul);
  return uint(word >> 32);
#endif
}

#endif
