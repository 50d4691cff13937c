#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Calls library functions on one case an invocation, so that tests can compare them with their Java twins.
//
//   root.count   cases
//   ProbeArguments, 16 bytes
//     0  uint64_t inputs     uint64_t[count * IN_WORDS]
//     8  uint64_t outputs    uint64_t[count * OUT_WORDS], zero at first
//   Macros: IN_WORDS, OUT_WORDS. The test puts the statements of one probe in place of PROBE_BODY below.
#include "abi.glsl"
#include "status.glsl"
#include "types.glsl"
#include "int128.glsl"
#include "decimal.glsl"
#include "float.glsl"
#include "string.glsl"
#include "hash.glsl"
#include "atomics.glsl"
#include "superaccumulator.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer ProbeArguments {
  uint64_t inputs;
  uint64_t outputs;
};

uint64_t probe_in;
uint64_t probe_out;
uint64_t probe_shared;

uint64_t in_u64(uint i) { return BufferU64(probe_in).v[i]; }
int64_t in_i64(uint i) { return BufferI64(probe_in).v[i]; }
uint in_u32(uint i) { return uint(in_u64(i)); }
int in_i32(uint i) { return int(in_i64(i)); }
double in_f64(uint i) { return BufferF64(probe_in).v[i]; }
float in_f32(uint i) { return BufferF32(probe_in).v[2u * i]; }
i128 in_i128(uint i) { return i128(in_u64(i), in_i64(i + 1u)); }
u128 in_u128(uint i) { return u128(in_u64(i), in_u64(i + 1u)); }
u256 in_u256(uint i) { return u256(in_u64(i), in_u64(i + 1u), in_u64(i + 2u), in_u64(i + 3u)); }
// A string inside the case's words: byte offset and size in one word each.
Str in_str(uint i) { return Str(probe_in + in_u64(i), in_u32(i + 1u)); }

void out_u64(uint i, uint64_t x) { BufferU64(probe_out).v[i] = x; }
void out_i64(uint i, int64_t x) { out_u64(i, uint64_t(x)); }
void out_i32(uint i, int x) { out_i64(i, int64_t(x)); }
void out_bool(uint i, bool x) { out_u64(i, x ? 1ul : 0ul); }
void out_f64(uint i, double x) { BufferF64(probe_out).v[i] = x; }
void out_f32(uint i, float x) { out_u64(i, uint64_t(floatBitsToUint(x))); }
void out_i128(uint i, i128 x) { out_u64(i, x.lo); out_i64(i + 1u, x.hi); }
void out_u128(uint i, u128 x) { out_u64(i, x.lo); out_u64(i + 1u, x.hi); }
void out_u256(uint i, u256 x) { out_u128(i, u256_low(x)); out_u128(i + 2u, u256_high(x)); }
// The overflow flag in the first word, then the value, 0 where it overflowed.
void out_checked(i128 x, bool overflow) { out_bool(0u, overflow); if (!overflow) { out_i128(1u, x); } }
void out_checked(int64_t x, bool overflow) { out_bool(0u, overflow); if (!overflow) { out_i64(1u, x); } }
void out_checked(int x, bool overflow) { out_bool(0u, overflow); if (!overflow) { out_i32(1u, x); } }
// A NaN's sign and payload are the device's own.
float f32_normal_nan(float x) { return f32_is_nan(x) ? f32_of(F32_NAN) : x; }
double f64_normal_nan(double x) { return f64_is_nan(x) ? f64_of(F64_NAN) : x; }

void probe() {
  bool overflow = false;
  PROBE_BODY
}

void main() {
  uint i = kronos_thread();
  if (i < root.count) {
    ProbeArguments arguments = ProbeArguments(root.args);
    probe_in = arguments.inputs + uint64_t(i) * uint64_t(IN_WORDS * 8);
    probe_out = arguments.outputs + uint64_t(i) * uint64_t(OUT_WORDS * 8);
    probe_shared = arguments.outputs;
    probe();
  }
}
