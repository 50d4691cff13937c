#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Turns a column into keys whose order as unsigned numbers is the wanted order of its values, and finds the least and the
// greatest of them, which says how many digits they differ in.
//
// Floating point: -0.0 equals 0.0, all NaNs are equal, and behind every number upwards and downwards alike (before, with
// bit 2). A null has the key 0 and does not count for the range; the variant of nulls (OF_NULLS) has the key 0 for what
// comes first and 1 for the rest.
//
//   root.count   rows, 0..2^31; any number of workgroups
//   root.flags   bit 0: validity is one byte a row, 1 = null; else bits, 1 = valid
//                bit 1: downwards
//                bit 2: NaNs and nulls first
//   KeyArguments, 72 bytes
//     0  Column source             40 bytes
//    40  uint64_t rows             uint[count], rows of source in the order of the keys; 0 = rows 0..count-1
//    48  uint64_t keys             KEY[count], written
//    56  uint64_t range            uint64_t[2], all ones and 0 at first: lowered to the least and raised to the greatest key
//    64  uint word                 which 8 bytes of a string
//    68  uint reserved
//   Macros: KEY, KEY_BYTES, VALUE (of a row, from column, row and word), and what it is, 0 or 1: OF_FLOATS (bits of a
//   floating point number), OF_SIGNED (a signed number as wide as KEY), OF_NULLS; else it is the key upwards
#include "abi.glsl"
#include "types.glsl"
#include "string.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer KeyArguments {
  Column source;
  uint64_t rows;
  uint64_t keys;
  uint64_t range;
  uint word;
  uint reserved;
};

layout(buffer_reference, std430, buffer_reference_align = KEY_BYTES) writeonly buffer Keys { KEY v[]; };

shared uint64_t least_of[WORKGROUP_SIZE];
shared uint64_t greatest_of[WORKGROUP_SIZE];

const KEY SIGN = KEY(1) << (KEY_BYTES * 8 - 1);

// Of float bits: order without NaN as unsigned numbers. Neither all zeros nor all ones is the order of a number.
KEY float_order(KEY bits) {
  if ((bits & ~SIGN) == KEY(0)) {
    return SIGN;
  }
  return (bits & SIGN) != KEY(0) ? ~bits : bits | SIGN;
}

bool float_is_nan(KEY bits) {
#if KEY_BYTES == 8
  const KEY infinity = KEY(0x7FF0000000000000ul);
#else
  const KEY infinity = KEY(0x7F800000u);
#endif
  return (bits & ~SIGN) > infinity;
}

KEY string_word(Column column, uint row, uint word) {
  Str s = column_load_utf8(column, row);
  uint64_t bytes = 0ul;
  if (word * 8u < s.size) {
    bytes = str_big_endian(str_word(s, word));
  }
  return KEY(bytes);
}

KEY key_of(Column column, uint row, uint word) {
  KEY down = (root.flags & 2u) != 0u ? ~KEY(0) : KEY(0);
  KEY value = KEY(VALUE);
#if OF_FLOATS
  if (float_is_nan(value)) {
    return (root.flags & 4u) != 0u ? KEY(0) : ~KEY(0);
  }
  value = float_order(value);
#elif OF_SIGNED
  value ^= SIGN;
#endif
  return value ^ down;
}

bool is_valid(Column column, uint row) {
  if ((root.flags & 1u) != 0u) {
    return column_valid_bytes(column, row);
  }
  return column_valid_bits(column, row);
}

void widen_range(uint64_t range, uint64_t least, uint64_t greatest) {
  uint lane = gl_LocalInvocationID.x;
  least_of[lane] = least;
  greatest_of[lane] = greatest;
  barrier();
  for (uint reach = WORKGROUP_SIZE / 2u; reach > 0u; reach >>= 1) {
    if (lane < reach) {
      least_of[lane] = min(least_of[lane], least_of[lane + reach]);
      greatest_of[lane] = max(greatest_of[lane], greatest_of[lane + reach]);
    }
    barrier();
  }
  if (lane == 0u && least_of[0] <= greatest_of[0]) {
    atomicMin(BufferU64(range).v[0], least_of[0]);
    atomicMax(BufferU64(range).v[1], greatest_of[0]);
  }
}

void main() {
  KeyArguments arguments = KeyArguments(root.args);
  Column column = arguments.source;
  uint64_t least = ~0ul;
  uint64_t greatest = 0ul;
  for (uint i = kronos_thread(); i < root.count; i += kronos_threads()) {
    uint row = i;
    if (arguments.rows != 0ul) {
      row = BufferU32(arguments.rows).v[i];
    }
    KEY key = KEY(0);
#if OF_NULLS
    bool first = (root.flags & 4u) != 0u;
    key = KEY(is_valid(column, row) == first);
    bool counts = true;
#else
    bool counts = is_valid(column, row);
    if (counts) {
      key = key_of(column, row, arguments.word);
    }
#endif
    if (counts) {
      least = min(least, uint64_t(key));
      greatest = max(greatest, uint64_t(key));
    }
    Keys(arguments.keys).v[i] = key;
  }
  widen_range(arguments.range, least, greatest);
}
