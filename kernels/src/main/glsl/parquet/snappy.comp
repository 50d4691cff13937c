#version 460
// SPDX-License-Identifier: Apache-2.0
//
// Decompresses pages of Snappy (format_description.txt of the Snappy project), a workgroup a page, up to TAGS tags at a
// time. Where the tags are is only known from one to the next, so that invocations first read all POSITIONS where one
// could be, and where the next would be; by doubling these jumps, each finds its tags. They add up where the output of
// each begins, and write for every byte of it where it comes from: a byte that is known, or an earlier one of the same
// output. Then output is made as many bytes at a time as there are invocations. Literals of more than SHORT_BYTES are
// moved by themselves, in words. Output before that of the tags at hand is read from its last bytes, which are kept in
// shared memory, or from where it was written.
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
//   Macros: RECENT_BYTES, output kept in shared memory, a power of two from 1024 on
//
// Loops of an invocation take at most 3 * source_bytes + 2 * size + 512 turns a page.
#extension GL_KHR_memory_scope_semantics : require
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

// Most bytes of a literal that is not moved by itself; no copy has more.
const uint SHORT_BYTES = 64u;
const uint TAG_BYTES = 5u;
const uint WORDS_AT_ONCE = 4u;

const uint POSITIONS = 256u;
const uint POSITIONS_EACH = POSITIONS / WORKGROUP_SIZE;
// The last position stands for all behind it, and for a literal that is moved by itself.
const uint NOWHERE = POSITIONS - 1u;
const uint TAGS = 64u;
const uint TAGS_EACH = TAGS / WORKGROUP_SIZE;
const uint LEVELS = 6u;
const uint MOST_OUTPUT = 1024u;
const uint NEVER = 0xFFFFu;
const uint NO_DAMAGE = 0xFFFFFFFFu;
const uint KNOWN = 0x8000u;

shared uint8_t recent[RECENT_BYTES];
// Where the tag is that comes 2^level tags behind one at a position.
shared uint8_t jumps[LEVELS][POSITIONS];
shared uint sums[2][WORKGROUP_SIZE];
shared uint ends[TAGS + 1u];
// Of each byte of output at hand: KNOWN and its value, or the place of the byte that it equals.
shared uint16_t origins[MOST_OUTPUT];
shared uint first_damage;
shared uint taken_bytes;
shared uint taken_output;

struct Tag {
  bool copies;
  // A literal that is moved by itself.
  bool alone;
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

bool is_alone(uint upper, uint behind) {
  return upper > 60u || (upper == 60u && behind >= SHORT_BYTES);
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
    return Tag(false, is_alone(upper, rest & 255u), 1u + bytes, min(length, 0xFFFFFFFEu) + 1u, 0u);
  }
  if (kind == 1u) {
    return Tag(true, false, 2u, 4u + (upper & 7u), ((first >> 5) << 8) | (rest & 255u));
  }
  return kind == 2u ? Tag(true, false, 3u, upper + 1u, rest & 0xFFFFu) : Tag(true, false, 5u, upper + 1u, rest);
}

// Returns how far the next tag is from one whose first two bytes are given.
uint jump(uint first, uint behind) {
  uint upper = first >> 2;
  uint kind = first & 3u;
  uint literal = upper < 60u ? upper + 2u : behind + 3u;
  uint bytes = kind == 0u ? literal : kind + 1u + (kind == 3u ? 1u : 0u);
  return kind == 0u && is_alone(upper, behind) ? POSITIONS : bytes;
}

// Fills the table of jumps, from `at` on, where `left` bytes are.
void find_jumps(uint at, uint left) {
  uint start = gl_LocalInvocationID.x * POSITIONS_EACH;
  uint held[POSITIONS_EACH];
  uint words[POSITIONS_EACH / 4u + 1u];
  [[unroll]] for (uint i = 0u; i <= POSITIONS_EACH / 4u; i++) {
    words[i] = uint(window_word(at + start + 4u * i));
  }
  [[unroll]] for (uint i = 0u; i < POSITIONS_EACH; i++) {
    uint position = start + i;
    uint first = (words[i / 4u] >> (8u * (i % 4u))) & 255u;
    uint behind = (words[(i + 1u) / 4u] >> (8u * ((i + 1u) % 4u))) & 255u;
    uint next = position + jump(first, behind);
    held[i] = next < left ? min(next, NOWHERE) : NOWHERE;
    jumps[0][position] = uint8_t(held[i]);
  }
  [[unroll]] for (uint level = 1u; level < LEVELS; level++) {
    barrier();
    [[unroll]] for (uint i = 0u; i < POSITIONS_EACH; i++) {
      held[i] = uint(jumps[level - 1u][held[i]]);
      jumps[level][start + i] = uint8_t(held[i]);
    }
  }
  barrier();
}

uint position_of(uint tag) {
  uint position = 0u;
  [[unroll]] for (uint level = 0u; level < LEVELS; level++) {
    if ((tag & (1u << level)) != 0u) {
      position = uint(jumps[level][position]);
    }
  }
  return position;
}

// Returns the sum of what the invocations before this one give.
uint sum_before(uint own) {
  uint lane = gl_LocalInvocationID.x;
  uint sum = own;
  uint side = 0u;
  [[unroll]] for (uint reach = 1u; reach < WORKGROUP_SIZE; reach <<= 1) {
    sums[side][lane] = sum;
    barrier();
    sum += lane >= reach ? sums[side][lane - reach] : 0u;
    side = 1u - side;
  }
  return sum - own;
}

