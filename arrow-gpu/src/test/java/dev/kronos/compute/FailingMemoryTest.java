// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.arrow.ImportedBatches;
import dev.kronos.arrow.Imports;
import dev.kronos.column.DataType;
import dev.kronos.expression.Expression;
import dev.kronos.memory.Pool;
import dev.kronos.operator.sort.NullPlacement;
import dev.kronos.operator.sort.SortOrder;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.LargeVarCharVector;
import org.apache.arrow.vector.UInt4Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes memory away from functions of every family at each of their requests, over operands that
 * the device reads in place and over others, which are copied first.
 */
@Tag("once")
class FailingMemoryTest {
  private static final int ROWS = 700;

  private static final Map<String, Function<Operands, Object>> CALLS = new TreeMap<>();

  private static OpenKronos open;
  private static BufferAllocator foreign;
  private static Operands inPlace;
  private static Operands copied;

  /** Holds vectors of one length, nulls among all but the numbers for products. */
  private record Operands(
      FieldVector longs,
      FieldVector ints,
      FieldVector places,
      FieldVector doubles,
      FieldVector floats,
      FieldVector decimals,
      FieldVector texts,
      FieldVector large,
      FieldVector mask) {

    static Operands of(BufferAllocator allocator) {
      BigIntVector longs = new BigIntVector("longs", allocator);
      IntVector ints = new IntVector("ints", allocator);
      UInt4Vector places = new UInt4Vector("places", allocator);
      Float8Vector doubles = new Float8Vector("doubles", allocator);
      Float4Vector floats = new Float4Vector("floats", allocator);
      DecimalVector decimals = new DecimalVector("decimals", allocator, 20, 2);
      VarCharVector texts = new VarCharVector("texts", allocator);
      LargeVarCharVector large = new LargeVarCharVector("large", allocator);
      BitVector mask = new BitVector("mask", allocator);
      for (int row = 0; row < ROWS; row++) {
        floats.setSafe(row, row % 13 - 6);
        places.setSafe(row, (row * 7) % ROWS);
        if (row % 11 != 5) {
          longs.setSafe(row, row * 1_000_003L % 97);
          ints.setSafe(row, row % 37);
          doubles.setSafe(row, row * 0.37 - 100);
          decimals.setSafe(row, BigDecimal.valueOf(row * 31L, 2));
          byte[] text = ("größe " + row % 41).getBytes(StandardCharsets.UTF_8);
          texts.setSafe(row, text);
          large.setSafe(row, text);
          mask.setSafe(row, row % 3 == 0 ? 0 : 1);
        }
      }
      Operands made =
          new Operands(longs, ints, places, doubles, floats, decimals, texts, large, mask);
      made.all().forEach(vector -> vector.setValueCount(ROWS));
      return made;
    }

    List<FieldVector> all() {
      return List.of(longs, ints, places, doubles, floats, decimals, texts, large, mask);
    }

    JoinSide left() {
      return new JoinSide(List.of(texts), List.of(texts, longs, mask));
    }

    JoinSide right() {
      return new JoinSide(List.of(texts), List.of(texts, doubles));
    }
  }

  private static Kronos kronos() {
    return open.kronos();
  }

  @BeforeAll
  static void openDevice() {
    open = new OpenKronos();
    foreign = new RootAllocator();
    inPlace = Operands.of(kronos().allocator());
    copied = Operands.of(foreign);
    rows();
    selections();
    orders();
    groups();
    reductions();
  }

  @AfterAll
  static void closeDevice() {
    inPlace.all().forEach(FieldVector::close);
    copied.all().forEach(FieldVector::close);
    foreign.close();
    open.close();
  }

  private static void rows() {
    Calculations numbers = new Calculations(kronos());
    Strings strings = new Strings(kronos());
    CALLS.put("add", of -> numbers.add(of.longs, of.longs));
    CALLS.put("add decimals", of -> numbers.addChecked(of.decimals, of.decimals));
    CALLS.put("less texts", of -> new Comparisons(kronos()).less(of.texts, of.texts));
    CALLS.put("or kleene", of -> new Logic(kronos()).orKleene(of.mask, of.mask));
    CALLS.put("shift", of -> new Bits(kronos()).shiftLeft(of.ints, of.ints));
    CALLS.put("cast", of -> new Conversions(kronos()).cast(of.ints, DataType.FLOAT16));
    CALLS.put("upper", of -> strings.utf8Upper(of.texts));
    CALLS.put("reverse", of -> strings.utf8Reverse(of.texts));
    CALLS.put("starts with", of -> strings.startsWith(of.texts, of.texts));
    CALLS.put("if else", of -> new Choices(kronos()).ifElse(of.mask, of.texts, of.texts));
    CALLS.put("expression", FailingMemoryTest::expression);
    CALLS.put("reduced expression", FailingMemoryTest::reduced);
  }

