// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Indices and dictionaries of every form, right and wrong; what functions make of the values. */
class DictionaryOperandsTest {
  private static final List<Object> COLOURS =
      Arrays.asList(Utf8.of("grün"), null, Utf8.of("rot"), Utf8.of(""));

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private final List<FieldVector> vectors = new ArrayList<>();
  private final MapDictionaryProvider dictionaries = new MapDictionaryProvider();
  private long buffers;
  private long bytes;

  private static Kronos kronos() {
    return open.kronos();
  }

  @BeforeEach
  void remember() {
    buffers = OpenKronos.heldBuffers(kronos());
    bytes = kronos().allocator().getAllocatedMemory();
  }

  @AfterEach
  void nothingIsLeft() {
    vectors.forEach(FieldVector::close);
    assertThat(OpenKronos.heldBuffers(kronos())).isEqualTo(buffers);
    assertThat(kronos().allocator().getAllocatedMemory()).isEqualTo(bytes);
  }

  private void dictionary(long id, DataType type, List<?> values) {
    FieldVector vector = ArrowVectors.of("values", type, values, kronos().allocator());
    vectors.add(vector);
    dictionaries.put(new Dictionary(vector, new DictionaryEncoding(id, false, null)));
  }

  private FieldVector indices(String name, long id, DataType type, Integer... places) {
    FieldType field =
        new FieldType(true, ArrowColumns.arrowType(type), new DictionaryEncoding(id, false, null));
    FieldVector vector = new Field(name, field, null).createVector(kronos().allocator());
    vectors.add(vector);
    vector.setInitialCapacity(places.length);
    vector.allocateNew();
    for (int row = 0; row < places.length; row++) {
      // What lies under a null is not looked at.
      ((BaseIntVector) vector).setWithPossibleTruncate(row, places[row] == null ? 99 : places[row]);
      if (places[row] == null) {
        vector.setNull(row);
      }
    }
    vector.setValueCount(places.length);
    return vector;
  }

  private List<Object> values(FieldVector result) {
    try (result) {
      return ArrowVectors.read(result);
    }
  }

  @Test
  void nullsComeOfIndicesAndOfDictionaries() {
    dictionary(1, DataType.STRING, COLOURS);
    for (DataType type : EncodedColumn.INDEX_TYPES) {
      FieldVector colour = indices("colour", 1, type, 0, null, 1, 2, 3, 0);
      Strings strings = new Strings(kronos(), dictionaries);
      assertThat(values(strings.utf8Length(colour))).containsExactly(4, null, null, 3, 0, 4);
      assertThat(values(new Logic(kronos(), dictionaries).isNull(colour)))
          .containsExactly(false, true, true, false, false, false);
      assertThat(new Aggregates(kronos(), dictionaries).count(colour)).isEqualTo(4);
    }
  }

  @Test
  void differentDictionariesAreComparedByTheirValues() {
    dictionary(1, DataType.STRING, COLOURS);
    dictionary(2, DataType.STRING, List.of(Utf8.of("rot"), Utf8.of("grün")));
    FieldVector left = indices("left", 1, DataType.UINT8, 0, 2, 2, 1, null);
    FieldVector right = indices("right", 2, DataType.INT64, 1, 0, 1, 0, 0);
    assertThat(values(new Comparisons(kronos(), dictionaries).equal(left, right)))
        .containsExactly(true, true, false, null, null);
    JoinSide one = new JoinSide(List.of(left), List.of(left));
    JoinSide other = new JoinSide(List.of(right), List.of());
    List<FieldVector> joined = new Joins(kronos(), dictionaries).inner(one, other);
    assertThat(values(joined.get(0)))
        .containsExactly(
            Utf8.of("grün"),
            Utf8.of("grün"),
            Utf8.of("rot"),
            Utf8.of("rot"),
            Utf8.of("rot"),
            Utf8.of("rot"),
            Utf8.of("rot"),
            Utf8.of("rot"));
  }

  /** Sources number their dictionaries as they like: tables are made with one's own. */
  @Test
  void tablesHaveDictionariesOfTheirOwn() {
    dictionary(1, DataType.STRING, COLOURS);
    MapDictionaryProvider others = new MapDictionaryProvider();
    try (FieldVector words =
        ArrowVectors.of(
            "w", DataType.STRING, List.of(Utf8.of("rot"), Utf8.of("grün")), kronos().allocator())) {
      others.put(new Dictionary(words, new DictionaryEncoding(1, false, null)));
      FieldVector mine = indices("colour", 1, DataType.INT8, 0, 2, 3, 1);
      FieldVector theirs = indices("colour", 1, DataType.INT32, 1, 1, 0);
      try (DeviceTable left = DeviceTable.of(kronos(), dictionaries, mine);
          DeviceTable right = DeviceTable.of(kronos(), others, VectorSchemaRoot.of(theirs));
          DeviceTable joined = left.inner(right, "colour");
          VectorSchemaRoot rows = joined.read()) {
        assertThat(left.fields().get(0).getType()).isEqualTo(words.getField().getType());
        assertThat(ArrowVectors.read(rows.getVector(0)))
            .containsExactly(Utf8.of("grün"), Utf8.of("grün"), Utf8.of("rot"));
      }
    }
  }

