// SPDX-License-Identifier: Apache-2.0
//
// Strings that are made, not views of others. Their characters lie in a room that the host provides; invocations take
// of it in any order. What finds no room is empty and the row is marked: the host sees by the counter that the room
// was too small, and runs the kernel again with a larger one.
//
//   void text_begin(uint64_t room, uint64_t size, uint64_t counter, uint64_t before)
//                                 before anything is made; room 16-aligned; counter: uint64 bytes taken, ever growing;
//                                 before: its value when the dispatch began
//   void text_settle()            after each row: a row that found no room has no error either
//   Str text_take(uint64_t size)  room for a string, aligned to 8; empty where there is none
//   uint64_t text_put(uint64_t at, Str s)      appends; returns the address behind it; nothing for at = 0
//   Str text_repeat(Str s, int times)
//   Str text_reverse(Str s)                    by characters
//   Str text_replace(Str s, Str part, Str by)
//   Str text_translate(Str s, Str from, Str to)     characters of from replaced by those at their places in to, or left out
//   Str text_lpad(Str s, int length, Str pad)  Str text_rpad(Str s, int length, Str pad)    length in characters
//   Str text_chr(int64_t code)                 the character of the low 8 bits; nothing below 0
//   Str text_mapped(Str s, Str table)          characters by a table of CaseTable, ASCII included
//   Str text_mapped_words(Str s, Str heads, Str others)     the same; characters at the start and behind spaces by heads
#ifndef KRONOS_MAKE_TEXT_GLSL
#define KRONOS_MAKE_TEXT_GLSL

#include "abi.glsl"
#include "status.glsl"
#include "text.glsl"

uint64_t text_room = 0ul;
uint64_t text_size = 0ul;
uint64_t text_counter = 0ul;
uint64_t text_before = 0ul;
bool text_missing = false;

void text_begin(uint64_t room, uint64_t size, uint64_t counter, uint64_t before) {
  text_room = room;
  text_size = size;
  text_counter = counter;
  text_before = before;
}

void text_settle() {
  if (text_missing) {
    k_error = 0u;
    text_missing = false;
  }
}

Str text_take(uint64_t size) {
  if (size == 0ul) {
    return Str(0ul, 0u);
  }
  uint64_t padded = (size + 7ul) & ~7ul;
  uint64_t at = atomicAdd(BufferU64(text_counter).v[0], padded) - text_before;
  if (at + padded > text_size || size > 0x7FFFFFFFul) {
    text_missing = true;
    return Str(0ul, 0u);
  }
  return Str(text_room + at, uint(size));
}

// Adds a zero that the optimiser does not know: it would fold a constant into one of 8 bits, which is not valid where
// that type is for storage only. Addresses are below 2^63.
void text_store(uint64_t at, uint i, uint byte) {
  BufferU8(at).v[i] = uint8_t(byte + uint(at >> 63));
}

// Words where the target is aligned, else bytes. One loop: everything that makes strings has it inside.
uint64_t text_put(uint64_t at, Str s) {
  if (at == 0ul) {
    return 0ul;
  }
  for (uint i = 0u; i < s.size;) {
    uint64_t target = at + uint64_t(i);
    uint64_t source = s.address + uint64_t(i);
    if ((uint(target) & 7u) == 0u && s.size - i >= 8u) {
      BufferU64(target).v[0] = str_word(Str(source, 8u), 0u);
      i += 8u;
    } else {
      BufferU8(target).v[0] = BufferU8(source).v[0];
      i++;
    }
  }
  return at + uint64_t(s.size);
}

Str text_repeat(Str s, int times) {
  if (times <= 0) {
    return Str(0ul, 0u);
  }
  Str made = text_take(uint64_t(s.size) * uint64_t(uint(times)));
  uint64_t end = made.address + uint64_t(made.size);
  for (uint64_t at = made.address; at < end;) {
    at = text_put(at, s);
  }
  return made;
}

Str text_reverse(Str s) {
  Str made = text_take(uint64_t(s.size));
  if (made.size == 0u) {
    return made;
  }
  for (uint i = 0u; i < s.size;) {
    uint size = min(utf8_size(str_byte(s, i)), s.size - i);
    text_put(made.address + uint64_t(s.size - i - size), Str(s.address + uint64_t(i), size));
    i += size;
  }
  return made;
}

