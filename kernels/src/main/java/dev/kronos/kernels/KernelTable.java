// SPDX-License-Identifier: Apache-2.0
package dev.kronos.kernels;

import static dev.kronos.kernels.ArgumentLayout.Type.ADDRESS;
import static dev.kronos.kernels.ArgumentLayout.Type.COLUMN;
import static dev.kronos.kernels.ArgumentLayout.Type.FLOAT32;
import static dev.kronos.kernels.ArgumentLayout.Type.FLOAT64;
import static dev.kronos.kernels.ArgumentLayout.Type.UINT32;
import static dev.kronos.kernels.ArgumentLayout.Type.UINT64;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Lists every static kernel: one row a kernel, type variants as macros beside one template. */
final class KernelTable {

  static final ArgumentLayout SCAN =
      ArgumentLayout.of("ScanArguments")
          .with(ADDRESS, "source")
          .with(ADDRESS, "partials")
          .with(ADDRESS, "target")
          .with(ADDRESS, "total");

  static final ArgumentLayout RUNNING =
      ArgumentLayout.of("RunningArguments")
          .with(ADDRESS, "source")
          .with(ADDRESS, "partials")
          .with(ADDRESS, "target")
          .with(UINT64, "neutral");

  static final ArgumentLayout STRINGS =
      ArgumentLayout.of("StringArguments")
          .with(COLUMN, "source")
          .with(ADDRESS, "rows")
          .with(ADDRESS, "target_offsets")
          .with(ADDRESS, "target_chars");

  static final ArgumentLayout STARTS =
      ArgumentLayout.of("StartsArguments")
          .with(ADDRESS, "partitions")
          .with(ADDRESS, "rows")
          .with(ADDRESS, "starts")
          .with(UINT32, "row_count")
          .with(UINT32, "reserved");

  static final ArgumentLayout DEAL =
      ArgumentLayout.of("DealArguments")
          .with(ADDRESS, "order")
          .with(UINT32, "partitions")
          .with(UINT32, "first");

  static final ArgumentLayout FILL =
      ArgumentLayout.of("FillArguments")
          .with(ADDRESS, "target")
          .with(UINT64, "size_bytes")
          .with(UINT32, "word")
          .with(UINT32, "reserved");

  static final ArgumentLayout COPY =
      ArgumentLayout.of("CopyArguments")
          .with(ADDRESS, "source")
          .with(ADDRESS, "target")
          .with(UINT64, "size_bytes");

  static final ArgumentLayout SUM =
      ArgumentLayout.of("SumArguments").with(ADDRESS, "source").with(ADDRESS, "target");

  static final ArgumentLayout SAXPY =
      ArgumentLayout.of("SaxpyArguments").with(ADDRESS, "x").with(ADDRESS, "y").with(FLOAT32, "a");

  static final ArgumentLayout PACK =
      ArgumentLayout.of("PackArguments")
          .with(ADDRESS, "source")
          .with(ADDRESS, "target")
          .with(UINT32, "matrix_stride")
          .with(UINT32, "row_stride")
          .with(UINT32, "column_stride")
          .with(UINT32, "rows")
          .with(UINT32, "columns")
          .with(UINT32, "target_rows")
          .with(UINT32, "target_columns");

  static final ArgumentLayout GEMM_32 = gemmArguments(FLOAT32);
  static final ArgumentLayout GEMM_64 = gemmArguments(FLOAT64);

  private static final Map<String, String> SCAN_32 =
      Map.of("ELEMENT", "uint32_t", "ELEMENT_BYTES", "4", "ITEMS", "8u");
  private static final Map<String, String> SCAN_64 =
      Map.of("ELEMENT", "uint64_t", "ELEMENT_BYTES", "8", "ITEMS", "8u");

  /** Turns of waiting that end on an H200 after some ten milliseconds. */
  private static final int MANY_WAITS = 1 << 16;

  /**
   * Narrow subgroups are lavapipe's as well, which ends an invocation's loops after 65,535 turns.
   */
  private static final int FEW_WAITS = 1 << 10;

