// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.DeviceExtension;
import dev.kronos.KronosException;
import dev.kronos.column.DataType;
import java.math.RoundingMode;
import java.time.DayOfWeek;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds what the catalogue says of aggregates and running sums against what they take. */
@Tag("once")
class CatalogueTypesTest {
  private static final List<String> FAMILIES =
      List.of(
          "Aggregates",
          "Rounding to digits",
          "Strings by parameters",
          "Casts by text",
          "Hashes by a seed",
          "Times by parameters",
          "Sorting",
          "Joins",
          "Running sums and extremes",
          "Aggregates of groups",
          "Groups and different values");

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static void group(GroupAggregate aggregate) {
    new Grouping(open.kronos()).groupBy(List.of(aggregate.values()), List.of(aggregate)).close();
  }

  private static Map<String, Consumer<FieldVector>> calls() {
    Map<String, Consumer<FieldVector>> calls = new HashMap<>(ungrouped());
    calls.putAll(withParameters());
    Distinct distinct = new Distinct(open.kronos());
    Cumulative cumulative = new Cumulative(open.kronos());
    calls.put("Cumulative.min", v -> cumulative.min(v, Cumulative.Nulls.SKIP).close());
    calls.put("Cumulative.minBefore", v -> cumulative.minBefore(v, Cumulative.Nulls.SKIP).close());
    calls.put("Cumulative.max", v -> cumulative.max(v, Cumulative.Nulls.SKIP).close());
    calls.put("Cumulative.maxBefore", v -> cumulative.maxBefore(v, Cumulative.Nulls.SKIP).close());
    calls.put("GroupAggregate.count", v -> group(GroupAggregate.count(v, CountMode.ALL)));
    calls.put(
        "GroupAggregate.countDistinct", v -> group(GroupAggregate.countDistinct(v, CountMode.ALL)));
    calls.put("GroupAggregate.sum", v -> group(GroupAggregate.sum(v)));
    calls.put("GroupAggregate.sumChecked", v -> group(GroupAggregate.sumChecked(v)));
    calls.put("GroupAggregate.min", v -> group(GroupAggregate.min(v)));
    calls.put("GroupAggregate.max", v -> group(GroupAggregate.max(v)));
    calls.put("GroupAggregate.mean", v -> group(GroupAggregate.mean(v)));
    calls.put("GroupAggregate.variance", v -> group(GroupAggregate.variance(v, 0)));
    calls.put("GroupAggregate.stddev", v -> group(GroupAggregate.stddev(v, 0)));
    calls.put("GroupAggregate.skew", v -> group(GroupAggregate.skew(v)));
    calls.put("GroupAggregate.kurtosis", v -> group(GroupAggregate.kurtosis(v)));
    calls.put("GroupAggregate.covariance", v -> group(GroupAggregate.covariance(v, v, 0)));
    calls.put("GroupAggregate.correlation", v -> group(GroupAggregate.correlation(v, v)));
    calls.put(
        "GroupAggregate.approxCountDistinct", v -> group(GroupAggregate.approxCountDistinct(v)));
    calls.put("GroupAggregate.any", v -> group(GroupAggregate.any(v)));
    calls.put("GroupAggregate.all", v -> group(GroupAggregate.all(v)));
    calls.put("Grouping.groupBy", v -> group(GroupAggregate.count(v, CountMode.ALL)));
    calls.put("Distinct.unique", v -> distinct.unique(v).close());
    calls.put("Distinct.valueCounts", v -> distinct.valueCounts(v).close());
    calls.put(
        "Distinct.dictionaryEncode",
        v -> distinct.dictionaryEncode(v, NullEncoding.MASK, 1).close());
    calls.put("Distinct.dictionaryDecode", CatalogueTypesTest::decoded);
    calls.put("Distinct.countDistinct", v -> distinct.countDistinct(v, CountMode.ALL));
    return calls;
  }

