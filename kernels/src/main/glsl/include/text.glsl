// SPDX-License-Identifier: Apache-2.0
//
// Strings as characters of UTF-8. Every function is total: malformed bytes give some result, never a trap. Nothing is
// copied: what gives a string gives a view of its operand.
//
//   bool str_ends_with(Str s, Str part)   bool str_contains(Str s, Str part)        (str_starts_with: string.glsl)
//   uint str_characters(Str s)                       counted by first bytes; a byte that begins no character is one
//   Str str_substring(Str s, int position, int length)
//                                                    SQL's: position from 1, from the end if negative; those characters
//   Str str_trim(Str s)   str_trim_start(Str s)   str_trim_end(Str s)               without the spaces at its ends
//   bool str_like(Str s, Str program)                program: UTF-8, with 0xFF for any characters, 0xFE for one
//   uint str_find(Str s, Str part, uint start)       first byte of part from start on; 0xFFFFFFFF if it is not there
//   int str_locate(Str part, Str s, int start)       character of part from the start-th on, from 1; 0 if it is not there
//   int str_code_point(Str s)                        of the first character, 65533 where malformed; 0 if empty
//   Str str_before(Str s, Str part, int count)       up to the count-th part; from the end and behind it if negative
//   Str str_slice(Str s, int position, int length)   as str_substring, but of bytes, counted in 32 bits that wrap around
//   Str str_trim_start_of(Str s, Str set)   Str str_trim_end_of(Str s, Str set)     without characters that lie in set
//   uint utf8_decode(Str s, uint i, out uint size)   character at i, 0xFFFD where malformed, and its bytes
#ifndef KRONOS_TEXT_GLSL
#define KRONOS_TEXT_GLSL

#include "string.glsl"

uint str_byte(Str s, uint i) {
  return uint(BufferU8(s.address).v[i]);
}

bool str_ends_with(Str s, Str part) {
  return part.size <= s.size && str_equal(Str(s.address + uint64_t(s.size - part.size), part.size), part);
}

bool str_contains(Str s, Str part) {
  if (part.size == 0u || part.size > s.size) {
    return part.size == 0u;
  }
  uint first = str_byte(part, 0u);
  uint places = s.size - part.size + 1u;
  for (uint i = 0u; i < places; i++) {
    if (str_byte(s, i) == first && str_equal(Str(s.address + uint64_t(i), part.size), part)) {
      return true;
    }
  }
  return false;
}

// Size of the character that begins with `first`.
uint utf8_size(uint first) {
  if (first < 0xC2u || first > 0xF4u) {
    return 1u;
  }
  return first < 0xE0u ? 2u : first < 0xF0u ? 3u : 4u;
}

uint str_characters(Str s) {
  uint count = 0u;
  for (uint i = 0u; i < s.size; count++) {
    i += utf8_size(str_byte(s, i));
  }
  return count;
}

Str str_substring(Str s, int position, int length) {
  if (length <= 0) {
    return Str(s.address, 0u);
  }
  int start = position > 0 ? position - 1 : 0;
  if (position < 0) {
    start = int(str_characters(s)) + position;
  }
  int until = start > 2147483647 - length ? 2147483647 : start + length;
  uint i = 0u;
  int character = 0;
  for (; i < s.size && character < start; character++) {
    i += utf8_size(str_byte(s, i));
  }
  uint first = min(i, s.size);
  for (; i < s.size && character < until; character++) {
    i += utf8_size(str_byte(s, i));
  }
  return Str(s.address + uint64_t(first), min(i, s.size) - first);
}

Str str_trim_start(Str s) {
  uint i = 0u;
  while (i < s.size && str_byte(s, i) == 0x20u) {
    i++;
  }
  return Str(s.address + uint64_t(i), s.size - i);
}

Str str_trim_end(Str s) {
  uint size = s.size;
  while (size > 0u && str_byte(s, size - 1u) == 0x20u) {
    size--;
  }
  return Str(s.address, size);
}

Str str_trim(Str s) {
  return str_trim_end(str_trim_start(s));
}

bool utf8_continues(Str s, uint i) {
  return i < s.size && (str_byte(s, i) & 0xC0u) == 0x80u;
}

// Whether the second byte is one that may follow the first: no overlong forms, nothing above U+10FFFF. Surrogates pass.
bool utf8_second(uint first, uint second) {
  uint least = first == 0xE0u ? 0xA0u : first == 0xF0u ? 0x90u : 0x80u;
  uint most = first == 0xF4u ? 0x8Fu : 0xBFu;
  return second >= least && second <= most;
}

