// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import static dev.kronos.kernels.ArgumentLayout.Type.ADDRESS;
import static dev.kronos.kernels.ArgumentLayout.Type.UINT32;

import java.util.List;
import java.util.Map;

/** Lists the kernels that decode pages of Parquet. */
final class ParquetTable {

  static final ArgumentLayout LEVELS =
      ArgumentLayout.of("LevelArguments")
          .with(ADDRESS, "runs")
          .with(ADDRESS, "bytes")
          .with(ADDRESS, "marks")
          .with(ADDRESS, "present")
          .with(UINT32, "run_count")
          .with(UINT32, "reserved");

  static final ArgumentLayout IDS =
      ArgumentLayout.of("IdArguments")
          .with(ADDRESS, "runs")
          .with(ADDRESS, "bytes")
          .with(ADDRESS, "marks")
          .with(ADDRESS, "positions")
          .with(ADDRESS, "ids")
          .with(ADDRESS, "wrong")
          .with(ADDRESS, "expanded")
          .with(UINT32, "run_count")
          .with(UINT32, "entries");

  static final ArgumentLayout FIXED =
      ArgumentLayout.of("FixedArguments")
          .with(ADDRESS, "source")
          .with(ADDRESS, "target")
          .with(UINT32, "width")
          .with(UINT32, "reserved");

  static final ArgumentLayout STRINGS =
      ArgumentLayout.of("PlainStringArguments")
          .with(ADDRESS, "source")
          .with(ADDRESS, "offsets")
          .with(ADDRESS, "target");

  static final ArgumentLayout SNAPPY =
      ArgumentLayout.of("SnappyArguments")
          .with(ADDRESS, "pages")
          .with(ADDRESS, "source")
          .with(ADDRESS, "scratch")
          .with(ADDRESS, "values")
          .with(ADDRESS, "status");

  static final ArgumentLayout EXPAND =
      ArgumentLayout.of("ExpandArguments")
          .with(ADDRESS, "pages")
          .with(ADDRESS, "scratch")
          .with(ADDRESS, "ids")
          .with(ADDRESS, "status");

  static final ArgumentLayout STRING_ENDS =
      ArgumentLayout.of("StringEndArguments")
          .with(ADDRESS, "pages")
          .with(ADDRESS, "values")
          .with(ADDRESS, "offsets")
          .with(ADDRESS, "status");

  static final List<KernelSpec> ROWS =
      List.of(
          KernelSpec.of(
              "parquet/expand", "parquet/expand.comp", Map.of("WORKGROUP_SIZE", "128"), EXPAND),
          fixed("int128", "store_i128(address, index, value)"),
          fixed("int16", "store_i16(address, index, int(uint(value.lo)))"),
          fixed("int32", "store_i32(address, index, int(uint(value.lo)))"),
          fixed("int64", "store_u64(address, index, value.lo)"),
          fixed("int8", "store_i8(address, index, int(uint(value.lo)))"),
          KernelSpec.of("parquet/ids", "parquet/ids.comp", Map.of(), IDS),
          KernelSpec.of("parquet/levels", "parquet/levels.comp", Map.of(), LEVELS),
          KernelSpec.of(
              "parquet/snappy",
              "parquet/snappy.comp",
              Map.of("WORKGROUP_SIZE", "64", "RECENT_BYTES", "4096u"),
              SNAPPY),
          KernelSpec.of(
              "parquet/string_ends",
              "parquet/string_ends.comp",
              Map.of("WORKGROUP_SIZE", "32"),
              STRING_ENDS),
          strings("strings", "1u"),
          strings("strings_long", "64u"));

  private ParquetTable() {}

  private static KernelSpec fixed(String type, String store) {
    return KernelSpec.of(
        "parquet/fixed_" + type,
        "parquet/fixed.comp",
        Map.of("STORE(address, index, value)", store),
        FIXED);
  }

  private static KernelSpec strings(String name, String lanes) {
    return KernelSpec.of(
        "parquet/" + name, "parquet/strings.comp", Map.of("LANES", lanes), STRINGS);
  }
}