  @Test
  void expressionsSeeValues() {
    dictionary(1, DataType.INT64, Arrays.asList(5L, null, Long.MAX_VALUE));
    FieldVector price = indices("price", 1, DataType.INT16, 0, 1, 2, null, 0);
    Expressions rows = Expressions.over(kronos(), dictionaries, price);
    assertThat(rows.column("price").type()).isEqualTo(DataType.INT64);
    assertThat(values(rows.evaluate("twice", Functions.ADD.of(rows.column(0), rows.column(0)))))
        .containsExactly(10L, null, -2L, null, 10L);
    Expressions some = rows.where(Functions.LESS.of(rows.column(0), Scalar.of(6L).literal()));
    assertThat(some.sum(some.column(0)).asLong()).isEqualTo(10);
    assertThatThrownBy(
            () -> rows.evaluate("x", Functions.ADD_CHECKED.of(rows.column(0), rows.column(0))))
        .hasMessage("row has no result: function=x, row=2, error=OVERFLOW");
  }

  @Test
  void emptyDictionariesServeNulls() {
    dictionary(1, DataType.STRING, List.of());
    FieldVector nulls = indices("n", 1, DataType.INT32, null, null);
    FieldVector none = indices("n", 1, DataType.INT32);
    FieldVector zero = indices("n", 1, DataType.INT32, null, 0);
    Distinct distinct = new Distinct(kronos(), dictionaries);
    assertThat(values(distinct.unique(nulls))).containsExactly((Object) null);
    assertThat(values(distinct.unique(none))).isEmpty();
    refused(
        KronosException.InvalidArgument.class,
        "dictionary index is out of range: vector=n, row=1, index=0, size=0",
        () -> distinct.unique(zero));
  }

  @Test
  void indicesOutOfRangeAreNamed() {
    dictionary(1, DataType.STRING, COLOURS);
    for (DataType type : EncodedColumn.INDEX_TYPES) {
      Integer[] places = new Integer[700];
      Arrays.fill(places, 3);
      places[20] = null;
      places[600] = 4;
      FieldVector beyond = indices("v", 1, type, places);
      places[600] = -1;
      FieldVector below = indices("v", 1, type, places);
      String negative = type.isUnsigned() ? unsignedMax(type) : "-1";
      List<ThrowingCallable> calls =
          List.of(
              () -> new Strings(kronos(), dictionaries).utf8Upper(beyond),
              () -> new Strings(kronos(), dictionaries).utf8Upper(below));
      for (int i = 0; i < calls.size(); i++) {
        refused(
            KronosException.InvalidArgument.class,
            "dictionary index is out of range: vector=v, row=600, index="
                + (i == 0 ? "4" : negative)
                + ", size=4",
            calls.get(i));
      }
    }
  }

  private static String unsignedMax(DataType type) {
    return switch (type.kind()) {
      case UINT8 -> "255";
      case UINT16 -> "65535";
      case UINT32 -> "4294967295";
      default -> "18446744073709551615";
    };
  }

  private void refused(
      Class<? extends KronosException> type, String message, ThrowingCallable call) {
    long held = OpenKronos.heldBuffers(kronos());
    long heldBytes = kronos().allocator().getAllocatedMemory();
    assertThatThrownBy(call).isInstanceOf(type).hasMessageStartingWith(message);
    assertThat(OpenKronos.heldBuffers(kronos())).isEqualTo(held);
    assertThat(kronos().allocator().getAllocatedMemory()).isEqualTo(heldBytes);
  }

  /** What was decoded before the operand that fails is given back. */
  @Test
  void dictionariesThatAreNoneAreNamed() {
    dictionary(1, DataType.INT32, List.of(4, 5));
    FieldVector nested = indices("nested", 1, DataType.INT32, 0, 1);
    dictionaries.put(new Dictionary(nested, new DictionaryEncoding(2, false, null)));
    FieldVector good = indices("good", 1, DataType.INT32, 0, 1);
    FieldVector twice = indices("twice", 2, DataType.INT32, 0, 1);
    FieldVector lost = indices("lost", 3, DataType.INT32, 0, 1);
    Calculations numbers = new Calculations(kronos(), dictionaries);
    refused(
        KronosException.Unsupported.class,
        "dictionary is dictionary-encoded itself: vector=twice",
        () -> numbers.add(good, twice));
    refused(
        KronosException.InvalidArgument.class,
        "no such dictionary: vector=lost",
        () -> numbers.add(good, lost));
    refused(
        KronosException.InvalidArgument.class,
        "no such dictionary: vector=lost",
        () -> Expressions.over(kronos(), dictionaries, good, lost));
    refused(
        KronosException.InvalidArgument.class,
        "no such dictionary: vector=lost",
        () -> DeviceTable.of(kronos(), dictionaries, good, lost));
    assertThat(values(numbers.add(good, Scalar.of(1)))).containsExactly(5, 6);
  }

