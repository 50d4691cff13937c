// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.DataType.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Lists every function over Arrow vectors with the types it takes: the page of functions is written
 * from it, and the tests run what it says.
 */
final class FunctionCatalogue {

  /**
   * Describes a function.
   *
   * @param name Arrow's name
   * @param method the Java method, without parameters
   * @param kinds kinds of the values that it takes
   */
  record Entry(String name, String method, Set<Kind> kinds) {}

  /**
   * Groups functions of one class.
   *
   * @param title heading on the page
   * @param entries its functions, in the order of the page
   */
  record Family(String title, List<Entry> entries) {}

  private FunctionCatalogue() {}

  /** Returns all functions by family but for casts, whose targets matter as well. */
  static List<Family> families() {
    List<Family> families = new ArrayList<>();
    RowFamilies.all().forEach(family -> families.add(family.family()));
    families.addAll(parameterFamilies());
    families.add(selection());
    families.add(sorting());
    families.add(joins());
    families.add(aggregates());
    families.add(runningSums());
    families.add(linearAlgebra());
    families.add(grouping());
    families.add(distinct());
    return families;
  }

  /** Returns the functions over rows that are made of parameters. */
  static List<Family> parameterFamilies() {
    return List.of(roundings(), patterns(), times(), seededHashes(), textCasts());
  }

  private static Entry entry(String name, String method, TypeGroup types) {
    return new Entry(name, method, types.kinds());
  }

  private static Family roundings() {
    return new Family(
        "Rounding to digits",
        List.of(
            entry("round", "Mathematics.round", TypeGroup.SIGNED_EXACT),
            entry("round_written", "Mathematics.roundWritten", TypeGroup.FLOATS)));
  }

  private static Family patterns() {
    return new Family(
        "Strings by parameters",
        List.of(
            entry("match_like", "Functions.matchLike", TypeGroup.STRINGS),
            entry("utf8_slice_codepoints", "Functions.utf8Slice", TypeGroup.STRINGS),
            entry("replace_substring", "Functions.replaceSubstring", TypeGroup.STRINGS),
            entry("binary_join_element_wise", "Functions.joinElementWise", TypeGroup.STRINGS),
            entry("utf8_trim", "Strings.utf8Trim", TypeGroup.STRINGS),
            entry("utf8_ltrim", "Strings.utf8LeftTrim", TypeGroup.STRINGS),
            entry("utf8_rtrim", "Strings.utf8RightTrim", TypeGroup.STRINGS),
            entry("utf8_lpad", "Strings.utf8LeftPad", TypeGroup.STRINGS),
            entry("utf8_rpad", "Strings.utf8RightPad", TypeGroup.STRINGS),
            entry("utf8_center", "Strings.utf8Center", TypeGroup.STRINGS),
            entry("binary_lpad", "Strings.binaryLeftPad", TypeGroup.BINARIES),
            entry("binary_rpad", "Strings.binaryRightPad", TypeGroup.BINARIES),
            entry("find_substring", "Strings.findSubstring", TypeGroup.BYTES),
            entry("utf8_find", "Strings.utf8Find", TypeGroup.STRINGS),
            entry("count_substring", "Strings.countSubstring", TypeGroup.BYTES),
            entry("binary_repeat", "Strings.binaryRepeat", TypeGroup.BYTES),
            entry("utf8_replace_slice", "Strings.utf8ReplaceSlice", TypeGroup.STRINGS),
            entry("translate", "Strings.translate", TypeGroup.STRINGS),
            entry("split_part", "Strings.splitPart", TypeGroup.STRINGS)));
  }

  private static Family times() {
    return new Family(
        "Times by parameters",
        List.of(
            entry("local_timestamp", "Times.localTimestamp", TypeGroup.INSTANTS),
            entry("assume_timezone", "Times.assumeTimezone", TypeGroup.CLOCKS),
            entry("floor_temporal", "Times.floorTemporal", TypeGroup.DATES_AND_CLOCKS),
            entry("next_day", "Times.nextDay", TypeGroup.DATES),
            entry("format_time", "Times.formatTime", TypeGroup.DATES_AND_CLOCKS),
            entry("parse_time", "Times.parseTime", TypeGroup.STRINGS),
            entry("parse_time_or_null", "Times.parseTimeOrNull", TypeGroup.STRINGS)));
  }

  private static Family seededHashes() {
    return new Family(
        "Hashes by a seed",
        List.of(
            entry("xxhash64_seeded", "Hashes.xxhash64Seeded", TypeGroup.ALL),
            entry("murmur3_seeded", "Hashes.murmur3Seeded", TypeGroup.ALL)));
  }

  private static Family textCasts() {
    return new Family(
        "Casts by text",
        List.of(
            entry("parse", "Conversions.parse", TypeGroup.STRINGS),
            entry("parse_or_null", "Conversions.parseOrNull", TypeGroup.STRINGS),
            entry("decimal_written", "Conversions.decimalWritten", TypeGroup.FLOATS_WRITTEN)));
  }

  private static Family selection() {
    return new Family(
        "Selection",
        List.of(
            entry("filter", "Selection.filter", TypeGroup.ALL),
            entry("take", "Selection.take", TypeGroup.ALL),
            entry("drop_null", "Selection.dropNull", TypeGroup.ALL)));
  }