Str text_replace(Str s, Str part, Str by) {
  if (s.size == 0u || part.size == 0u) {
    return s;
  }
  // The first pass measures, the second one writes.
  Str made = Str(0ul, 0u);
  for (uint pass = 0u; pass < 2u; pass++) {
    uint64_t at = made.address;
    uint64_t size = uint64_t(s.size);
    uint from = 0u;
    for (uint i = 0u; i + part.size <= s.size;) {
      if (!str_equal(Str(s.address + uint64_t(i), part.size), part)) {
        i++;
        continue;
      }
      size += uint64_t(by.size) - uint64_t(part.size);
      for (uint piece = 0u; piece < 2u; piece++) {
        at = text_put(at, piece == 0u ? Str(s.address + uint64_t(from), i - from) : by);
      }
      i += part.size;
      from = i;
    }
    if (from == 0u) {
      return s;
    }
    if (pass == 0u) {
      made = text_take(size);
    }
    if (made.size == 0u) {
      return made;
    }
    if (pass == 1u) {
      str_copy(at, Str(s.address + uint64_t(from), s.size - from));
    }
  }
  return made;
}

// The k-th character, from 0, or nothing.
Str text_character(Str s, uint k) {
  for (uint i = 0u; i < s.size; k--) {
    uint size = utf8_decoded_size(s, i);
    if (k == 0u) {
      return Str(s.address + uint64_t(i), size);
    }
    i += size;
  }
  return Str(0ul, 0u);
}

// Place of a character in a string, counted in characters; 0xFFFFFFFF if it is not there.
uint text_place(Str s, uint character) {
  uint size;
  uint k = 0u;
  for (uint i = 0u; i < s.size; i += size) {
    if (utf8_decode(s, i, size) == character) {
      return k;
    }
    k++;
  }
  return 0xFFFFFFFFu;
}

Str text_translate(Str s, Str from, Str to) {
  // The first pass measures, the second one writes.
  Str made = Str(0ul, 0u);
  for (uint pass = 0u; pass < 2u; pass++) {
    uint64_t total = 0ul;
    uint size;
    for (uint i = 0u; i < s.size; i += size) {
      uint character = utf8_decode(s, i, size);
      uint place = text_place(from, character);
      Str piece = Str(s.address + uint64_t(i), size);
      if (place != 0xFFFFFFFFu) {
        piece = text_character(to, place);
        uint ignored;
        character = piece.size == 0u ? 0u : utf8_decode(piece, 0u, ignored);
        piece.size = character == 0u ? 0u : piece.size;
      }
      if (character == 0xFFFDu) {
        if (pass == 1u) {
          text_store(made.address + total, 0u, 0xEFu);
          text_store(made.address + total, 1u, 0xBFu);
          text_store(made.address + total, 2u, 0xBDu);
        }
        total += 3ul;
      } else {
        text_put(pass == 1u ? made.address + total : 0ul, piece);
        total += uint64_t(piece.size);
      }
    }
    if (pass == 0u) {
      made = text_take(total);
    }
    if (made.size == 0u) {
      break;
    }
  }
  return made;
}

// Characters that are missing to a length; 0 for none.
uint text_missing_characters(Str s, int length, Str pad) {
  uint characters = str_characters(s);
  if (length <= 0 || pad.size == 0u || characters >= uint(length)) {
    return 0u;
  }
  return uint(length) - characters;
}

Str text_padded(Str s, int length, Str pad, bool left) {
  uint spaces = text_missing_characters(s, length, pad);
  if (spaces == 0u) {
    return str_substring(s, 1, length);
  }
  uint padCharacters = str_characters(pad);
  uint times = spaces / padCharacters;
  Str rest = str_substring(pad, 1, int(spaces - times * padCharacters));
  Str made = text_take(uint64_t(s.size) + uint64_t(pad.size) * uint64_t(times) + uint64_t(rest.size));
  uint64_t at = made.address;
  // Pieces: times of the padding, its rest, and the string behind or before them.
  uint first = left ? 0u : 1u;
  for (uint piece = 0u; piece < times + 2u && at != 0ul; piece++) {
    uint k = piece - first;
    Str next = k < times ? pad : rest;
    if (left ? piece == times + 1u : piece == 0u) {
      next = s;
    }
    at = text_put(at, next);
  }
  return made;
}

Str text_lpad(Str s, int length, Str pad) {
  return text_padded(s, length, pad, true);
}

Str text_rpad(Str s, int length, Str pad) {
  return text_padded(s, length, pad, false);
}

Str text_chr(int64_t code) {
  uint low = uint(code) & 0xFFu;
  if (code < 0l) {
    return Str(0ul, 0u);
  }
  Str made = text_take(low < 0x80u ? 1ul : 2ul);
  if (made.size == 1u) {
    text_store(made.address, 0u, low);
  } else if (made.size == 2u) {
    text_store(made.address, 0u, 0xC0u | (low >> 6));
    text_store(made.address, 1u, 0x80u | (low & 0x3Fu));
  }
  return made;
}

