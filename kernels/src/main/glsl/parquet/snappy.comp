#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Decompresses pages of Snappy (format_description.txt of the Snappy project), a workgroup a page. All invocations read
// the tags alike, out of a window of the page in shared memory, and move bytes side by side. A literal and the copy
// behind it are moved at once, with one barrier: what the copy takes of the literal is read where the literal is. Copies
// from near by are read from the last bytes of output, which are kept in shared memory as well.
//
// No byte outside of a page's own is read or written, whatever the page has in it; a damaged page's output is not
// defined, and says so in the status.
//
//   root.count   pages, 0..2^31; any number of workgroups
//   SnappyArguments, 40 bytes
//     0  uint64_t pages     CompressedPage[count] (compressed_page.glsl)
//     8  uint64_t source    the compressed bytes; 16-aligned, a multiple of 16 bytes
//    16  uint64_t scratch   written, see CompressedPage; 0 = no page uses it
//    24  uint64_t values    written, see CompressedPage; 0 = no page uses it
//    32  uint64_t status    uint[1], 0 before: number of a damaged page * 16 and what is wrong with it, DAMAGE_*
//   Macros: RECENT_BYTES, output kept in shared memory, a power of two from 256 on
//
// Loops of an invocation take at most source_bytes + size / 16 + 64 turns a page.
#include "abi.glsl"
#include "types.glsl"
#include "page_window.glsl"
#include "compressed_page.glsl"

layout(buffer_reference, std430, buffer_reference_align = 8) readonly buffer SnappyArguments {
  uint64_t pages;
  uint64_t source;
  uint64_t scratch;
  uint64_t values;
  uint64_t status;
};

