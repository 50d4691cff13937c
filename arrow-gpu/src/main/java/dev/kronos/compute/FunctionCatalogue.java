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

  /** Returns the functions over rows by family, each by its class. */
  static List<RowFamily> rowFamilies() {
    return List.of(arithmetic(), comparison(), logic(), bits(), strings(), dates(), choice());
  }

  private static RowFamily arithmetic() {
    return new RowFamily(
        "Arithmetic",
        "Calculations",
        List.of(
            Functions.ADD,
            Functions.ADD_CHECKED,
            Functions.SUBTRACT,
            Functions.SUBTRACT_CHECKED,
            Functions.MULTIPLY,
            Functions.MULTIPLY_CHECKED,
            Functions.DIVIDE,
            Functions.DIVIDE_CHECKED,
            Functions.NEGATE,
            Functions.NEGATE_CHECKED,
            Functions.ABS,
            Functions.ABS_CHECKED,
            Functions.SIGN,
            Functions.SQRT,
            Functions.FLOOR,
            Functions.CEIL,
            Functions.TRUNC,
            Functions.ROUND));
  }

  private static RowFamily comparison() {
    return new RowFamily(
        "Comparison",
        "Comparisons",
        List.of(
            Functions.EQUAL,
            Functions.NOT_EQUAL,
            Functions.LESS,
            Functions.LESS_EQUAL,
            Functions.GREATER,
            Functions.GREATER_EQUAL));
  }

  private static RowFamily logic() {
    return new RowFamily(
        "Logic and nulls",
        "Logic",
        List.of(
            Functions.AND,
            Functions.OR,
            Functions.XOR,
            Functions.AND_NOT,
            Functions.AND_KLEENE,
            Functions.OR_KLEENE,
            Functions.AND_NOT_KLEENE,
            Functions.INVERT,
            Functions.IS_NULL,
            Functions.IS_VALID,
            Functions.IS_NAN,
            Functions.IS_INF,
            Functions.IS_FINITE));
  }

  private static RowFamily bits() {
    return new RowFamily(
        "Bits",
        "Bits",
        List.of(
            Functions.BIT_WISE_AND,
            Functions.BIT_WISE_OR,
            Functions.BIT_WISE_XOR,
            Functions.BIT_WISE_NOT,
            Functions.SHIFT_LEFT,
            Functions.SHIFT_LEFT_CHECKED,
            Functions.SHIFT_RIGHT,
            Functions.SHIFT_RIGHT_CHECKED));
  }

  private static RowFamily strings() {
    return new RowFamily(
        "Strings",
        "Strings",
        List.of(
            Functions.STARTS_WITH,
            Functions.ENDS_WITH,
            Functions.MATCH_SUBSTRING,
            Functions.UTF8_LENGTH,
            Functions.BINARY_LENGTH,
            Functions.UTF8_UPPER,
            Functions.UTF8_LOWER,
            Functions.UTF8_REVERSE));
  }

  private static RowFamily dates() {
    return new RowFamily(
        "Dates",
        "Dates",
        List.of(
            Functions.YEAR,
            Functions.QUARTER,
            Functions.MONTH,
            Functions.DAY,
            Functions.DAY_OF_YEAR,
            Functions.DAY_OF_WEEK));
  }

  private static RowFamily choice() {
    return new RowFamily("Choice", "Choices", List.of(Functions.IF_ELSE, Functions.COALESCE));
  }

  /**
   * Groups functions over rows of one class.
   *
   * @param title heading on the page
   * @param javaClass the class that has a method for each
   * @param functions its functions, in the order of the page
   */
  record RowFamily(String title, String javaClass, List<ArrowFunction> functions) {

    private Family family() {
      return new Family(title, functions.stream().map(this::entry).toList());
    }

    private Entry entry(ArrowFunction function) {
      String method = FunctionTable.camelCase(function.name().replace("bit_wise_", ""));
      return new Entry(function.name(), javaClass + "." + method, function.types().kinds());
    }
  }

  /** Returns all functions by family but for casts, whose targets matter as well. */
  static List<Family> families() {
    List<Family> families = new ArrayList<>();
    rowFamilies().forEach(family -> families.add(family.family()));
    families.add(patterns());
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

  private static Entry entry(String name, String method, TypeGroup types) {
    return new Entry(name, method, types.kinds());
  }

  private static Family patterns() {
    return new Family(
        "Strings by parameters",
        List.of(
            entry("match_like", "Functions.matchLike", TypeGroup.STRINGS),
            entry("utf8_slice_codepoints", "Functions.utf8Slice", TypeGroup.STRINGS),
            entry("replace_substring", "Functions.replaceSubstring", TypeGroup.STRINGS),
            entry("binary_join_element_wise", "Functions.joinElementWise", TypeGroup.STRINGS)));
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
            entry("sum", "Aggregates.sum", TypeGroup.NUMBERS),
            entry("sum_checked", "Aggregates.sumChecked", TypeGroup.NUMBERS),
            entry("min", "Aggregates.min", TypeGroup.ALL),
            entry("max", "Aggregates.max", TypeGroup.ALL),
            entry("mean", "Aggregates.mean", TypeGroup.NUMBERS),
            entry("variance", "Aggregates.variance", TypeGroup.NUMBERS),
            entry("stddev", "Aggregates.stddev", TypeGroup.NUMBERS),
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
            entry("hash_sum", "GroupAggregate.sum", TypeGroup.NUMBERS),
            entry("hash_sum, checked", "GroupAggregate.sumChecked", TypeGroup.NUMBERS),
            entry("hash_min", "GroupAggregate.min", TypeGroup.ALL),
            entry("hash_max", "GroupAggregate.max", TypeGroup.ALL),
            entry("hash_mean", "GroupAggregate.mean", TypeGroup.NUMBERS),
            entry("hash_variance", "GroupAggregate.variance", TypeGroup.NUMBERS),
            entry("hash_stddev", "GroupAggregate.stddev", TypeGroup.NUMBERS),
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