  /** An operand that comes twice is one, and stays one: keys that are values are there once. */
  @Test
  void operandsMayComeTwice() {
    dictionary(1, DataType.INT32, Arrays.asList(7, 9, null));
    FieldVector key = indices("key", 1, DataType.UINT16, 0, 1, 0, 2, null);
    try (VectorSchemaRoot groups =
        new Grouping(kronos(), dictionaries)
            .groupBy(
                List.of(key),
                List.of(
                    GroupAggregate.sum(key), GroupAggregate.max(key), GroupAggregate.countAll()))) {
      assertThat(ArrowVectors.read(groups.getVector("key"))).containsExactly(7, 9, null);
      assertThat(ArrowVectors.read(groups.getVector("key_sum"))).containsExactly(14L, 9L, null);
      assertThat(ArrowVectors.read(groups.getVector("key_max"))).containsExactly(7, 9, null);
      assertThat(ArrowVectors.read(groups.getVector("count_all"))).containsExactly(2L, 1L, 2L);
    }
  }

  /** Large strings, and values that functions only move. */
  @Test
  void dictionariesAreOfAnyLayout() {
    List<Field> fields =
        List.of(
            new Field("large", FieldType.nullable(ArrowType.LargeUtf8.INSTANCE), null),
            new Field(
                "nanos",
                FieldType.notNullable(new ArrowType.Timestamp(TimeUnit.NANOSECOND, "UTC")),
                null));
    List<FieldVector> known =
        RetypedVectors.of(
            List.of(
                ArrowVectors.of("s", DataType.STRING, COLOURS, kronos().allocator()),
                ArrowVectors.of("n", DataType.INT64, List.of(8L, -9L), kronos().allocator())),
            fields,
            kronos().allocator());
    vectors.addAll(known);
    for (int i = 0; i < 2; i++) {
      dictionaries.put(new Dictionary(known.get(i), new DictionaryEncoding(i, false, null)));
    }
    FieldVector colour = indices("colour", 0, DataType.INT8, 2, null, 1, 3);
    FieldVector time = indices("time", 1, DataType.UINT32, 1, 0, null, 1);
    try (VectorSchemaRoot batch = new VectorSchemaRoot(List.of(colour, time));
        VectorSchemaRoot decoded = new Distinct(kronos()).dictionaryDecode(batch, dictionaries);
        DeviceTable table = DeviceTable.of(kronos(), dictionaries, batch);
        VectorSchemaRoot read = table.read();
        FieldVector upper = new Strings(kronos(), dictionaries).utf8Upper(colour);
        FieldVector kept = new Selection(kronos(), dictionaries).dropNull(time)) {
      assertThat(read.getSchema()).isEqualTo(decoded.getSchema());
      for (int i = 0; i < 2; i++) {
        assertThat(read.getVector(i).getField().getType()).isEqualTo(fields.get(i).getType());
        assertThat(ArrowVectors.bytes(read.getVector(i)))
            .isEqualTo(ArrowVectors.bytes(decoded.getVector(i)));
      }
      assertThat(ArrowVectors.read(upper)).containsExactly(Utf8.of("ROT"), null, null, Utf8.of(""));
      assertThat(kept.getObject(0)).isEqualTo(-9L);
      assertThat(kept.getValueCount()).isEqualTo(3);
    }
  }

  @Test
  void requestsMayFail() {
    dictionary(1, DataType.STRING, COLOURS);
    dictionary(2, DataType.INT64, Arrays.asList(3L, null, -4L));
    List<Integer> places = new ArrayList<>(Collections.nCopies(300, 2));
    places.set(7, null);
    places.set(8, 0);
    Integer[] rows = places.toArray(Integer[]::new);
    FieldVector colour = indices("colour", 1, DataType.UINT8, rows);
    FieldVector price = indices("price", 2, DataType.INT32, rows);
    FailingMemory contract = new FailingMemory(kronos(), vectors);
    JoinSide side = new JoinSide(List.of(colour), List.of(price));
    Strings strings = new Strings(kronos(), dictionaries);
    Grouping grouping = new Grouping(kronos(), dictionaries);
    Aggregates aggregates = new Aggregates(kronos(), dictionaries);
    assertThat(contract.check(() -> strings.endsWith(colour, colour))).isPositive();
    assertThat(contract.check(() -> aggregates.sum(price))).isPositive();
    assertThat(contract.check(() -> new Joins(kronos(), dictionaries).semi(side, side)))
        .isPositive();
    assertThat(
            contract.check(
                () -> grouping.groupBy(List.of(colour), List.of(GroupAggregate.sum(price)))))
        .isPositive();
    assertThat(contract.check(() -> table(colour, price))).isPositive();
  }

  private Object table(FieldVector... columns) {
    try (DeviceTable table = DeviceTable.of(kronos(), dictionaries, columns)) {
      return table.read();
    }
  }
}
