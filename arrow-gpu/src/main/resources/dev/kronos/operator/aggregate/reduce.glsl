// SPDX-License-Identifier: Apache-2.0
//
// Reductions over a workgroup in shared memory; the result is valid in invocation 0. All invocations
// of the workgroup must call them.

shared uint64_t k_lanes[3][WORKGROUP_SIZE];
shared uint k_marks;

// Defines a reduction of one word by an expression of a and b, which are words of two invocations.
#define K_REDUCE1(NAME, COMBINED)                                     \
  void NAME(inout uint64_t s0) {                                      \
    uint lane = gl_LocalInvocationID.x;                               \
    k_lanes[0][lane] = s0;                                            \
    for (uint step = WORKGROUP_SIZE / 2; step > 0u; step >>= 1) {     \
      barrier();                                                      \
      if (lane < step) {                                              \
        uint64_t a = k_lanes[0][lane];                                \
        uint64_t b = k_lanes[0][lane + step];                         \
        k_lanes[0][lane] = COMBINED;                                  \
      }                                                               \
    }                                                                 \
    s0 = k_lanes[0][lane];                                            \
    barrier();                                                        \
  }

K_REDUCE1(k_reduceSum1, a + b)
K_REDUCE1(k_reduceMax1, max(a, b))
K_REDUCE1(k_reduceOr1, a | b)
K_REDUCE1(k_reduceXor1, a ^ b)

void k_reduceSum2(inout uint64_t s0, inout uint64_t s1) {
  uint lane = gl_LocalInvocationID.x;
  k_lanes[0][lane] = s0;
  k_lanes[1][lane] = s1;
  for (uint step = WORKGROUP_SIZE / 2; step > 0u; step >>= 1) {
    barrier();
    if (lane < step) {
      k_sum2(s0, s1, k_lanes[0][lane + step], k_lanes[1][lane + step]);
      k_lanes[0][lane] = s0;
      k_lanes[1][lane] = s1;
    }
  }
  barrier();
}

void k_reduceSum3(inout uint64_t s0, inout uint64_t s1, inout uint64_t s2) {
  uint lane = gl_LocalInvocationID.x;
  k_lanes[0][lane] = s0;
  k_lanes[1][lane] = s1;
  k_lanes[2][lane] = s2;
  for (uint step = WORKGROUP_SIZE / 2; step > 0u; step >>= 1) {
    barrier();
    if (lane < step) {
      uint other = lane + step;
      k_sum3(s0, s1, s2, k_lanes[0][other], k_lanes[1][other], k_lanes[2][other]);
      k_lanes[0][lane] = s0;
      k_lanes[1][lane] = s1;
      k_lanes[2][lane] = s2;
    }
  }
  barrier();
}

void k_reduceOr(inout uint marks) {
  if (gl_LocalInvocationID.x == 0u) {
    k_marks = 0u;
  }
  barrier();
  if (marks != 0u) {
    atomicOr(k_marks, marks);
  }
  barrier();
  marks = k_marks;
  barrier();
}
