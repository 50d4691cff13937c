// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import static dev.kronos.kernels.ArgumentLayout.Type.ADDRESS;
import static dev.kronos.kernels.ArgumentLayout.Type.COLUMN;
import static dev.kronos.kernels.ArgumentLayout.Type.UINT32;
import static dev.kronos.kernels.ArgumentLayout.Type.UINT64;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Lists the kernels of the radix sort. */
final class SortTable {

  static final ArgumentLayout SORT =
      ArgumentLayout.of("SortArguments")
          .with(ADDRESS, "keys")
          .with(ADDRESS, "rows")
          .with(ADDRESS, "counts")
          .with(ADDRESS, "sorted_keys")
          .with(ADDRESS, "sorted_rows")
          .with(UINT64, "base")
          .with(UINT64, "flip")
          .with(UINT32, "shift")
          .with(UINT32, "group_elements");

  static final ArgumentLayout KEYS =
      ArgumentLayout.of("KeyArguments")
          .with(COLUMN, "source")
          .with(ADDRESS, "rows")
          .with(ADDRESS, "keys")
          .with(ADDRESS, "range")
          .with(UINT32, "word")
          .with(UINT32, "reserved");

  static final ArgumentLayout GATHER =
      ArgumentLayout.of("GatherArguments")
          .with(ADDRESS, "source")
          .with(ADDRESS, "rows")
          .with(ADDRESS, "target")
          .with(UINT32, "bit_offset")
          .with(UINT32, "reserved");

  static final List<KernelSpec> ROWS =
      List.of(
          KernelSpec.of("sort/count_uint32", "sort/count.comp", key(4), SORT),
          KernelSpec.of("sort/count_uint64", "sort/count.comp", key(8), SORT),
          gather("128", "uvec4", 16),
          gather("16", "uint16_t", 2),
          gather("32", "uint", 4),
          gather("64", "uint64_t", 8),
          gather("8", "uint8_t", 1),
          KernelSpec.of("sort/gather_bits", "sort/gather_bits.comp", Map.of(), GATHER),
          keys("bits", 4, "column_load_bits(column, row)"),
          keys("float32", 4, "column_load_i32(column, row)", "OF_FLOATS"),
          keys("float64", 8, "column_load_i64(column, row)", "OF_FLOATS"),
          keys("int128_high", 8, "column_load_i128(column, row).hi", "OF_SIGNED"),
          keys("int128_low", 8, "column_load_i128(column, row).lo"),
          keys("int128_narrow", 8, "column_load_i128(column, row).lo", "OF_SIGNED"),
          keys("int16", 4, "column_load_i16(column, row) + 0x8000"),
          keys("int32", 4, "column_load_i32(column, row)", "OF_SIGNED"),
          keys("int64", 8, "column_load_i64(column, row)", "OF_SIGNED"),
          keys("int8", 4, "column_load_i8(column, row) + 0x80"),
          keys("length", 4, "column_load_utf8(column, row).size"),
          keys("nulls", 4, "0", "OF_NULLS"),
          keys("utf8", 8, "string_word(column, row, word)"),
          scatter("rows_uint32", 4, "WITH_ROWS"),
          scatter("rows_uint32_ballots", 4, "WITH_ROWS", "BALLOTS"),
          scatter("rows_uint64", 8, "WITH_ROWS"),
          scatter("rows_uint64_ballots", 8, "WITH_ROWS", "BALLOTS"),
          scatter("uint32", 4),
          scatter("uint32_ballots", 4, "BALLOTS"),
          scatter("uint64", 8),
          scatter("uint64_ballots", 8, "BALLOTS"));

  private SortTable() {}

  private static Map<String, String> key(int bytes) {
    return Map.of(
        "KEY",
        bytes == 4 ? "uint" : "uint64_t",
        "KEY_BYTES",
        Integer.toString(bytes),
        "VECTOR",
        bytes == 4 ? "uvec4" : "u64vec2");
  }

  /**
   * A workgroup's tile is 256 times so many keys as an invocation holds. They take 16 to 20 KiB of
   * shared memory, and few enough registers for three or four workgroups of 256 beside each other.
   */
  private static KernelSpec scatter(String type, int keyBytes, String... set) {
    Map<String, String> macros = new HashMap<>(key(keyBytes));
    boolean withRows = List.of(set).contains("WITH_ROWS");
    macros.put("ITEMS", keyBytes == 8 ? "10" : withRows ? "16" : "20");
    return KernelSpec.of(
        "sort/scatter_" + type,
        "sort/scatter.comp",
        flags(macros, Set.of("WITH_ROWS", "BALLOTS"), set),
        SORT);
  }

  private static KernelSpec keys(String type, int keyBytes, String value, String... set) {
    Map<String, String> macros = new HashMap<>(key(keyBytes));
    macros.put("VALUE", value);
    return KernelSpec.of(
        "sort/keys_" + type,
        "sort/keys.comp",
        flags(macros, Set.of("OF_FLOATS", "OF_SIGNED", "OF_NULLS"), set),
        KEYS);
  }

  /** Adds macros that are 1 where they are set, else 0. */
  private static Map<String, String> flags(
      Map<String, String> macros, Set<String> names, String... set) {
    names.forEach(name -> macros.put(name, List.of(set).contains(name) ? "1" : "0"));
    return macros;
  }

  private static KernelSpec gather(String type, String element, int elementBytes) {
    Map<String, String> macros =
        Map.of("ELEMENT", element, "ELEMENT_BYTES", Integer.toString(elementBytes));
    return KernelSpec.of("sort/gather_" + type, "sort/gather.comp", macros, GATHER);
  }
}