// Returns what is wrong with a tag at a position, whose output begins at a byte of the page; 0 = nothing.
uint damage_of(CompressedPage page, Tag tag, uint at, uint to) {
  uint next = at + tag.header;
  if (next > page.source_bytes || (!tag.copies && tag.size > page.source_bytes - next)) {
    return DAMAGE_ENDS_EARLY;
  }
  if (tag.copies && (tag.offset == 0u || tag.offset > to)) {
    return DAMAGE_OFFSET;
  }
  return to > page.size || tag.size > page.size - to ? DAMAGE_TOO_LONG : 0u;
}

uint byte_before(Output target, uint position, uint to) {
  return to - position <= RECENT_BYTES
      ? uint(recent[position & (RECENT_BYTES - 1u)])
      : uint(OutputBytes(output_at(target, position)).v[0]);
}

// Writes where the bytes of a tag's output come from, of which the first is `place` bytes behind `to`.
void write_origins(Output target, Tag tag, uint at, uint place, uint to) {
  bool repeats = tag.offset < tag.size;
  for (uint i = 0u; i < tag.size; i++) {
    uint origin;
    if (!tag.copies) {
      origin = KNOWN | window_byte(at + tag.header + i);
    } else {
      uint source = to + place - tag.offset + (repeats ? i % tag.offset : i);
      origin = source >= to ? source - to : KNOWN | byte_before(target, source, to);
    }
    origins[place + i] = uint16_t(origin);
  }
}

void put(Output target, uint position, uint value) {
  OutputBytes(output_at(target, position)).v[0] = uint8_t(value);
  recent[position & (RECENT_BYTES - 1u)] = uint8_t(value);
}

// Makes output of origins, the bytes of a workgroup at a time; those before them are among the recent ones then.
void write_output(Output target, uint to, uint count) {
  for (uint start = 0u; start < count; start += WORKGROUP_SIZE) {
    barrier();
    uint place = start + gl_LocalInvocationID.x;
    if (place < count) {
      uint origin = uint(origins[place]);
      while (origin < KNOWN && origin >= start) {
        origin = uint(origins[origin]);
      }
      uint value = origin < KNOWN ? uint(recent[(to + origin) & (RECENT_BYTES - 1u)]) : origin & 255u;
      put(target, to + place, value);
    }
  }
}

// Takes up to TAGS tags from `at` on, the first of which is no literal that is moved by itself. Returns what is wrong
// with them, 0 = nothing; else `at` and `to` move on.
uint take_tags(CompressedPage page, Output target, inout uint at, inout uint to) {
  uint lane = gl_LocalInvocationID.x;
  if (lane == 0u) {
    first_damage = NO_DAMAGE;
    ends[TAGS] = NEVER;
  }
  // What far copies read was written before, by this workgroup: memoryBarrierBuffer() would wait for the whole device.
  memoryBarrier(gl_ScopeWorkgroup, gl_StorageSemanticsBuffer, gl_SemanticsAcquireRelease);
  find_jumps(at, page.source_bytes - at);
  Tag tags[TAGS_EACH];
  uint places[TAGS_EACH];
  uint positions[TAGS_EACH];
  uint size = 0u;
  [[unroll]] for (uint i = 0u; i < TAGS_EACH; i++) {
    uint position = position_of(lane * TAGS_EACH + i);
    positions[i] = at + position;
    tags[i] = tag_at(at + position);
    places[i] = size;
    // What is not taken has too much output, and so has all behind it.
    size += position == NOWHERE || tags[i].alone ? MOST_OUTPUT + 1u : tags[i].size;
  }
  uint before = sum_before(size);
  [[unroll]] for (uint i = 0u; i < TAGS_EACH; i++) {
    places[i] += before;
    uint next = i + 1u < TAGS_EACH ? places[i + 1u] + before : before + size;
    ends[lane * TAGS_EACH + i] = min(next, NEVER);
    uint damage = next > MOST_OUTPUT ? 0u : damage_of(page, tags[i], positions[i], to + places[i]);
    if (damage != 0u) {
      atomicMin(first_damage, (lane * TAGS_EACH + i) << DAMAGE_BITS | damage);
    }
  }
  barrier();
  uint found = first_damage;
  [[unroll]] for (uint i = 0u; i < TAGS_EACH; i++) {
    uint tag = lane * TAGS_EACH + i;
    if (ends[tag] <= MOST_OUTPUT) {
      if (found == NO_DAMAGE) {
        write_origins(target, tags[i], positions[i], places[i], to);
      }
      if (ends[tag + 1u] > MOST_OUTPUT) {
        taken_output = ends[tag];
        taken_bytes = positions[i] + tags[i].header + (tags[i].copies ? 0u : tags[i].size);
      }
    }
  }
  barrier();
  if (found == NO_DAMAGE) {
    at = taken_bytes;
    write_output(target, to, taken_output);
    to += taken_output;
  }
  return found == NO_DAMAGE ? 0u : found & ((1u << DAMAGE_BITS) - 1u);
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
    window_reach(at, POSITIONS + TAG_BYTES + SHORT_BYTES + TAG_BYTES);
    Tag tag = tag_at(at);
    if (tag.alone) {
      damage = damage_of(page, tag, at, to);
      if (damage == 0u) {
        move_long(target, to, at + tag.header, tag.size);
        at += tag.header + tag.size;
        to += tag.size;
      }
    } else {
      damage = take_tags(page, target, at, to);
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