  private static Family sorting() {
    return new Family(
        "Sorting",
        List.of(
            entry("sort_indices", "Sorting.sortIndices", TypeGroup.ALL),
            entry("sort", "Sorting.sort", TypeGroup.ALL),
            entry("select_k", "Sorting.topK", TypeGroup.ALL)));
  }

  private static Family joins() {
    return new Family(
        "Joins",
        List.of(
            entry("join, inner", "Joins.inner", TypeGroup.ALL),
            entry("join, left outer", "Joins.left", TypeGroup.ALL),
            entry("join, right outer", "Joins.right", TypeGroup.ALL),
            entry("join, full outer", "Joins.full", TypeGroup.ALL),
            entry("join, left semi", "Joins.semi", TypeGroup.ALL),
            entry("join, left anti", "Joins.anti", TypeGroup.ALL)));
  }

  private static Family aggregates() {
    return new Family(
        "Aggregates",
        List.of(
            entry("count", "Aggregates.count", TypeGroup.ALL),
            entry("approx_count_distinct", "Aggregates.approxCountDistinct", TypeGroup.ALL),
            entry("sum", "Aggregates.sum", TypeGroup.NUMBERS),
            entry("sum_checked", "Aggregates.sumChecked", TypeGroup.NUMBERS),
            entry("min", "Aggregates.min", TypeGroup.ALL),
            entry("max", "Aggregates.max", TypeGroup.ALL),
            entry("mean", "Aggregates.mean", TypeGroup.NUMBERS),
            entry("variance", "Aggregates.variance", TypeGroup.NUMBERS),
            entry("stddev", "Aggregates.stddev", TypeGroup.NUMBERS),
            entry("skew", "Aggregates.skew", TypeGroup.NUMBERS),
            entry("kurtosis", "Aggregates.kurtosis", TypeGroup.NUMBERS),
            entry("covariance", "Aggregates.covariance", TypeGroup.NUMBERS),
            entry("correlation", "Aggregates.correlation", TypeGroup.NUMBERS),
            entry("any", "Aggregates.any", TypeGroup.BOOLEANS),
            entry("all", "Aggregates.all", TypeGroup.BOOLEANS)));
  }

  private static Entry running(String name, String method) {
    return entry(name, method, TypeGroup.NUMBERS);
  }

  private static Family runningSums() {
    return new Family(
        "Running sums and extremes",
        List.of(
            running("cumulative_sum", "Cumulative.sum"),
            running("cumulative_sum, exclusive", "Cumulative.sumBefore"),
            running("cumulative_min", "Cumulative.min"),
            running("cumulative_min, exclusive", "Cumulative.minBefore"),
            running("cumulative_max", "Cumulative.max"),
            running("cumulative_max, exclusive", "Cumulative.maxBefore")));
  }

  private static Family linearAlgebra() {
    return new Family(
        "Matrices and vectors",
        List.of(
            entry("matmul", "LinearAlgebra.matmul", TypeGroup.FLOATS),
            entry("axpy", "LinearAlgebra.axpy", TypeGroup.FLOATS),
            entry("dot", "LinearAlgebra.dot", TypeGroup.FLOATS)));
  }

  private static Family grouping() {
    return new Family(
        "Aggregates of groups",
        List.of(
            entry("hash_count", "GroupAggregate.count", TypeGroup.ALL),
            entry("hash_count_distinct", "GroupAggregate.countDistinct", TypeGroup.ALL),
            entry(
                "hash_approx_count_distinct", "GroupAggregate.approxCountDistinct", TypeGroup.ALL),
            entry("hash_sum", "GroupAggregate.sum", TypeGroup.NUMBERS),
            entry("hash_sum, checked", "GroupAggregate.sumChecked", TypeGroup.NUMBERS),
            entry("hash_min", "GroupAggregate.min", TypeGroup.ALL),
            entry("hash_max", "GroupAggregate.max", TypeGroup.ALL),
            entry("hash_mean", "GroupAggregate.mean", TypeGroup.NUMBERS),
            entry("hash_variance", "GroupAggregate.variance", TypeGroup.NUMBERS),
            entry("hash_stddev", "GroupAggregate.stddev", TypeGroup.NUMBERS),
            entry("hash_skew", "GroupAggregate.skew", TypeGroup.NUMBERS),
            entry("hash_kurtosis", "GroupAggregate.kurtosis", TypeGroup.NUMBERS),
            entry("hash_covariance", "GroupAggregate.covariance", TypeGroup.NUMBERS),
            entry("hash_correlation", "GroupAggregate.correlation", TypeGroup.NUMBERS),
            entry("hash_any", "GroupAggregate.any", TypeGroup.BOOLEANS),
            entry("hash_all", "GroupAggregate.all", TypeGroup.BOOLEANS)));
  }

  private static Family distinct() {
    return new Family(
        "Groups and different values",
        List.of(
            entry("group_by, as key", "Grouping.groupBy", TypeGroup.ALL),
            entry("unique", "Distinct.unique", TypeGroup.ALL),
            entry("value_counts", "Distinct.valueCounts", TypeGroup.ALL),
            entry("dictionary_encode", "Distinct.dictionaryEncode", TypeGroup.ALL),
            entry("dictionary_decode", "Distinct.dictionaryDecode", TypeGroup.ALL),
            entry("count_distinct", "Distinct.countDistinct", TypeGroup.ALL)));
  }
}
