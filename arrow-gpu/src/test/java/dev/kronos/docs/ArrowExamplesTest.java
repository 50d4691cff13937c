// SPDX-License-Identifier: Apache-2.0
package dev.kronos.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.KronosOptions;
import dev.kronos.column.DataType;
import dev.kronos.compute.Aggregates;
import dev.kronos.compute.Bits;
import dev.kronos.compute.Calculations;
import dev.kronos.compute.CalendarUnit;
import dev.kronos.compute.Choices;
import dev.kronos.compute.Comparisons;
import dev.kronos.compute.Conversions;
import dev.kronos.compute.CountMode;
import dev.kronos.compute.Cumulative;
import dev.kronos.compute.Dates;
import dev.kronos.compute.DictionaryEncoded;
import dev.kronos.compute.Distinct;
import dev.kronos.compute.Elementwise;
import dev.kronos.compute.Expressions;
import dev.kronos.compute.Functions;
import dev.kronos.compute.GroupAggregate;
import dev.kronos.compute.Grouping;
import dev.kronos.compute.Hashes;
import dev.kronos.compute.JoinSide;
import dev.kronos.compute.Joins;
import dev.kronos.compute.Logic;
import dev.kronos.compute.Mathematics;
import dev.kronos.compute.NullEncoding;
import dev.kronos.compute.Scalar;
import dev.kronos.compute.Selection;
import dev.kronos.compute.SortKey;
import dev.kronos.compute.Sorting;
import dev.kronos.compute.Strings;
import dev.kronos.compute.Times;
import dev.kronos.expression.Expression;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float2Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.UInt1Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds and runs the code that {@code docs/arrow} shows; {@link PagesTest} compares the two. */
class ArrowExamplesTest {
  private Kronos kronos;
  private IntVector quantity;
  private Float8Vector price;
  private VarCharVector item;

  @BeforeEach
  void openDevice() {
    kronos = Kronos.open(KronosOptions.fromEnvironment());
    quantity = new IntVector("quantity", kronos.allocator());
    price = new Float8Vector("price", kronos.allocator());
    item = new VarCharVector("item", kronos.allocator());
    for (int row = 0; row < 4; row++) {
      quantity.setSafe(row, row);
      price.setSafe(row, 2.5 * row);
      item.setSafe(row, ("item " + row).getBytes(StandardCharsets.UTF_8));
    }
    quantity.setNull(2);
    quantity.setValueCount(4);
    price.setValueCount(4);
    item.setValueCount(4);
  }

  @AfterEach
  void closeDevice() {
    item.close();
    price.close();
    quantity.close();
    kronos.close();
  }

  private static List<Object> values(FieldVector vector) {
    List<Object> values = new ArrayList<>();
    for (int row = 0; row < vector.getValueCount(); row++) {
      Object value = vector.getObject(row);
      values.add(value instanceof Number || value instanceof Boolean ? value : text(value));
    }
    return values;
  }

  private static Object text(Object value) {
    return value == null ? null : value.toString();
  }

  @Test
  void strings() {
    Strings strings = new Strings(kronos);
    Elementwise elementwise = new Elementwise(kronos);
    try (FieldVector last = strings.endsWith(item, Scalar.of("2")); // false, false, true, false
        FieldVector sizes = strings.utf8Length(item); // 6, 6, 6, 6
        FieldVector like = elementwise.call(Functions.matchLike("%em _"), item); // all true
        FieldVector digit = elementwise.call(Functions.utf8Slice(5, 1), item); // 0, 1, 2, 3
        FieldVector upper = strings.utf8Upper(item); // ITEM 0, ITEM 1, ITEM 2, ITEM 3
        FieldVector other = elementwise.call(Functions.replaceSubstring("item ", "#"), item)) {
      // #0, #1, #2, #3
      assertThat(values(last)).containsExactly(false, false, true, false);
      assertThat(values(sizes)).containsExactly(6, 6, 6, 6);
      assertThat(values(like)).containsExactly(true, true, true, true);
      assertThat(values(digit)).containsExactly("0", "1", "2", "3");
      assertThat(values(upper)).containsExactly("ITEM 0", "ITEM 1", "ITEM 2", "ITEM 3");
      assertThat(values(other)).containsExactly("#0", "#1", "#2", "#3");
    }
  }

