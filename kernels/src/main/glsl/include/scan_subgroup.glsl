// SPDX-License-Identifier: Apache-2.0
//
// Sums over a subgroup of 4 to 64 invocations, all of which call them. Macros:
//   ELEMENT, ELEMENT_BYTES   uint32_t and 4 or uint64_t and 8
//   SUBGROUP                 invocations of a subgroup; the device's own number by default
//
//   ELEMENT subgroup_last(ELEMENT value)         the value of the last invocation
//   ELEMENT subgroup_sum(ELEMENT value)          the sum of all
//   ELEMENT subgroup_running(ELEMENT value)      the sum of those up to and with this one
//   uint subgroup_first(bool yes)                the first invocation that says yes, SUBGROUP where none does
//
// Values of 64 bits go from one invocation to another in halves: not all devices have subgroup operations on them.
#ifndef KRONOS_SCAN_SUBGROUP_GLSL
#define KRONOS_SCAN_SUBGROUP_GLSL

#extension GL_KHR_shader_subgroup_basic : require
#extension GL_KHR_shader_subgroup_ballot : require
#extension GL_KHR_shader_subgroup_shuffle : require
#extension GL_KHR_shader_subgroup_shuffle_relative : require

#include "abi.glsl"

#ifndef SUBGROUP
#define SUBGROUP gl_SubgroupSize
#endif

const uint LARGEST_SUBGROUP = 64u;
const uint MOST_SUBGROUPS = WORKGROUP_SIZE / 4u;

#if ELEMENT_BYTES == 8
#define SHUFFLED(shuffle, value, lane) pack64(shuffle(unpack32(value), lane))
#else
#define SHUFFLED(shuffle, value, lane) shuffle(value, lane)
#endif

ELEMENT subgroup_last(ELEMENT value) {
  return SHUFFLED(subgroupShuffle, value, SUBGROUP - 1u);
}

ELEMENT subgroup_sum(ELEMENT value) {
  [[unroll]] for (uint reach = 1u; reach < LARGEST_SUBGROUP; reach <<= 1) {
    if (reach < SUBGROUP) {
      value += SHUFFLED(subgroupShuffleXor, value, reach);
    }
  }
  return value;
}

ELEMENT subgroup_running(ELEMENT value) {
  [[unroll]] for (uint reach = 1u; reach < LARGEST_SUBGROUP; reach <<= 1) {
    if (reach < SUBGROUP) {
      ELEMENT left = SHUFFLED(subgroupShuffleUp, value, reach);
      value += gl_SubgroupInvocationID >= reach ? left : ELEMENT(0);
    }
  }
  return value;
}

uint subgroup_first(bool yes) {
  uvec4 votes = subgroupBallot(yes);
  if (votes.x != 0u) {
    return findLSB(votes.x);
  }
  return SUBGROUP > 32u && votes.y != 0u ? 32u + findLSB(votes.y) : SUBGROUP;
}

#endif
