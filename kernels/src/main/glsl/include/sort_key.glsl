// SPDX-License-Identifier: Apache-2.0
//
// Turns values of a column into keys whose order as unsigned numbers is the wanted order of the values.
//
// Floating point: -0.0 equals 0.0, all NaNs are equal, and behind every number upwards and downwards alike (before, with
// bit 2). A null has the key 0; the variant of nulls (OF_NULLS) has the key 0 for what comes first and 1 for the rest.
//
//   root.flags   bit 0: validity is one byte a row, 1 = null; else bits, 1 = valid
//                bit 1: downwards
//                bit 2: NaNs and nulls first
//   Macros: KEY, KEY_BYTES, VALUE (of a row, from column, row and word), and what it is, 0 or 1: OF_FLOATS (bits of a
//   floating point number), OF_SIGNED (a signed number as wide as KEY), OF_NULLS; else it is the key upwards
//
// Functions
//   KEY sort_key(Column column, uint row, uint word)      word: which 8 bytes of a string
//   bool sort_key_counts(Column column, uint row)         whether the key is that of a value, not of a null
#ifndef KRONOS_SORT_KEY_GLSL
#define KRONOS_SORT_KEY_GLSL

#include "types.glsl"
#include "string.glsl"

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

KEY value_key(Column column, uint row, uint word) {
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

bool sort_key_valid(Column column, uint row) {
  if ((root.flags & 1u) != 0u) {
    return column_valid_bytes(column, row);
  }
  return column_valid_bits(column, row);
}

KEY sort_key(Column column, uint row, uint word) {
#if OF_NULLS
  return KEY(sort_key_valid(column, row) == ((root.flags & 4u) != 0u));
#else
  KEY key = KEY(0);
  if (sort_key_valid(column, row)) {
    key = value_key(column, row, word);
  }
  return key;
#endif
}

bool sort_key_counts(Column column, uint row) {
#if OF_NULLS
  return true;
#else
  return sort_key_valid(column, row);
#endif
}

#endif