  @Test
  void stringsByParameters() {
    Strings strings = new Strings(kronos);
    try (FieldVector digits = strings.utf8LeftTrim(item, "item "); // 0, 1, 2, 3
        FieldVector wide = strings.utf8LeftPad(digits, 3, "0"); // 000, 001, 002, 003
        FieldVector place = strings.findSubstring(item, "m"); // 3, 3, 3, 3
        FieldVector count = strings.countSubstring(wide, "0"); // 3, 2, 2, 2
        FieldVector word = strings.splitPart(item, " ", 1); // item, item, item, item
        FieldVector hex = strings.hex(digits)) { // 30, 31, 32, 33
      assertThat(values(wide)).containsExactly("000", "001", "002", "003");
      assertThat(values(place)).containsExactly(3, 3, 3, 3);
      assertThat(values(count)).containsExactly(3, 2, 2, 2);
      assertThat(values(word)).containsExactly("item", "item", "item", "item");
      assertThat(values(hex)).containsExactly("30", "31", "32", "33");
    }
  }

  @Test
  void dates() {
    try (DateDayVector shipped = new DateDayVector("shipped", kronos.allocator())) {
      shipped.setSafe(0, (int) LocalDate.of(1994, 1, 31).toEpochDay());
      shipped.setSafe(1, (int) LocalDate.of(1996, 12, 31).toEpochDay());
      shipped.setValueCount(2);
      Dates dates = new Dates(kronos);
      try (FieldVector years = dates.year(shipped); // 1994, 1996
          FieldVector days = dates.dayOfYear(shipped)) { // 31, 366
        assertThat(values(years)).containsExactly(1994L, 1996L);
        assertThat(values(days)).containsExactly(31L, 366L);
      }
      times(shipped);
    }
  }

  private void times(DateDayVector shipped) {
    Times times = new Times(kronos);
    try (FieldVector months = times.floorTemporal(shipped, CalendarUnit.MONTH); // 1994-01-01, …
        FieldVector weeks = times.isoWeek(shipped); // 5, 1
        FieldVector later = times.addMonths(shipped, Scalar.of(1)); // 1994-02-28, 1997-01-31
        FieldVector days = times.daysBetween(shipped, later); // 28, 31
        FieldVector text = times.formatTime(shipped, "d.M.yyyy"); // 31.1.1994, 31.12.1996
        FieldVector back = times.parseTime(text, "d.M.yyyy")) { // timestamps of midnight
      assertThat(values(months))
          .containsExactly(
              (int) LocalDate.of(1994, 1, 1).toEpochDay(),
              (int) LocalDate.of(1996, 12, 1).toEpochDay());
      assertThat(values(weeks)).containsExactly(5L, 1L);
      assertThat(values(days)).containsExactly(28L, 31L);
      assertThat(values(text)).containsExactly("31.1.1994", "31.12.1996");
      assertThat(values(back)).containsExactly("1994-01-31T00:00", "1996-12-31T00:00");
    }
  }

  @Test
  void hashes() {
    Hashes hashes = new Hashes(kronos);
    try (FieldVector rows = hashes.xxhash64(item, quantity); // int64, of both
        FieldVector digests = hashes.sha256(item); // 64 digits each
        FieldVector sums = hashes.crc32(item)) { // int64
      CRC32 crc = new CRC32();
      crc.update("item 0".getBytes(StandardCharsets.UTF_8));
      assertThat(rows.getNullCount()).isZero();
      assertThat(digests.getObject(0).toString()).hasSize(64);
      assertThat(values(sums).get(0)).isEqualTo(crc.getValue());
    }
  }

  @Test
  void quickStart() {
    try (Kronos kronos = Kronos.open(KronosOptions.fromEnvironment());
        BigIntVector left = new BigIntVector("left", kronos.allocator());
        BigIntVector right = new BigIntVector("right", kronos.allocator())) {
      for (int row = 0; row < 1000; row++) {
        left.setSafe(row, row);
        right.setSafe(row, 1000 - row);
      }
      left.setValueCount(1000);
      right.setValueCount(1000);

      Calculations calculations = new Calculations(kronos);
      try (BigIntVector sums = (BigIntVector) calculations.add(left, right)) {
        System.out.println(sums.get(999)); // 1000
        long total = new Aggregates(kronos).sum(sums).asLong(); // 1000000
        assertThat(total).isEqualTo(1_000_000);
        assertThat(sums.get(999)).isEqualTo(1000);
      }
    }
  }

