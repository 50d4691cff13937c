// SPDX-License-Identifier: Apache-2.0
//
// Words, lists and digits in strings. Characters are those of text.glsl.
//
//   Str words_split_part(Str s, Str separator, int n, inout bool failed)
//                                                   the n-th part, from the end if negative, or nothing; fails for 0
//   Str words_split_item(Str s, Str separator, int n, inout bool failed)
//                                                   the n-th part, from 0; fails where there is none
//   int words_find_in_set(Str word, Str list)       place in a list with commas between, from 1; 0 if it is not there
//   Str words_soundex(Str s)                        four characters; s where no letter comes first
//   int words_levenshtein(Str a, Str b)             characters to put in, to leave out or to replace
//   Str words_initcap(Str s, Str heads, Str others) characters at the start of words by heads, others by others
//   Str words_hex(int64_t number)   Str words_bin(int64_t number)     digits of the unsigned number
//   Str words_hex_bytes(Str s)                      two digits a byte
#ifndef KRONOS_WORDS_GLSL
#define KRONOS_WORDS_GLSL

#include "abi.glsl"
#include "make_text.glsl"

// Finds the part of a number from 1 on and returns that number; where there are not so many, returns how many
// there are, and `part` is the last one.
uint words_part(Str s, Str separator, uint wanted, out Str part) {
  uint number = 1u;
  uint start = 0u;
  for (uint i = 0u; separator.size > 0u && i + separator.size <= s.size;) {
    if (!str_equal(Str(s.address + uint64_t(i), separator.size), separator)) {
      i++;
      continue;
    }
    if (number == wanted) {
      part = Str(s.address + uint64_t(start), i - start);
      return number;
    }
    number++;
    i += separator.size;
    start = i;
  }
  part = Str(s.address + uint64_t(start), s.size - start);
  return number;
}

// From the end parts have to be counted first: places are found from the left.
Str words_split_part(Str s, Str separator, int n, inout bool failed) {
  failed = failed || n == 0;
  if (n == 0) {
    return Str(0ul, 0u);
  }
  Str part;
  uint wanted = uint(n);
  if (n < 0) {
    uint parts = words_part(s, separator, 0u, part);
    uint back = uint(-(n + 1));
    if (back >= parts) {
      return Str(0ul, 0u);
    }
    wanted = parts - back;
  }
  if (words_part(s, separator, wanted, part) != wanted) {
    return Str(0ul, 0u);
  }
  return part;
}

Str words_split_item(Str s, Str separator, int n, inout bool failed) {
  Str part;
  uint wanted = uint(max(n, 0)) + 1u;
  uint found = words_part(s, separator, wanted, part);
  failed = failed || n < 0 || found != wanted;
  return part;
}

int words_find_in_set(Str word, Str list) {
  for (uint i = 0u; i < word.size; i++) {
    if (str_byte(word, i) == 0x2Cu) {
      return 0;
    }
  }
  int place = 1;
  uint start = 0u;
  for (uint i = 0u; i <= list.size; i++) {
    if (i < list.size && str_byte(list, i) != 0x2Cu) {
      continue;
    }
    if (str_equal(Str(list.address + uint64_t(start), i - start), word)) {
      return place;
    }
    place++;
    start = i + 1u;
  }
  return 0;
}

// Digits of the letters, the first one lowest: 0 for what has no sound, 7 for what does not part equal ones.
uint words_sound(uint letter) {
  uint64_t low = 0x1055422072103210ul;
  uint64_t high = 0x2027103262ul;
  uint64_t half_ = letter < 16u ? low : high;
  return uint(half_ >> ((letter & 15u) * 4u)) & 15u;
}

// 0 to 25, or more for what is no letter.
uint words_letter(uint byte) {
  return (byte & ~0x20u) - 0x41u;
}

Str words_soundex(Str s) {
  uint first = s.size == 0u ? 26u : words_letter(str_byte(s, 0u));
  if (first > 25u) {
    return s;
  }
  uint64_t sounds = 0x30303000ul | uint64_t(0x41u + first);
  uint count = 1u;
  uint last = words_sound(first);
  for (uint i = 1u; i < s.size && count < 4u; i++) {
    uint letter = words_letter(str_byte(s, i));
    uint sound = letter > 25u ? 0u : words_sound(letter);
    if (sound != 0u && sound != 7u && sound != last) {
      sounds += uint64_t(sound) << (8u * count);
      count++;
    }
    last = sound == 7u ? last : sound;
  }
  Str made = text_take(4ul);
  if (made.size != 0u) {
    BufferU64(made.address).v[0] = sounds;
  }
  return made;
}

// By one row of the table of distances between beginnings, which takes room as a string would.
int words_levenshtein(Str a, Str b) {
  if (b.size > a.size) {
    Str other = a;
    a = b;
    b = other;
  }
  uint count = str_characters(b);
  if (count == 0u) {
    return int(str_characters(a));
  }
  Str row = text_take(uint64_t(count + 1u) * 4ul);
  if (row.size == 0u) {
    return 0;
  }
  for (uint k = 0u; k <= count; k++) {
    store_u32(row.address, k, k);
  }
  uint distance = 0u;
  uint done = 0u;
  for (uint i = 0u; i < a.size;) {
    Str character = Str(a.address + uint64_t(i), str_character_size(a, i));
    i += character.size;
    uint before = done;
    done++;
    distance = done;
    store_u32(row.address, 0u, done);
    uint k = 1u;
    for (uint j = 0u; j < b.size; k++) {
      Str other = Str(b.address + uint64_t(j), str_character_size(b, j));
      j += other.size;
      uint same = before + (str_equal(character, other) ? 0u : 1u);
      before = BufferU32(row.address).v[k];
      distance = min(same, 1u + min(before, distance));
      store_u32(row.address, k, distance);
    }
  }
  return int(distance);
}

Str words_initcap(Str s, Str heads, Str others) {
  return text_mapped_words(s, heads, others);
}

uint words_digit(uint digit) {
  return digit + (digit < 10u ? 0x30u : 0x37u);
}

Str words_digits(uint64_t number, uint bits) {
  uint count = 1u;
  for (uint64_t rest = number >> bits; rest != 0ul; rest >>= bits) {
    count++;
  }
  Str made = text_take(uint64_t(count));
  for (uint k = 0u; k < made.size; k++) {
    uint digit = uint(number >> ((count - 1u - k) * bits)) & ((1u << bits) - 1u);
    text_store(made.address, k, words_digit(digit));
  }
  return made;
}

Str words_hex(int64_t number) {
  return words_digits(uint64_t(number), 4u);
}

Str words_bin(int64_t number) {
  return words_digits(uint64_t(number), 1u);
}

Str words_hex_bytes(Str s) {
  Str made = text_take(uint64_t(s.size) * 2ul);
  for (uint k = 0u; k < made.size; k++) {
    uint byte = str_byte(s, k >> 1);
    text_store(made.address, k, words_digit((k & 1u) == 0u ? byte >> 4 : byte & 15u));
  }
  return made;
}

#endif