  private static final List<KernelSpec> BEFORE_SORT =
      List.of(
          gemm("float32", "float", 4, tile(128, 8)),
          gemm("float32_small", "float", 4, tile(64, 4)),
          gemm("float64", "double", 8, tile(64, 4)),
          gemmOnMatrices("bfloat16", "bfloat16_t", 1),
          gemmOnMatrices("float16", "float16_t", 0),
          pack("16", "uint16_t", 2, "uint16_t", "uint16_t"),
          pack("32", "uint", 4, "uint", "uint"),
          pack("64", "uint64_t", 8, "uint64_t", "uint64_t"),
          pack("bfloat16", "uint16_t", 2, "float", "brain_float"),
          pack("float16", "uint16_t", 2, "float", "half_float"),
          KernelSpec.of("blas/saxpy", "blas/saxpy.comp", Map.of(), SAXPY),
          KernelSpec.of("memory/copy", "memory/copy.comp", Map.of(), COPY),
          KernelSpec.of("memory/fill", "memory/fill.comp", Map.of(), FILL),
          KernelSpec.of("partition/deal", "partition/deal.comp", Map.of(), DEAL),
          KernelSpec.of("partition/starts", "partition/starts.comp", Map.of(), STARTS),
          sum("float32", "float", 4, "vec4", "double"),
          sum("float64", "double", 8, "dvec2", "double"),
          sum("int32", "int", 4, "ivec4", "int64_t"),
          sum("int64", "int64_t", 8, "i64vec2", "int64_t"),
          lookBack("scan/lookback_float32", 1, 512, MANY_WAITS),
          lookBack("scan/lookback_float32_narrow", 0, 256, FEW_WAITS),
          KernelSpec.of(
              "scan/lookback_float32_repair", "scan/repair_rows.comp", rows(1, 512, ""), RUNNING),
          KernelSpec.of(
              "scan/lookback_float32_narrow_repair",
              "scan/repair_rows.comp",
              rows(0, 256, ""),
              RUNNING),
          KernelSpec.of(
              "scan/lookback_uint32", "scan/lookback.comp", lookBack(SCAN_32, 32, 4), SCAN),
          KernelSpec.of(
              "scan/lookback_uint64", "scan/lookback.comp", lookBack(SCAN_64, 8, 1), SCAN),
          KernelSpec.of("scan/reduce_uint32", "scan/reduce.comp", SCAN_32, SCAN),
          KernelSpec.of("scan/reduce_uint64", "scan/reduce.comp", SCAN_64, SCAN),
          KernelSpec.of("scan/spine", "scan/spine.comp", SCAN_32, SCAN),
          KernelSpec.of("scan/tiles_uint32", "scan/tiles.comp", SCAN_32, SCAN),
          KernelSpec.of("scan/tiles_uint64", "scan/tiles.comp", SCAN_64, SCAN));

  private static final List<KernelSpec> BEHIND_SORT =
      List.of(
          KernelSpec.of("strings/gather", "strings/gather.comp", Map.of("LANES", "1u"), STRINGS),
          KernelSpec.of(
              "strings/gather_long", "strings/gather.comp", Map.of("LANES", "64u"), STRINGS),
          KernelSpec.of("strings/lengths", "strings/lengths.comp", Map.of(), STRINGS));

  static final List<KernelSpec> ROWS =
      Stream.of(BEFORE_SORT, running(), ParquetTable.ROWS, SortTable.ROWS, BEHIND_SORT)
          .flatMap(List::stream)
          .sorted(Comparator.comparing(KernelSpec::name))
          .toList();

  private KernelTable() {}

  private static List<KernelSpec> running() {
    return Stream.of("reduce", "chunks", "spine", "tiles").flatMap(KernelTable::running).toList();
  }

  private static Stream<KernelSpec> running(String stage) {
    return Stream.of(
        running(stage, "max_decimal", 2, 2),
        running(stage, "max_float64", 2, 1),
        running(stage, "max_int64", 2, 0),
        running(stage, "min_decimal", 1, 2),
        running(stage, "min_float64", 1, 1),
        running(stage, "min_int64", 1, 0),
        running(stage, "sum_decimal", 0, 2),
        stage.equals("spine") ? running(stage, "sum_float32", 0, 3) : rows(stage),
        running(stage, "sum_float64", 0, 1));
  }

  private static KernelSpec running(String stage, String type, int operation, int kind) {
    Map<String, String> macros =
        Map.of("OPERATION", Integer.toString(operation), "KIND", Integer.toString(kind));
    return KernelSpec.of(
        "scan/running_" + stage + "_" + type, "scan/running_" + stage + ".comp", macros, RUNNING);
  }