// Bytes at i that decode to one character, be it the replacement of malformed ones: the longest start of a character,
// as Java has it.
uint utf8_decoded_size(Str s, uint i) {
  uint first = str_byte(s, i);
  uint size = utf8_size(first);
  if (size == 1u || i + 1u >= s.size || !utf8_second(first, str_byte(s, i + 1u))) {
    return 1u;
  }
  uint valid = 2u;
  while (valid < size && utf8_continues(s, i + valid)) {
    valid++;
  }
  return valid;
}

uint utf8_decode(Str s, uint i, out uint size) {
  uint first = str_byte(s, i);
  size = utf8_decoded_size(s, i);
  if (size != utf8_size(first) || (size == 1u && first >= 0x80u)) {
    return 0xFFFDu;
  }
  if (size == 1u) {
    return first;
  }
  uint character = first & (0x7Fu >> size);
  for (uint k = 1u; k < size; k++) {
    character = (character << 6) | (str_byte(s, i + k) & 0x3Fu);
  }
  return (character & 0x1FF800u) == 0xD800u ? 0xFFFDu : character;
}

uint str_find(Str s, Str part, uint start) {
  for (uint i = start; i + part.size <= s.size; i++) {
    if (str_equal(Str(s.address + uint64_t(i), part.size), part)) {
      return i;
    }
  }
  return 0xFFFFFFFFu;
}

// An empty part lies at the first character, wherever the search starts: as Spark has it.
int str_locate(Str part, Str s, int start) {
  if (start < 1) {
    return 0;
  }
  if (part.size == 0u) {
    return 1;
  }
  int character = 1;
  for (uint i = 0u; i + part.size <= s.size; character++) {
    if (character >= start && str_equal(Str(s.address + uint64_t(i), part.size), part)) {
      return character;
    }
    i += utf8_size(str_byte(s, i));
  }
  return 0;
}

int str_code_point(Str s) {
  uint size;
  return s.size == 0u ? 0 : int(utf8_decode(s, 0u, size));
}

Str str_slice(Str s, int position, int length) {
  int size = int(s.size);
  if (position > size) {
    return Str(s.address, 0u);
  }
  int start = position > 0 ? position - 1 : position < 0 ? size + position : 0;
  int end = size - start < length ? size : start + length;
  start = max(start, 0);
  return Str(s.address + uint64_t(start), uint(max(min(end, size) - start, 0)));
}

// Places may overlap.
Str str_before(Str s, Str part, int count) {
  if (part.size == 0u || count == 0) {
    return Str(s.address, 0u);
  }
  if (part.size > s.size) {
    return s;
  }
  uint places = s.size - part.size + 1u;
  uint wanted = count > 0 ? uint(count) : uint(-count);
  uint found = 0u;
  for (uint i = 0u; i < places; i++) {
    uint at = count > 0 ? i : places - 1u - i;
    if (str_equal(Str(s.address + uint64_t(at), part.size), part)) {
      found++;
      if (found == wanted) {
        uint behind = at + part.size;
        return count > 0 ? Str(s.address, at) : Str(s.address + uint64_t(behind), s.size - behind);
      }
    }
  }
  return s;
}

uint str_character_size(Str s, uint i) {
  return min(utf8_size(str_byte(s, i)), s.size - i);
}

Str str_trim_start_of(Str s, Str set) {
  uint i = 0u;
  while (i < s.size && str_contains(set, Str(s.address + uint64_t(i), str_character_size(s, i)))) {
    i += str_character_size(s, i);
  }
  return Str(s.address + uint64_t(i), s.size - i);
}

Str str_trim_end_of(Str s, Str set) {
  uint kept = 0u;
  for (uint i = 0u; i < s.size;) {
    Str character = Str(s.address + uint64_t(i), str_character_size(s, i));
    i += character.size;
    kept = str_contains(set, character) ? kept : i;
  }
  return Str(s.address, kept);
}

// One retry point is enough: when a later % is reached, what an earlier one took need not be reconsidered.
bool str_like(Str s, Str program) {
  uint i = 0u;
  uint j = 0u;
  uint retry = 0u;
  uint taken = 0u;
  while (i < s.size) {
    uint code = j < program.size ? str_byte(program, j) : 0x100u;
    if (code == 0xFFu) {
      j++;
      retry = j;
      taken = i;
    } else if (code == 0xFEu) {
      i += utf8_decoded_size(s, i);
      j++;
    } else if (code == str_byte(s, i)) {
      i++;
      j++;
    } else if (retry > 0u) {
      taken += utf8_decoded_size(s, taken);
      i = taken;
      j = retry;
    } else {
      return false;
    }
  }
  while (j < program.size && str_byte(program, j) == 0xFFu) {
    j++;
  }
  return j == program.size;
}

#endif