  @Test
  void arithmetic() {
    Calculations calculations = new Calculations(kronos);
    try (FieldVector more = calculations.add(quantity, Scalar.of(10)); // 10, 11, null, 13
        FieldVector squares = calculations.multiply(quantity, quantity); // 0, 1, null, 9
        FieldVector roots = calculations.sqrt(price);
        FieldVector whole = calculations.floor(price)) { // 0.0, 2.0, 5.0, 7.0
      assertThat(values(more)).containsExactly(10, 11, null, 13);
      assertThat(values(squares)).containsExactly(0, 1, null, 9);
      assertThat(values(roots)).contains(Math.sqrt(2.5));
      assertThat(values(whole)).containsExactly(0.0, 2.0, 5.0, 7.0);
    }
  }

  @Test
  void mathematics() {
    Mathematics mathematics = new Mathematics(kronos);
    try (FieldVector squares = mathematics.power(price, Scalar.of(2.0)); // 0.0, 6.25, 25.0, 56.25
        FieldVector doublings = mathematics.log2(price); // -Infinity, 1.32…, 2.32…, 2.90…
        FieldVector most = mathematics.maxElementWise(quantity, Scalar.of(1)); // 1, 1, 1, 3
        FieldVector tens = mathematics.round(quantity, -1, RoundingMode.HALF_UP)) { // 0, 0, null, 0
      assertThat(values(squares)).containsExactly(0.0, 6.25, 25.0, 56.25);
      assertThat(values(doublings)).startsWith(Double.NEGATIVE_INFINITY, 1.3219280948873624);
      assertThat(values(most)).containsExactly(1, 1, 1, 3);
      assertThat(values(tens)).containsExactly(0, 0, null, 0);
    }
  }

  @Test
  void checkedArithmetic() {
    Calculations calculations = new Calculations(kronos);
    assertThatThrownBy(
            () -> {
              calculations.addChecked(quantity, Scalar.of(Integer.MAX_VALUE));
            })
        .isInstanceOf(KronosException.InvalidArgument.class)
        .hasMessage("row has no result: function=add_checked, row=1, error=OVERFLOW");
  }

  @Test
  void comparison() {
    Comparisons comparisons = new Comparisons(kronos);
    try (FieldVector dear = comparisons.greater(price, Scalar.of(4.0)); // false, false, true, true
        FieldVector same = comparisons.equal(item, Scalar.of("item 1"))) {
      assertThat(values(dear)).containsExactly(false, false, true, true);
      assertThat(values(same)).containsExactly(false, true, false, false);
    }
  }

  @Test
  void logic() {
    Logic logic = new Logic(kronos);
    try (FieldVector some = new Comparisons(kronos).greater(quantity, Scalar.of(0));
        FieldVector dear = new Comparisons(kronos).greater(price, Scalar.of(4.0));
        FieldVector both = logic.and(some, dear); // false, false, null, true
        FieldVector either = logic.orKleene(some, dear); // false, true, true, true
        FieldVector missing = logic.isNull(quantity)) { // false, false, true, false
      assertThat(values(both)).containsExactly(false, false, null, true);
      assertThat(values(either)).containsExactly(false, true, true, true);
      assertThat(values(missing)).containsExactly(false, false, true, false);
    }
  }

  @Test
  void bits() {
    Bits bits = new Bits(kronos);
    try (FieldVector odd = bits.and(quantity, Scalar.of(1)); // 0, 1, null, 1
        FieldVector eightfold = bits.shiftLeft(quantity, Scalar.of(3))) { // 0, 8, null, 24
      assertThat(values(odd)).containsExactly(0, 1, null, 1);
      assertThat(values(eightfold)).containsExactly(0, 8, null, 24);
    }
  }

  @Test
  void choice() {
    Choices choices = new Choices(kronos);
    try (FieldVector known = choices.fillNull(quantity, Scalar.of(0)); // 0, 1, 0, 3
        FieldVector dear = new Comparisons(kronos).greater(price, Scalar.of(4.0));
        FieldVector capped = choices.ifElse(dear, known, quantity)) { // 0, 1, 0, 3
      assertThat(values(known)).containsExactly(0, 1, 0, 3);
      assertThat(values(capped)).containsExactly(0, 1, 0, 3);
    }
  }

