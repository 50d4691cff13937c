// SPDX-License-Identifier: Apache-2.0
//
// Columns in memory and how a row's value is read.
//
//   Column, 40 bytes, 8-aligned
//     0  uint64_t validity   address of the validity buffer; 0 = no nulls in this batch
//     8  uint64_t values     address of fixed-width values, or of characters
//    16  uint64_t offsets    address of int32 offsets (n + 1) of strings; else 0
//    24  uint64_t ids        address of int32 dictionary ids, one a row; 0 = not a dictionary.
//                            With ids, values and offsets describe the dictionary; validity stays per row
//    32  uint bitOffset      added to the row for BITS validity and for BITS values (sliced vectors)
//    36  uint reserved
//   Str: struct { uint64_t address; uint size; }   bytes, not terminated
//
// Rows and element indexes are below 2^31. Buffers are padded: a string may be read in aligned 8-byte
// words up to the end of the word that holds its last byte.
//
// Functions (c is a Column, row the row; a value is only meaningful where the row is valid)
//   Column column_at(uint64_t table, uint index)          the index-th Column of a table of Columns
//   bool column_valid_bits(Column c, uint row)            Arrow validity: bit 1 = valid
//   bool column_valid_bytes(Column c, uint row)           Spark validity: byte 1 = null
//   uint column_index(Column c, uint row)                 row, or its dictionary id
//   bool     column_load_bits(Column c, uint row)         Storage BITS
//   bool     column_load_bool8(Column c, uint row)        Storage INT8 of a BOOLEAN
//   int      column_load_i8(Column c, uint row)           Storage INT8, sign-extended
//   int      column_load_i16(Column c, uint row)
//   int      column_load_i32(Column c, uint row)
//   int64_t  column_load_i64(Column c, uint row)
//   i128     column_load_i128(Column c, uint row)
//   float    column_load_f32(Column c, uint row)
//   double   column_load_f64(Column c, uint row)
//   Str      column_load_utf8(Column c, uint row)
// Literal tables: 16-byte slots
//   bool literal_bool(uint64_t table, uint slot)   int literal_i32(...)   int64_t literal_i64(...)   i128 literal_i128(...)
//   float literal_f32(...)   double literal_f64(...)
//   Str literal_str(...)     slot holds uint64_t address, uint size
// Stores
//   void store_i8/store_i16/store_i32(uint64_t address, uint index, int value)   void store_i64(uint64_t, uint, int64_t)
//   void store_i128(uint64_t, uint, i128)   void store_f32(uint64_t, uint, float)   void store_f64(uint64_t, uint, double)
//   void store_u8/store_u32(uint64_t, uint, uint)   void store_u64(uint64_t, uint, uint64_t)
//   void store_bit_set(uint64_t address, uint index)      sets one bit of a zeroed bitmap, atomically (address 4-aligned)
// Raw blocks, for `BufferX(address).v[i]`
//   BufferI8 BufferU8 BufferI16 BufferU16 BufferI32 BufferU32 BufferI64 BufferU64 BufferF32 BufferF64
//   BufferU32x4 (uvec4, 16-aligned)  BufferI128 (i128, 16-aligned)  BufferI128A8 (i128, 8-aligned)
#ifndef KRONOS_TYPES_GLSL
#define KRONOS_TYPES_GLSL

#include "abi.glsl"
#include "int128.glsl"

struct Column {
  uint64_t validity;
  uint64_t values;
  uint64_t offsets;
  uint64_t ids;
  uint bitOffset;
  uint reserved;
};

struct Str {
  uint64_t address;
  uint size;
};