  private static Object expression(Operands of) {
    Expressions rows = Expressions.over(kronos(), of.longs, of.doubles, of.mask);
    Expression sum = Functions.ADD.of(rows.column("longs"), rows.column("longs"));
    return rows.where(rows.column("mask"))
        .evaluate(List.of("sum", "doubles"), List.of(sum, rows.column("doubles")));
  }

  private static Object reduced(Operands of) {
    Expressions rows = Expressions.over(kronos(), of.doubles, of.mask);
    return rows.where(rows.column("mask")).mean(rows.column("doubles"));
  }

  private static void selections() {
    Selection selection = new Selection(kronos());
    CALLS.put("filter", of -> selection.filter(of.texts, of.mask, Selection.NullMask.DROP));
    CALLS.put(
        "filter to nulls", of -> selection.filter(of.longs, of.mask, Selection.NullMask.EMIT_NULL));
    CALLS.put("take large texts", of -> selection.take(of.large, of.ints));
    CALLS.put("take texts", of -> selection.take(of.texts, of.ints));
    CALLS.put("take by unsigned", of -> selection.take(of.decimals, of.places));
    CALLS.put("drop null", of -> selection.dropNull(of.texts));
  }

  private static void orders() {
    Sorting sorting = new Sorting(kronos());
    Cumulative cumulative = new Cumulative(kronos());
    CALLS.put("sort numbers", of -> sorting.sort(SortKey.descending(of.doubles)));
    CALLS.put("sort texts", of -> sorting.sort(SortKey.ascending(of.texts)));
    CALLS.put("sort unsigned", of -> sorting.sort(SortKey.ascending(of.places)));
    SortOrder down = SortOrder.DESCENDING;
    CALLS.put(
        "sort indices",
        of ->
            sorting.sortIndices(
                List.of(
                    new SortKey(of.mask, down, NullPlacement.AT_START),
                    SortKey.ascending(of.longs))));
    CALLS.put("top k", of -> sorting.topK(SortKey.ascending(of.floats), 5));
    CALLS.put("top k with nulls", of -> sorting.topK(SortKey.ascending(of.longs), 5));
    for (FieldVector vector :
        List.of(inPlace.longs, inPlace.doubles, inPlace.floats, inPlace.decimals)) {
      int place = inPlace.all().indexOf(vector);
      String name = vector.getName();
      CALLS.put(
          "running sum of " + name,
          of -> cumulative.sum(of.all().get(place), Cumulative.Nulls.SKIP));
      CALLS.put(
          "running min before of " + name,
          of -> cumulative.minBefore(of.all().get(place), Cumulative.Nulls.SPREAD));
    }
  }

  private static void groups() {
    Grouping grouping = new Grouping(kronos());
    Distinct distinct = new Distinct(kronos());
    Joins joins = new Joins(kronos());
    CALLS.put(
        "group by",
        of ->
            grouping.groupBy(
                List.of(of.texts, of.mask),
                List.of(GroupAggregate.sum(of.doubles), GroupAggregate.min(of.longs))));
    CALLS.put(
        "group by with pairs and estimates",
        of ->
            grouping.groupBy(
                List.of(of.ints),
                List.of(
                    GroupAggregate.covariance(of.doubles, of.longs, 1),
                    GroupAggregate.approxCountDistinct(of.texts))));
    CALLS.put(
        "group by in passes",
        of ->
            grouping.groupBy(
                List.of(of.ints),
                List.of(
                    GroupAggregate.variance(of.doubles, 1),
                    GroupAggregate.countDistinct(of.texts, CountMode.ALL))));
    CALLS.put("unique", of -> distinct.unique(of.texts));
    CALLS.put("value counts", of -> distinct.valueCounts(of.longs));
    CALLS.put("count distinct", of -> distinct.countDistinct(of.texts, CountMode.ALL));
    CALLS.put("encode", of -> distinct.dictionaryEncode(of.texts, NullEncoding.MASK, 1));
    CALLS.put("decode", of -> distinct.dictionaryDecode(of.ints, of.texts));
    CALLS.put("inner join", of -> joins.inner(of.left(), of.right()));
    CALLS.put("left join", of -> joins.left(of.left(), of.right()));
    CALLS.put("right join", of -> joins.right(of.left(), of.right()));
    CALLS.put("full join", of -> joins.full(of.left(), of.right()));
    CALLS.put("semi join", of -> joins.semi(of.left(), of.right()));
    CALLS.put("anti join", of -> joins.anti(of.left(), of.right()));
  }