  private static Map<String, Consumer<FieldVector>> withParameters() {
    Map<String, Consumer<FieldVector>> calls = new HashMap<>();
    calls.put("Mathematics.round", v -> called(MathFunctions.round(-1, RoundingMode.HALF_UP), v));
    calls.put(
        "Mathematics.roundWritten",
        v -> called(MathFunctions.roundWritten(1, RoundingMode.HALF_UP), v));
    calls.put("Strings.utf8Trim", v -> called(TextFunctions.utf8Trim("a"), v));
    calls.put("Strings.utf8LeftTrim", v -> called(TextFunctions.utf8LeftTrim("a"), v));
    calls.put("Strings.utf8RightTrim", v -> called(TextFunctions.utf8RightTrim("a"), v));
    calls.put("Strings.utf8LeftPad", v -> called(TextFunctions.utf8LeftPad(1, "a"), v));
    calls.put("Strings.binaryLeftPad", v -> called(TextFunctions.binaryLeftPad(1, (byte) 0), v));
    calls.put("Strings.binaryRightPad", v -> called(TextFunctions.binaryRightPad(1, (byte) 0), v));
    calls.put("Strings.utf8RightPad", v -> called(TextFunctions.utf8RightPad(1, "a"), v));
    calls.put("Strings.utf8Center", v -> called(TextFunctions.utf8Center(1, "a"), v));
    calls.put("Strings.findSubstring", v -> called(TextFunctions.findSubstring("a"), v));
    calls.put("Strings.utf8Find", v -> called(TextFunctions.utf8Find("a"), v));
    calls.put("Strings.countSubstring", v -> called(TextFunctions.countSubstring("a"), v));
    calls.put("Strings.binaryRepeat", v -> called(TextFunctions.binaryRepeat(2), v));
    calls.put(
        "Strings.utf8ReplaceSlice", v -> called(TextFunctions.utf8ReplaceSlice(1, 2, "a"), v));
    calls.put("Strings.translate", v -> called(TextFunctions.translate("a", "b"), v));
    calls.put("Strings.splitPart", v -> called(TextFunctions.splitPart("a", 1), v));
    calls.put("Times.localTimestamp", v -> called(TimeFunctions.localTimestamp(ZoneOffset.UTC), v));
    calls.put("Times.assumeTimezone", v -> called(TimeFunctions.assumeTimezone(ZoneOffset.UTC), v));
    calls.put("Times.floorTemporal", v -> called(TimeFunctions.floorTemporal(CalendarUnit.DAY), v));
    calls.put("Times.nextDay", v -> called(TimeFunctions.nextDay(DayOfWeek.MONDAY), v));
    calls.put("Times.formatTime", v -> called(TimeFunctions.formatTime("yyyy"), v));
    calls.put("Times.parseTime", v -> takesText(TimeFunctions.parseTime("yyyy"), v));
    calls.put("Times.parseTimeOrNull", v -> called(TimeFunctions.parseTimeOrNull("yyyy"), v));
    calls.put("Hashes.xxhash64Seeded", v -> called(HashFunctions.xxhash64(1), v));
    calls.put("Hashes.murmur3Seeded", v -> called(HashFunctions.murmur3(1), v));
    DataType cents = DataType.decimal(38, 2);
    calls.put("Conversions.parse", v -> takesText(TextCasts.parse(DataType.DATE), v));
    calls.put("Conversions.parseOrNull", v -> called(TextCasts.parseOrNull(DataType.DATE), v));
    calls.put("Conversions.decimalWritten", v -> takesText(TextCasts.decimalWritten(cents), v));
    calls.put("Functions.matchLike", v -> called(Functions.matchLike("a%"), v));
    calls.put("Functions.utf8Slice", v -> called(Functions.utf8Slice(1, 2), v));
    calls.put("Functions.replaceSubstring", v -> called(Functions.replaceSubstring("a", "b"), v));
    calls.put("Functions.joinElementWise", v -> called(Functions.joinElementWise("-"), v, v));
    return calls;
  }

  private static void called(ArrowFunction function, FieldVector... operands) {
    new Elementwise(open.kronos()).call(function, operands).close();
  }

  /** A text that cannot be read is of the right type. */
  private static void takesText(ArrowFunction function, FieldVector text) {
    try {
      called(function, text);
    } catch (KronosException.InvalidArgument e) {
      assertThat(e).hasMessageStartingWith("row has no result");
    }
  }