  private static Map<String, String> lookBack(
      Map<String, String> macros, int items, int neighbours) {
    Map<String, String> all = new HashMap<>(macros);
    all.put("ITEMS", items + "u");
    all.put("NEIGHBOURS", Integer.toString(neighbours));
    return Map.copyOf(all);
  }

  private static KernelSpec lookBack(String name, int shuffles, int workgroup, int waits) {
    Map<String, String> macros = new HashMap<>(rows(shuffles, workgroup, ""));
    macros.put("MOST_WAITS", waits + "u");
    return KernelSpec.of(name, "scan/lookback_rows.comp", Map.copyOf(macros), RUNNING);
  }

  private static KernelSpec rows(String stage) {
    int number = List.of("reduce", "chunks", "tiles").indexOf(stage);
    return KernelSpec.of(
        "scan/running_" + stage + "_sum_float32",
        "scan/running_rows.comp",
        rows(0, 256, Integer.toString(number)),
        RUNNING);
  }

  private static Map<String, String> rows(int shuffles, int workgroup, String stage) {
    return Map.ofEntries(
        Map.entry("KIND", "3"),
        Map.entry("OPERATION", "0"),
        Map.entry("SHUFFLES", Integer.toString(shuffles)),
        Map.entry("WORKGROUP_SIZE", Integer.toString(workgroup)),
        Map.entry("STAGE", stage));
  }

  private static KernelSpec sum(
      String type, String element, int elementBytes, String vector, String sum) {
    Map<String, String> macros =
        Map.of(
            "ELEMENT",
            element,
            "ELEMENT_BYTES",
            Integer.toString(elementBytes),
            "VECTOR",
            vector,
            "SUM",
            sum,
            "ZERO",
            sum + "(0)",
            "TILE_ELEMENTS",
            "16384");
    return KernelSpec.of("reduce/sum_" + type, "reduce/sum.comp", macros, SUM);
  }

  private static KernelSpec gemm(
      String type, String element, int elementBytes, Map<String, String> tile) {
    Map<String, String> macros = new HashMap<>(tile);
    macros.put("ELEMENT", element);
    macros.put("ELEMENT_BYTES", Integer.toString(elementBytes));
    macros.put("VECTOR", elementBytes == 4 ? "vec4" : "dvec4");
    ArgumentLayout arguments = elementBytes == 4 ? GEMM_32 : GEMM_64;
    return KernelSpec.of("blas/gemm_" + type, "blas/gemm.comp", macros, arguments);
  }

  private static KernelSpec gemmOnMatrices(String type, String half, int brain) {
    Map<String, String> macros =
        Map.of(
            "HALF",
            half,
            "BRAIN",
            Integer.toString(brain),
            "WORKGROUP_SIZE",
            "128",
            "KRONOS_WITHOUT_SET",
            "1");
    return KernelSpec.of("blas/gemm_matrix_" + type, "blas/gemm_matrix.comp", macros, GEMM_32);
  }

  private static KernelSpec pack(
      String type, String source, int sourceBytes, String target, String convert) {
    Map<String, String> macros =
        Map.of(
            "SOURCE",
            source,
            "SOURCE_BYTES",
            Integer.toString(sourceBytes),
            "TARGET",
            target,
            "TARGET_BYTES",
            target.equals("float") ? "4" : Integer.toString(sourceBytes),
            "CONVERT",
            convert);
    return KernelSpec.of("blas/pack_" + type, "blas/pack.comp", macros, PACK);
  }

  /** Square tiles for workgroups of 256; at most 32 KiB of shared memory in each variant. */
  private static Map<String, String> tile(int elements, int threadElements) {
    return Map.of(
        "TILE_M",
        Integer.toString(elements),
        "TILE_N",
        Integer.toString(elements),
        "TILE_K",
        "16",
        "THREAD_M",
        Integer.toString(threadElements),
        "THREAD_N",
        Integer.toString(threadElements));
  }

  private static ArgumentLayout gemmArguments(ArgumentLayout.Type element) {
    return ArgumentLayout.of("GemmArguments")
        .with(ADDRESS, "a")
        .with(ADDRESS, "b")
        .with(ADDRESS, "c")
        .with(element, "alpha")
        .with(element, "beta")
        .with(UINT32, "m")
        .with(UINT32, "n")
        .with(UINT32, "k");
  }
}