  private static void reductions() {
    Aggregates aggregates = new Aggregates(kronos());
    LinearAlgebra algebra = new LinearAlgebra(kronos());
    CALLS.put("count", of -> aggregates.count(of.texts));
    CALLS.put("sum of doubles", of -> aggregates.sum(of.doubles));
    CALLS.put("sum of decimals", of -> aggregates.sum(of.decimals));
    CALLS.put("max", of -> aggregates.max(of.longs));
    CALLS.put("any", of -> aggregates.any(of.mask));
    CALLS.put("skew", of -> aggregates.skew(of.doubles));
    CALLS.put("correlation", of -> aggregates.correlation(of.doubles, of.longs));
    CALLS.put("estimate", of -> aggregates.approxCountDistinct(of.texts));
    CALLS.put("stddev", of -> aggregates.stddev(of.doubles, 1));
    CALLS.put(
        "product",
        of -> algebra.matmul(Matrix.of(of.floats, 20, 35), Matrix.of(of.floats, 35, 20)));
    CALLS.put(
        "transposed product",
        of ->
            algebra.matmul(
                Matrix.of(of.floats, 20, 35), Matrix.of(of.floats, 20, 35).transposed()));
    CALLS.put("axpy", of -> algebra.axpy(Scalar.of(2.0), of.doubles, of.doubles));
    CALLS.put("dot", of -> algebra.dot(of.floats, of.floats));
  }

  static Stream<String> calls() {
    return CALLS.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("calls")
  void operandsInPlace(String name) {
    check(name, inPlace);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void operandsThatAreCopied(String name) {
    check(name, copied);
  }

  private static void check(String name, Operands operands) {
    FailingMemory contract = new FailingMemory(kronos(), operands.all());
    int requests = contract.check(() -> CALLS.get(name).apply(operands));
    assertThat(requests).as("requests of %s", name).isPositive();
  }

  /** Imports say what Arrow says where its allocators have no room. */
  private static Object imported(FieldVector vector) {
    try {
      return new Imports(kronos()).from(vector).vector();
    } catch (OutOfMemoryException e) {
      throw new KronosException.Exhausted(e.getMessage(), e);
    }
  }

  @Test
  void vectorsThatAreBroughtIn() {
    FailingMemory contract = new FailingMemory(kronos(), copied.all());
    for (FieldVector vector : copied.all()) {
      assertThat(contract.check(() -> imported(vector))).isBetween(2, 3);
    }
  }

  private static Object streamed(byte[] bytes) {
    try (ImportedBatches batches = new Imports(kronos()).from(new ByteArrayInputStream(bytes))) {
      return batches.next().batch();
    } catch (OutOfMemoryException e) {
      throw new KronosException.Exhausted(e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void streamsThatAreBroughtIn() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    VectorSchemaRoot batch = VectorSchemaRoot.of(copied.all().toArray(new FieldVector[0]));
    try (ArrowStreamWriter writer =
        new ArrowStreamWriter(batch, null, Channels.newChannel(bytes))) {
      writer.writeBatch();
    }
    FailingMemory contract = new FailingMemory(kronos(), copied.all());
    assertThat(contract.check(() -> streamed(bytes.toByteArray()))).isPositive();
  }

  /** A call that keeps what it asked for is found out. */
  @Test
  void leaksAreSeen() {
    FailingMemory contract = new FailingMemory(kronos(), inPlace.all());
    try (Leak leak = new Leak()) {
      assertThatThrownBy(() -> contract.check(leak::call)).isInstanceOf(AssertionError.class);
    }
  }

  /** Keeps a buffer of the first of two requests where the second one fails. */
  private static final class Leak implements AutoCloseable {
    private AutoCloseable kept = () -> {};

    String call() {
      var first = kronos().memory().allocate(Pool.DEVICE, 64);
      try (var second = kronos().memory().allocate(Pool.DEVICE, 64)) {
        first.close();
        return "done " + second.sizeBytes();
      } catch (KronosException.Exhausted e) {
        kept = first;
        throw e;
      }
    }

    @Override
    public void close() {
      try {
        kept.close();
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
