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
import java.util.stream.Stream;

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

  static final ArgumentLayout SEARCH =
      ArgumentLayout.of("SearchArguments")
          .with(COLUMN, "source")
          .with(ADDRESS, "bounds")
          .with(ADDRESS, "lows")
          .with(ADDRESS, "highs")
          .with(UINT32, "word")
          .with(UINT32, "bound_count");

  static final ArgumentLayout GATHER =
      ArgumentLayout.of("GatherArguments")
          .with(ADDRESS, "source")
          .with(ADDRESS, "rows")
          .with(ADDRESS, "target")
          .with(UINT32, "bit_offset")
          .with(UINT32, "reserved");

  /** The words that values have in a sort, with what takes them from a column. */
  private static final List<Word> WORDS =
      List.of(
          new Word("bits", 4, "column_load_bits(column, row)"),
          new Word("float32", 4, "column_load_i32(column, row)", "OF_FLOATS"),
          new Word("float64", 8, "column_load_i64(column, row)", "OF_FLOATS"),
          new Word("int128_high", 8, "column_load_i128(column, row).hi", "OF_SIGNED"),
          new Word("int128_low", 8, "column_load_i128(column, row).lo"),
          new Word("int128_narrow", 8, "column_load_i128(column, row).lo", "OF_SIGNED"),
          new Word("int16", 4, "column_load_i16(column, row) + 0x8000"),
          new Word("int32", 4, "column_load_i32(column, row)", "OF_SIGNED"),
          new Word("int64", 8, "column_load_i64(column, row)", "OF_SIGNED"),
          new Word("int8", 4, "column_load_i8(column, row) + 0x80"),
          new Word("length", 4, "column_load_utf8(column, row).size"),
          new Word("nulls", 4, "0", "OF_NULLS"),
          new Word("utf8", 8, "string_word(column, row, word)"));

  private static final List<KernelSpec> MOVES =
      List.of(
          KernelSpec.of("sort/count_uint32", "sort/count.comp", key(4), SORT),
          KernelSpec.of("sort/count_uint64", "sort/count.comp", key(8), SORT),
          gather("128", "uvec4", 16),
          gather("16", "uint16_t", 2),
          gather("32", "uint", 4),
          gather("64", "uint64_t", 8),
          gather("8", "uint8_t", 1),
          KernelSpec.of("sort/gather_bits", "sort/gather_bits.comp", Map.of(), GATHER),
          scatter("rows_uint32", 4, "WITH_ROWS"),
          scatter("rows_uint32_ballots", 4, "WITH_ROWS", "BALLOTS"),
          scatter("rows_uint64", 8, "WITH_ROWS"),
          scatter("rows_uint64_ballots", 8, "WITH_ROWS", "BALLOTS"),
          scatter("uint32", 4),
          scatter("uint32_ballots", 4, "BALLOTS"),
          scatter("uint64", 8),
          scatter("uint64_ballots", 8, "BALLOTS"));

  static final List<KernelSpec> ROWS =
      Stream.concat(
              MOVES.stream(), WORDS.stream().flatMap(word -> Stream.of(word.keys(), word.search())))
          .toList();

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

  /** Names a word of a value, and the kernels that look at it. */
  private record Word(String type, Map<String, String> macros) {

    Word(String type, int keyBytes, String value, String... set) {
      this(type, macros(keyBytes, value, set));
    }

    private static Map<String, String> macros(int keyBytes, String value, String... set) {
      Map<String, String> macros = new HashMap<>(key(keyBytes));
      macros.put("VALUE", value);
      return flags(macros, Set.of("OF_FLOATS", "OF_SIGNED", "OF_NULLS"), set);
    }

    KernelSpec keys() {
      return KernelSpec.of("sort/keys_" + type, "sort/keys.comp", macros, KEYS);
    }

    KernelSpec search() {
      return KernelSpec.of("sort/search_" + type, "sort/search.comp", macros, SEARCH);
    }
  }
}