layout(buffer_reference, std430, buffer_reference_align = 1) buffer BufferI8 { int8_t v[]; };
layout(buffer_reference, std430, buffer_reference_align = 1) buffer BufferU8 { uint8_t v[]; };
layout(buffer_reference, std430, buffer_reference_align = 2) buffer BufferI16 { int16_t v[]; };
layout(buffer_reference, std430, buffer_reference_align = 2) buffer BufferU16 { uint16_t v[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) buffer BufferI32 { int v[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) buffer BufferU32 { uint v[]; };
layout(buffer_reference, std430, buffer_reference_align = 8) buffer BufferI64 { int64_t v[]; };
layout(buffer_reference, std430, buffer_reference_align = 8) buffer BufferU64 { uint64_t v[]; };
layout(buffer_reference, std430, buffer_reference_align = 4) buffer BufferF32 { float v[]; };
layout(buffer_reference, std430, buffer_reference_align = 8) buffer BufferF64 { double v[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) buffer BufferU32x4 { uvec4 v[]; };
layout(buffer_reference, std430, buffer_reference_align = 16) buffer BufferI128 { i128 v[]; };
layout(buffer_reference, std430, buffer_reference_align = 8) buffer BufferI128A8 { i128 v[]; };
layout(buffer_reference, std430, buffer_reference_align = 8) buffer BufferColumn { Column v[]; };

Column column_at(uint64_t table, uint index) {
  return BufferColumn(table).v[index];
}

bool column_bit(uint64_t bits, uint index) {
  return ((uint(BufferU8(bits).v[index >> 3]) >> (index & 7u)) & 1u) != 0u;
}

bool column_valid_bits(Column c, uint row) {
  return c.validity == 0ul || column_bit(c.validity, row + c.bitOffset);
}

bool column_valid_bytes(Column c, uint row) {
  return c.validity == 0ul || uint(BufferU8(c.validity).v[row]) == 0u;
}

uint column_index(Column c, uint row) {
  if (c.ids != 0ul) {
    return BufferU32(c.ids).v[row];
  }
  return row;
}

bool column_load_bits(Column c, uint row) {
  return column_bit(c.values, row + c.bitOffset);
}

bool column_load_bool8(Column c, uint row) {
  return uint(BufferU8(c.values).v[column_index(c, row)]) != 0u;
}

int column_load_i8(Column c, uint row) {
  return int(BufferI8(c.values).v[column_index(c, row)]);
}

int column_load_i16(Column c, uint row) {
  return int(BufferI16(c.values).v[column_index(c, row)]);
}

int column_load_i32(Column c, uint row) {
  return BufferI32(c.values).v[column_index(c, row)];
}

int64_t column_load_i64(Column c, uint row) {
  return BufferI64(c.values).v[column_index(c, row)];
}

i128 column_load_i128(Column c, uint row) {
  return BufferI128(c.values).v[column_index(c, row)];
}

float column_load_f32(Column c, uint row) {
  return BufferF32(c.values).v[column_index(c, row)];
}

double column_load_f64(Column c, uint row) {
  return BufferF64(c.values).v[column_index(c, row)];
}

Str column_load_utf8(Column c, uint row) {
  uint i = column_index(c, row);
  uint begin = BufferU32(c.offsets).v[i];
  uint end = BufferU32(c.offsets).v[i + 1u];
  return Str(c.values + uint64_t(begin), end - begin);
}

bool literal_bool(uint64_t table, uint slot) {
  return BufferU32(table).v[slot * 4u] != 0u;
}

int literal_i32(uint64_t table, uint slot) {
  return BufferI32(table).v[slot * 4u];
}

int64_t literal_i64(uint64_t table, uint slot) {
  return BufferI64(table).v[slot * 2u];
}

i128 literal_i128(uint64_t table, uint slot) {
  return BufferI128A8(table).v[slot];
}

float literal_f32(uint64_t table, uint slot) {
  return BufferF32(table).v[slot * 4u];
}

double literal_f64(uint64_t table, uint slot) {
  return BufferF64(table).v[slot * 2u];
}

Str literal_str(uint64_t table, uint slot) {
  return Str(BufferU64(table).v[slot * 2u], BufferU32(table).v[slot * 4u + 2u]);
}

void store_i8(uint64_t address, uint index, int value) {
  BufferI8(address).v[index] = int8_t(value);
}

void store_u8(uint64_t address, uint index, uint value) {
  BufferU8(address).v[index] = uint8_t(value);
}

void store_i16(uint64_t address, uint index, int value) {
  BufferI16(address).v[index] = int16_t(value);
}

void store_i32(uint64_t address, uint index, int value) {
  BufferI32(address).v[index] = value;
}

void store_u32(uint64_t address, uint index, uint value) {
  BufferU32(address).v[index] = value;
}

void store_i64(uint64_t address, uint index, int64_t value) {
  BufferI64(address).v[index] = value;
}

void store_u64(uint64_t address, uint index, uint64_t value) {
  BufferU64(address).v[index] = value;
}

void store_i128(uint64_t address, uint index, i128 value) {
  BufferI128(address).v[index] = value;
}

void store_f32(uint64_t address, uint index, float value) {
  BufferF32(address).v[index] = value;
}

void store_f64(uint64_t address, uint index, double value) {
  BufferF64(address).v[index] = value;
}

void store_bit_set(uint64_t address, uint index) {
  atomicOr(BufferU32(address).v[index >> 5], 1u << (index & 31u));
}

#endif