  private static void decoded(FieldVector values) {
    try (FieldVector places =
        ArrowVectors.of("p", DataType.UINT8, List.of((byte) 0), open.kronos().allocator())) {
      new Distinct(open.kronos()).dictionaryDecode(places, values).close();
    }
  }

  private static Map<String, Consumer<FieldVector>> ungrouped() {
    Aggregates aggregates = new Aggregates(open.kronos());
    Cumulative cumulative = new Cumulative(open.kronos());
    Sorting sorting = new Sorting(open.kronos());
    Joins joins = new Joins(open.kronos());
    return Map.ofEntries(
        Map.entry("Aggregates.count", aggregates::count),
        Map.entry("Aggregates.sum", aggregates::sum),
        Map.entry("Aggregates.sumChecked", aggregates::sumChecked),
        Map.entry("Aggregates.min", aggregates::min),
        Map.entry("Aggregates.max", aggregates::max),
        Map.entry("Aggregates.mean", aggregates::mean),
        Map.entry("Aggregates.variance", v -> aggregates.variance(v, 0)),
        Map.entry("Aggregates.stddev", v -> aggregates.stddev(v, 0)),
        Map.entry("Aggregates.skew", aggregates::skew),
        Map.entry("Aggregates.kurtosis", aggregates::kurtosis),
        Map.entry("Aggregates.covariance", v -> aggregates.covariance(v, v, 0)),
        Map.entry("Aggregates.correlation", v -> aggregates.correlation(v, v)),
        Map.entry("Aggregates.approxCountDistinct", aggregates::approxCountDistinct),
        Map.entry("Aggregates.any", aggregates::any),
        Map.entry("Aggregates.all", aggregates::all),
        Map.entry(
            "Sorting.sortIndices", v -> sorting.sortIndices(List.of(SortKey.ascending(v))).close()),
        Map.entry("Sorting.sort", v -> sorting.sort(SortKey.ascending(v)).close()),
        Map.entry("Sorting.topK", v -> sorting.topK(SortKey.ascending(v), 1).close()),
        Map.entry("Joins.inner", v -> joined(joins::inner, v)),
        Map.entry("Joins.left", v -> joined(joins::left, v)),
        Map.entry("Joins.right", v -> joined(joins::right, v)),
        Map.entry("Joins.full", v -> joined(joins::full, v)),
        Map.entry("Joins.semi", v -> joined(joins::semi, v)),
        Map.entry("Joins.anti", v -> joined(joins::anti, v)),
        Map.entry("Cumulative.sum", v -> cumulative.sum(v, Cumulative.Nulls.SKIP).close()),
        Map.entry(
            "Cumulative.sumBefore", v -> cumulative.sumBefore(v, Cumulative.Nulls.SKIP).close()));
  }

  private static void joined(
      BiFunction<JoinSide, JoinSide, List<FieldVector>> join, FieldVector values) {
    JoinSide side = new JoinSide(List.of(values), List.of());
    join.apply(side, side).forEach(FieldVector::close);
  }

  static Stream<FunctionCatalogue.Entry> entries() {
    return FunctionCatalogue.families().stream()
        .filter(family -> FAMILIES.contains(family.title()))
        .flatMap(family -> family.entries().stream());
  }

  @ParameterizedTest
  @MethodSource("entries")
  void takesTheTypesListed(FunctionCatalogue.Entry entry) {
    for (DataType type : NastyRows.TYPES) {
      List<Object> one = NastyRows.columns(List.of(type), 1, NastyRows.Nulls.NONE, 1).get(0);
      try (FieldVector values = ArrowVectors.of("v", type, one, open.kronos().allocator())) {
        assertThat(takes(entry.method(), values))
            .as("%s of %s", entry.method(), type)
            .isEqualTo(entry.kinds().contains(type.kind()));
      }
    }
  }

  private static boolean takes(String method, FieldVector values) {
    try {
      calls().get(method).accept(values);
      return true;
    } catch (KronosException.Unsupported e) {
      return false;
    }
  }
}