// What some invocations write, others read.
layout(buffer_reference, std430, buffer_reference_align = 1) coherent buffer OutputBytes { uint8_t v[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) coherent buffer OutputWords { uint v[]; };

// Most bytes of a literal that is moved with the copy behind it; no copy has more.
const uint SHORT_BYTES = 64u;
const uint TAG_BYTES = 5u;
const uint MOVED_BYTES = 2u * SHORT_BYTES;
const uint WORDS_AT_ONCE = 4u;

shared uint8_t recent[RECENT_BYTES];

struct Tag {
  bool copies;
  uint header;
  uint size;
  uint offset;
};

// Where the page's output goes: bytes below `skip` to head, others to body.
struct Output {
  uint64_t head;
  uint64_t body;
  uint skip;
};

uint64_t output_at(Output target, uint position) {
  bool before = position < target.skip;
  return (before ? target.head : target.body) + uint64_t(position - (before ? 0u : target.skip));
}

Tag tag_at(uint at) {
  uint64_t word = window_word(at);
  uint first = uint(word) & 255u;
  uint rest = uint(word >> 8);
  uint upper = first >> 2;
  uint kind = first & 3u;
  if (kind == 0u) {
    uint bytes = upper < 60u ? 0u : upper - 59u;
    uint length = bytes == 0u ? upper : rest & (0xFFFFFFFFu >> (32u - 8u * bytes));
    // The largest length stays one that no page has.
    return Tag(false, 1u + bytes, min(length, 0xFFFFFFFEu) + 1u, 0u);
  }
  if (kind == 1u) {
    return Tag(true, 2u, 4u + (upper & 7u), ((first >> 5) << 8) | (rest & 255u));
  }
  return kind == 2u ? Tag(true, 3u, upper + 1u, rest & 0xFFFFu) : Tag(true, 5u, upper + 1u, rest);
}

void put(Output target, uint position, uint value) {
  OutputBytes(output_at(target, position)).v[0] = uint8_t(value);
  recent[position & (RECENT_BYTES - 1u)] = uint8_t(value);
}

// Moves up to SHORT_BYTES of the window, and then a copy.
void move_short(Output target, uint to, uint from, uint literal, Tag copy) {
  bool far = copy.offset > RECENT_BYTES - MOVED_BYTES;
  if (far) {
    memoryBarrierBuffer();
  }
  barrier();
  uint start = to + literal - copy.offset;
  for (uint i = gl_LocalInvocationID.x; i < literal + copy.size; i += WORKGROUP_SIZE) {
    uint value;
    uint source = to + i;
    if (i >= literal) {
      uint place = i - literal;
      source = start + (copy.offset < copy.size ? place % copy.offset : place);
    }
    if (source >= to) {
      value = window_byte(from + source - to);
    } else if (far) {
      value = uint(OutputBytes(output_at(target, source)).v[0]);
    } else {
      value = uint(recent[source & (RECENT_BYTES - 1u)]);
    }
    put(target, to + i, value);
  }
}

uint source_word(uint at) {
  uint64_t base = window_source + uint64_t(at & ~3u);
  uint shift = (at & 3u) * 8u;
  uint word = BufferU32(base).v[0] >> shift;
  if (shift != 0u) {
    word |= BufferU32(base).v[1] << (32u - shift);
  }
  return word;
}

// Keeps one of the last bytes of output; what comes before them would take the place of others.
void keep(uint position, uint value, uint recent_from) {
  if (position >= recent_from) {
    recent[position & (RECENT_BYTES - 1u)] = uint8_t(value);
  }
}

void put_word(uint64_t address, uint position, uint value, uint recent_from) {
  OutputWords(address).v[0] = value;
  if (position + 3u >= recent_from) {
    [[unroll]] for (uint i = 0u; i < 4u; i++) {
      keep(position + i, value >> (8u * i), recent_from);
    }
  }
}

// Moves bytes that all go to head or all to body; whole words where the output has them.
void move_words(uint64_t address, uint to, uint from, uint count) {
  uint lane = gl_LocalInvocationID.x;
  uint before = min(count, (4u - (uint(address) & 3u)) & 3u);
  uint words = (count - before) >> 2;
  uint recent_from = to + count - min(count, RECENT_BYTES);
  for (uint first = lane; first < words; first += WORDS_AT_ONCE * WORKGROUP_SIZE) {
    uint held[WORDS_AT_ONCE];
    [[unroll]] for (uint i = 0u; i < WORDS_AT_ONCE; i++) {
      uint word = first + i * WORKGROUP_SIZE;
      held[i] = word < words ? source_word(from + before + 4u * word) : 0u;
    }
    [[unroll]] for (uint i = 0u; i < WORDS_AT_ONCE; i++) {
      uint word = first + i * WORKGROUP_SIZE;
      if (word < words) {
        uint place = before + 4u * word;
        put_word(address + uint64_t(place), to + place, held[i], recent_from);
      }
    }
  }
  // Up to three bytes before the words, and up to three behind them.
  uint behind = count - before - 4u * words;
  if (lane < before + behind) {
    uint place = lane < before ? lane : lane + 4u * words;
    uint value = uint(BufferU8(window_source + uint64_t(from + place)).v[0]);
    OutputBytes(address + uint64_t(place)).v[0] = uint8_t(value);
    keep(to + place, value, recent_from);
  }
}

void move_long(Output target, uint to, uint from, uint count) {
  barrier();
  uint before = to < target.skip ? min(count, target.skip - to) : 0u;
  if (before > 0u) {
    move_words(output_at(target, to), to, from, before);
    // Both parts may have the same place among the recent bytes; the later one's stay.
    barrier();
  }
  if (before < count) {
    move_words(output_at(target, to + before), to + before, from + before, count - before);
  }
}

// Returns what is wrong with the page, 0 = nothing.
uint decompress(CompressedPage page, Output target) {
  uint at = 0u;
  uint to = 0u;
  uint damage = 0u;
  while (at < page.source_bytes && damage == 0u) {
    window_reach(at, TAG_BYTES + SHORT_BYTES + TAG_BYTES);
    Tag copy = tag_at(at);
    uint next = at + copy.header;
    uint literal = 0u;
    uint from = next;
    if (!copy.copies) {
      literal = copy.size;
      copy.size = 0u;
      if (next > page.source_bytes || literal > page.source_bytes - next) {
        damage = DAMAGE_ENDS_EARLY;
      } else if (literal > page.size - to) {
        damage = DAMAGE_TOO_LONG;
      } else {
        next += literal;
        if (literal <= SHORT_BYTES && next < page.source_bytes) {
          Tag behind = tag_at(next);
          if (behind.copies) {
            copy = behind;
            next += behind.header;
          }
        }
      }
    }
    if (damage == 0u && copy.size > 0u) {
      if (next > page.source_bytes) {
        damage = DAMAGE_ENDS_EARLY;
      } else if (copy.offset == 0u || copy.offset > to + literal) {
        damage = DAMAGE_OFFSET;
      } else if (copy.size > page.size - to - literal) {
        damage = DAMAGE_TOO_LONG;
      }
    }
    if (damage == 0u) {
      if (literal > SHORT_BYTES) {
        move_long(target, to, from, literal);
      } else {
        move_short(target, to, from, literal, copy);
      }
      to += literal + copy.size;
      at = next;
    }
  }
  return damage == 0u && to < page.size ? DAMAGE_TOO_SHORT : damage;
}

void main() {
  SnappyArguments arguments = SnappyArguments(root.args);
  for (uint i = gl_WorkGroupID.x; i < root.count; i += gl_NumWorkGroups.x) {
    CompressedPage page = CompressedPages(arguments.pages).v[i];
    uint64_t base = page.form == PAGE_IDS ? arguments.scratch : arguments.values;
    Output target = Output(arguments.scratch + uint64_t(page.head), base + uint64_t(page.body), page.skip);
    window_open(arguments.source + uint64_t(page.source), page.source_bytes);
    uint damage = decompress(page, target);
    if (damage != 0u) {
      page_damaged(arguments.status, i, damage);
    }
  }
}