  @Test
  void casts() {
    Conversions conversions = new Conversions(kronos);
    try (FieldVector wide = conversions.cast(quantity, DataType.INT64);
        FieldVector cents = conversions.cast(quantity, DataType.decimal(12, 2));
        FieldVector whole = conversions.castUnchecked(price, DataType.INT32)) { // 0, 2, 5, 7
      assertThat(values(wide)).containsExactly(0L, 1L, null, 3L);
      assertThat(cents.getObject(3)).isEqualTo(new BigDecimal("3.00"));
      assertThat(values(whole)).containsExactly(0, 2, 5, 7);
    }
    try (FieldVector texts = conversions.toText(price); // 0.0, 2.5, 5.0, 7.5
        FieldVector read = conversions.parse(texts, DataType.decimal(9, 2)); // 0.00, 2.50, …
        FieldVector none = conversions.parseOrNull(item, DataType.INT32); // all null
        FieldVector exact =
            conversions.decimalWritten(price, DataType.decimal(9, 1))) { // 0.0, 2.5, …
      assertThat(values(texts)).containsExactly("0.0", "2.5", "5.0", "7.5");
      assertThat(read.getObject(1)).isEqualTo(new BigDecimal("2.50"));
      assertThat(none.getNullCount()).isEqualTo(4);
      assertThat(exact.getObject(3)).isEqualTo(new BigDecimal("7.5"));
    }
  }

  @Test
  void selection() {
    Selection selection = new Selection(kronos);
    try (FieldVector dear = new Comparisons(kronos).greater(price, Scalar.of(4.0));
        FieldVector items = selection.filter(item, dear, Selection.NullMask.DROP)) {
      System.out.println(items); // [item 2, item 3]
      assertThat(values(items)).containsExactly("item 2", "item 3");
    }
  }

  @Test
  void take() {
    Selection selection = new Selection(kronos);
    try (IntVector places = new IntVector("places", kronos.allocator())) {
      places.setSafe(0, 3);
      places.setNull(1);
      places.setSafe(2, 0);
      places.setValueCount(3);
      try (FieldVector taken = selection.take(item, places)) {
        System.out.println(taken); // [item 3, null, item 0]
        assertThat(values(taken)).containsExactly("item 3", null, "item 0");
      }
    }
  }

  @Test
  void batches() {
    Selection selection = new Selection(kronos);
    VectorSchemaRoot orders = VectorSchemaRoot.of(item, quantity);
    try (VectorSchemaRoot complete = selection.dropNull(orders)) { // three rows
      assertThat(complete.getRowCount()).isEqualTo(3);
      assertThat(values(complete.getVector(0))).containsExactly("item 0", "item 1", "item 3");
    }
  }

  @Test
  void fused() {
    Expressions rows = Expressions.over(kronos, price, quantity);
    Expression count = Functions.cast(DataType.FLOAT64).of(rows.column("quantity"));
    Expression total = Functions.MULTIPLY.of(rows.column("price"), count);
    Expression dear = Functions.GREATER.of(rows.column("price"), Scalar.of(1.0).literal());
    try (FieldVector totals = rows.evaluate("total", total)) { // 0.0, 2.5, null, 22.5
      assertThat(values(totals)).containsExactly(0.0, 2.5, null, 22.5);
    }
    Scalar sum = rows.where(dear).sum(total); // 25.0, in one kernel over the rows
    assertThat(sum.asDouble()).isEqualTo(25.0);
  }

  @Test
  void severalResults() {
    Expressions rows = Expressions.over(kronos, price, item);
    Expression half = Functions.DIVIDE.of(rows.column("price"), Scalar.of(2.0).literal());
    Expression kept = Functions.GREATER.of(half, Scalar.of(1.5).literal());
    List<FieldVector> results =
        rows.where(kept).evaluate(List.of("half", "item"), List.of(half, rows.column("item")));
    assertThat(values(results.get(0))).containsExactly(2.5, 3.75);
    assertThat(values(results.get(1))).containsExactly("item 2", "item 3");
    results.forEach(FieldVector::close);
  }