// CaseTable: uint count; 128 bytes for those of ASCII; count times { uint character | class << 24, uint offset << 8 |
// size }; characters. Size 255 stands for the character itself.
const uint TEXT_ENTRIES = 33u;

uint text_table_word(Str table, uint i) {
  uint at = i * 4u;
  uint low = str_byte(table, at) | (str_byte(table, at + 1u) << 8u);
  return low | (str_byte(table, at + 2u) << 16u) | (str_byte(table, at + 3u) << 24u);
}

// Index of a character's entry, or the number of entries.
uint text_table_find(Str table, uint character) {
  uint count = text_table_word(table, 0u);
  uint low = 0u;
  uint high = count;
  while (low < high) {
    uint middle = (low + high) >> 1;
    if ((text_table_word(table, TEXT_ENTRIES + 2u * middle) & 0xFFFFFFu) < character) {
      low = middle + 1u;
    } else {
      high = middle;
    }
  }
  bool found = low < count && (text_table_word(table, TEXT_ENTRIES + 2u * low) & 0xFFFFFFu) == character;
  return found ? low : count;
}

uint text_table_class(Str table, uint character) {
  uint entry = text_table_find(table, character);
  return entry < text_table_word(table, 0u) ? text_table_word(table, TEXT_ENTRIES + 2u * entry) >> 24 : 0u;
}

const uint TEXT_CASED = 1u;
const uint TEXT_SKIPPED = 2u;

// Whether a sigma at i ends a word: behind a letter with case, and not before one, looking past what is skipped.
bool text_final_sigma(Str s, uint i, Str table) {
  bool behind = false;
  uint size;
  for (uint end = i; end > 0u;) {
    uint k = end - 1u;
    while (k > 0u && end - k < 4u && utf8_continues(s, k)) {
      k--;
    }
    uint kind = text_table_class(table, utf8_decode(s, k, size));
    // What does not reach the end is malformed, and no letter.
    if (kind != TEXT_SKIPPED || k + size != end) {
      behind = kind == TEXT_CASED && k + size == end;
      break;
    }
    end = k;
  }
  if (!behind) {
    return false;
  }
  for (uint k = i + 2u; k < s.size; k += size) {
    uint kind = text_table_class(table, utf8_decode(s, k, size));
    if (kind != TEXT_SKIPPED) {
      return kind != TEXT_CASED;
    }
  }
  return true;
}

// Measures what s becomes, or writes it too for a target other than 0. Characters at the start and behind spaces are
// mapped by a table of their own.
uint64_t text_map(Str s, Str heads, Str others, uint64_t target) {
  uint64_t total = 0ul;
  uint size;
  uint before = 0x20u;
  for (uint i = 0u; i < s.size; i += size) {
    uint character = utf8_decode(s, i, size);
    Str table = heads;
    if (before != 0x20u) {
      table = others;
    }
    before = character;
    if (character < 0x80u) {
      total += 1ul;
      if (target != 0ul) {
        text_store(target, 0u, str_byte(table, 4u + character));
        target += 1ul;
      }
      continue;
    }
    uint entries = text_table_word(table, 0u);
    Str characters = Str(table.address + uint64_t((TEXT_ENTRIES + 2u * entries) * 4u), 0u);
    uint entry = text_table_find(table, character);
    uint value = entry < entries ? text_table_word(table, TEXT_ENTRIES + 1u + 2u * entry) : 0xFFu;
    Str mapped = Str(s.address + uint64_t(i), size);
    if ((value & 0xFFu) != 0xFFu) {
      mapped = Str(characters.address + uint64_t(value >> 8), value & 0xFFu);
    }
    // The one mapping that looks around; the second half of the entry is the form at the end.
    if (character == 0x3A3u && mapped.size == 4u) {
      bool last = text_final_sigma(s, i, table);
      mapped = Str(mapped.address + uint64_t(last ? 2u : 0u), 2u);
    }
    if (character == 0xFFFDu) {
      total += 3ul;
      if (target != 0ul) {
        text_store(target, 0u, 0xEFu);
        text_store(target, 1u, 0xBFu);
        text_store(target, 2u, 0xBDu);
        target += 3ul;
      }
    } else {
      total += uint64_t(mapped.size);
      target = text_put(target, mapped);
    }
  }
  return total;
}

Str text_mapped_words(Str s, Str heads, Str others) {
  Str made = Str(0ul, 0u);
  for (uint pass = 0u; pass < 2u; pass++) {
    uint64_t size = text_map(s, heads, others, made.address);
    if (pass == 0u) {
      made = text_take(size);
    }
    if (made.size == 0u) {
      break;
    }
  }
  return made;
}

Str text_mapped(Str s, Str table) {
  return text_mapped_words(s, table, table);
}

#endif