  @Test
  void byName() {
    Elementwise elementwise = new Elementwise(kronos);
    try (FieldVector signs = elementwise.call(Functions.SIGN, price)) { // 0.0, 1.0, 1.0, 1.0
      assertThat(values(signs)).containsExactly(0.0, 1.0, 1.0, 1.0);
    }
  }

  @Test
  void aggregates() {
    Aggregates aggregates = new Aggregates(kronos);
    long known = aggregates.count(quantity); // 3
    long different = aggregates.approxCountDistinct(item); // 4
    long sum = aggregates.sum(quantity).asLong(); // 4
    double mean = aggregates.mean(price).asDouble(); // 3.75
    double spread = aggregates.stddev(price, 0).asDouble();
    double tails = aggregates.kurtosis(price).asDouble(); // -1.36
    double together = aggregates.correlation(quantity, price).asDouble(); // 1.0, by three rows
    assertThat(known).isEqualTo(3);
    assertThat(different).isEqualTo(4);
    assertThat(sum).isEqualTo(4);
    assertThat(mean).isEqualTo(3.75);
    assertThat(spread).isPositive();
    assertThat(tails).isCloseTo(-1.36, within(1e-12));
    assertThat(together).isCloseTo(1, within(1e-12));
  }

  @Test
  void groups() {
    Grouping grouping = new Grouping(kronos);
    Bits bits = new Bits(kronos);
    try (FieldVector odd = bits.and(quantity, Scalar.of(1)); // 0, 1, null, 1
        VectorSchemaRoot groups =
            grouping.groupBy(
                List.of(odd), List.of(GroupAggregate.sum(price), GroupAggregate.countAll()))) {
      FieldVector keys = groups.getVector(0); // 0, 1, null
      FieldVector sums = groups.getVector("price_sum"); // 0.0, 10.0, 5.0
      FieldVector rows = groups.getVector("count_all"); // 1, 2, 1
      assertThat(values(keys)).containsExactly(0, 1, null);
      assertThat(values(sums)).containsExactly(0.0, 10.0, 5.0);
      assertThat(values(rows)).containsExactly(1L, 2L, 1L);
    }
  }

  @Test
  void differentValues() {
    Distinct distinct = new Distinct(kronos);
    try (FieldVector unique = distinct.unique(quantity); // 0, 1, null, 3
        VectorSchemaRoot counts = distinct.valueCounts(quantity);
        DictionaryEncoded encoded = distinct.dictionaryEncode(item, NullEncoding.MASK, 1)) {
      IntVector indices = encoded.indices(); // 0, 1, 2, 3
      long known = distinct.countDistinct(quantity, CountMode.ONLY_VALID); // 3
      assertThat(values(unique)).containsExactly(0, 1, null, 3);
      assertThat(values(counts.getVector("counts"))).containsOnly(1L);
      assertThat(values(indices)).containsExactly(0, 1, 2, 3);
      assertThat(known).isEqualTo(3);
    }
  }

  @Test
  void decoding() {
    Distinct distinct = new Distinct(kronos);
    try (DictionaryEncoded encoded = distinct.dictionaryEncode(item, NullEncoding.MASK, 1);
        FieldVector dear = new Comparisons(kronos).greater(price, Scalar.of(4.0));
        FieldVector kept =
            new Selection(kronos).filter(encoded.indices(), dear, Selection.NullMask.DROP);
        FieldVector items = distinct.dictionaryDecode(kept, encoded.dictionary().getVector())) {
      System.out.println(items); // [item 2, item 3]
      assertThat(values(items)).containsExactly("item 2", "item 3");
    }
  }

  @Test
  void dictionaries() {
    try (DictionaryEncoded encoded =
        new Distinct(kronos).dictionaryEncode(item, NullEncoding.MASK, 1)) {
      DictionaryProvider dictionaries = new MapDictionaryProvider(encoded.dictionary());
      Strings strings = new Strings(kronos, dictionaries);
      try (FieldVector upper = strings.utf8Upper(encoded.indices())) { // ITEM 0 to ITEM 3
        assertThat(values(upper)).containsExactly("ITEM 0", "ITEM 1", "ITEM 2", "ITEM 3");
      }
    }
  }

  @Test
  void types() {
    Conversions conversions = new Conversions(kronos);
    Scalar much = new Scalar(DataType.UINT8, 250L);
    try (FieldVector small = conversions.cast(quantity, DataType.UINT8);
        FieldVector sums = new Calculations(kronos).addChecked(small, much); // 250, 251, null, 253
        FieldVector halves = conversions.cast(price, DataType.FLOAT16)) { // 0.0, 2.5, 5.0, 7.5
      Scalar total = new Aggregates(kronos).sum(sums); // 754, a UINT64
      double mean = new Aggregates(kronos).mean(halves).asDouble(); // 3.75
      assertThat(((UInt1Vector) sums).getObjectNoOverflow(3)).isEqualTo((short) 253);
      assertThat(((Float2Vector) halves).getValueAsFloat(1)).isEqualTo(2.5f);
      assertThat(total.type()).isEqualTo(DataType.UINT64);
      assertThat(total.asLong()).isEqualTo(754);
      assertThat(mean).isEqualTo(3.75);
    }
  }

  @Test
  void runningSums() {
    Cumulative cumulative = new Cumulative(kronos);
    try (FieldVector sums = cumulative.sum(quantity, Cumulative.Nulls.SKIP)) { // 0, 1, null, 4
      assertThat(values(sums)).containsExactly(0, 1, null, 4);
    }
  }

  @Test
  void joins() {
    try (VarCharVector name = new VarCharVector("item", kronos.allocator());
        BigIntVector stock = new BigIntVector("stock", kronos.allocator())) {
      int row = 0;
      for (String found : new String[] {"item 3", "item 1", "item 3"}) {
        name.setSafe(row, found.getBytes(StandardCharsets.UTF_8));
        stock.setSafe(row, 100 + row++);
      }
      name.setValueCount(3);
      stock.setValueCount(3);

      JoinSide goods = new JoinSide(List.of(item), List.of(item, price));
      JoinSide shelves = new JoinSide(List.of(name), List.of(stock));
      List<FieldVector> rows = new Joins(kronos).inner(goods, shelves);
      System.out.println(rows.get(0)); // [item 1, item 3, item 3]
      System.out.println(rows.get(2)); // [101, 100, 102]
      assertThat(values(rows.get(0))).containsExactly("item 1", "item 3", "item 3");
      assertThat(values(rows.get(2))).containsExactly(101L, 100L, 102L);
      rows.forEach(FieldVector::close);

      JoinSide orders = JoinSide.of(VectorSchemaRoot.of(item, quantity), "item");
      List<FieldVector> idle = new Joins(kronos).anti(orders, shelves);
      System.out.println(idle.get(0)); // [item 0, item 2]
      assertThat(values(idle.get(0))).containsExactly("item 0", "item 2");
      idle.forEach(FieldVector::close);
    }
  }

  @Test
  void sorted() {
    Sorting sorting = new Sorting(kronos);
    try (FieldVector sorted = sorting.sort(SortKey.descending(quantity))) { // 3, 1, 0, null
      assertThat(values(sorted)).containsExactly(3, 1, 0, null);
    }
  }

  @Test
  void sortedBySeveralKeys() {
    Sorting sorting = new Sorting(kronos);
    SortKey first = new SortKey(quantity, SortOrder.DESCENDING, NullPlacement.AT_START);
    try (IntVector places = sorting.sortIndices(List.of(first, SortKey.ascending(price)));
        FieldVector items = new Selection(kronos).take(item, places)) {
      System.out.println(items); // [item 2, item 3, item 1, item 0]
      assertThat(values(items)).containsExactly("item 2", "item 3", "item 1", "item 0");
    }
  }

  @Test
  void firstFew() {
    Sorting sorting = new Sorting(kronos);
    try (IntVector dearest = sorting.topK(SortKey.descending(price), 2)) { // 3, 2
      assertThat(values(dearest)).containsExactly(3, 2);
    }
  }

  @Test
  void masks() {
    Selection selection = new Selection(kronos);
    try (BitVector mask = (BitVector) new Comparisons(kronos).greater(quantity, Scalar.of(0));
        FieldVector dropped = selection.filter(item, mask, Selection.NullMask.DROP); // 1, 3
        FieldVector kept =
            selection.filter(item, mask, Selection.NullMask.EMIT_NULL)) { // 1, null, 3
      assertThat(values(dropped)).containsExactly("item 1", "item 3");
      assertThat(values(kept)).containsExactly("item 1", null, "item 3");
    }
  }
}
