// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.column.DataType;
import dev.kronos.expression.ErrorMode;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.Layouts;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares registers of distinct values, and unions of them, with those of plain Java. */
@Tag("subgroups")
class DistinctRegistersTest {
  private static final long SEED = 78;
  private static final List<DataType> HASHES =
      List.of(DataType.INT64, DataType.BOOLEAN, DataType.INT32);
  private static final long[] EDGES = {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 32, -2};

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  private static Literal number(int value) {
    return new Literal(DataType.INT32, value);
  }

  private static int words(int precision) {
    return (1 << precision) / 10 + 1;
  }

  /** Makes calls for all words and for what an estimate is made of. */
  private static List<AggregateCall> calls(
      int precision, Expression argument, Expression condition, List<Expression> united) {
    List<AggregateCall> calls = new ArrayList<>();
    for (int word = 0; word < words(precision); word++) {
      List<Expression> others = new ArrayList<>(List.of(number(precision), number(word)));
      others.addAll(united);
      calls.add(call(Function.DISTINCT_WORD, argument, DataType.INT64).others(condition, others));
    }
    List<Expression> others = new ArrayList<>(List.of(number(precision)));
    others.addAll(united);
    calls.add(call(Function.DISTINCT_ZEROS, argument, DataType.INT64).others(condition, others));
    calls.add(
        call(Function.DISTINCT_INVERSE, argument, DataType.FLOAT64).others(condition, others));
    calls.add(new AggregateCall(Function.COUNT, argument, DataType.INT64, ErrorMode.WRAP));
    return calls;
  }

  private record Start(Function function, Expression argument, DataType type) {
    AggregateCall others(Expression condition, List<Expression> others) {
      return new AggregateCall(function, argument, type, ErrorMode.WRAP, condition, others);
    }
  }

  private static Start call(Function function, Expression argument, DataType type) {
    return new Start(function, argument, type);
  }

  /** Makes hashes of which some begin with many zeros behind the bits that choose a register. */
  private static List<Object[]> hashes(int rows, int groups, Random random) {
    List<Object[]> batch = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      long random64 = random.nextLong();
      long few = random64 >>> random.nextInt(60) | random.nextLong() << 58;
      long hash = i < EDGES.length ? EDGES[i] : i % 3 == 0 ? few : random64;
      Integer key = i % 11 == 5 ? null : random.nextInt(groups);
      batch.add(new Object[] {i % 7 == 3 ? null : hash, i % 5 == 0 ? null : i % 3 == 0, key});
    }
    return batch;
  }

  private static AggregateSpec ofHashes(int precision, List<Expression> keys, boolean marked) {
    List<Expression> columns = AggregateRun.columns(HASHES);
    Expression condition = marked ? columns.get(1) : null;
    return new AggregateSpec(
        AggregateRun.source(Layouts.values()[0], HASHES),
        keys,
        calls(precision, columns.get(0), condition, List.of()));
  }

  private static final Expression KEY = AggregateRun.columns(HASHES).get(2);

  @ParameterizedTest
  @ValueSource(ints = {4, 9})
  void registersOfAllRows(int precision) {
    Random random = new Random(SEED);
    for (boolean marked : new boolean[] {false, true}) {
      AggregateSpec spec = ofHashes(precision, List.of(), marked);
      new AggregateRun(open.kronos(), spec).check();
      for (int rows : new int[] {1, 5000}) {
        new AggregateRun(open.kronos(), spec)
            .batch(hashes(rows, 1, random))
            .batch(hashes(100, 1, random))
            .check();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 9})
  void registersOfGroups(int precision) {
    Random random = new Random(SEED);
    for (boolean marked : new boolean[] {false, true}) {
      AggregateSpec spec = ofHashes(precision, List.of(KEY), marked);
      new AggregateRun(open.kronos(), spec).check();
      for (int groups : new int[] {7, 3000}) {
        new AggregateRun(open.kronos(), spec)
            .batch(hashes(257, groups, random))
            .batch(hashes(6000, groups, random))
            .check();
      }
    }
  }

  @Test
  void groupsThatDoNotFitComeInPasses() {
    AggregateRun run = new AggregateRun(open.kronos(), ofHashes(9, List.of(KEY), false));
    Random random = new Random(SEED);
    run.batch(hashes(6000, 4000, random)).batch(hashes(6000, 4000, random));
    assertThat(run.checkInPasses(4L << 20)).isGreaterThan(1);
  }

  /** Lists columns of words, a mark and a key. */
  private static List<DataType> wordTypes(int precision) {
    List<DataType> types = new ArrayList<>();
    for (int i = 0; i < words(precision); i++) {
      types.add(DataType.INT64);
    }
    types.addAll(List.of(DataType.BOOLEAN, DataType.INT32));
    return types;
  }

  private static AggregateSpec ofWords(int precision, boolean grouped, boolean marked) {
    int words = words(precision);
    List<DataType> types = wordTypes(precision);
    List<Expression> columns = AggregateRun.columns(types);
    List<AggregateCall> calls =
        calls(
            precision,
            columns.get(0),
            marked ? columns.get(words) : null,
            columns.subList(1, words));
    return new AggregateSpec(
        AggregateRun.source(Layouts.values()[0], types),
        grouped ? List.of(columns.get(words + 1)) : List.of(),
        calls);
  }

  private static List<Object[]> registers(int precision, int rows, int groups, Random random) {
    List<Object[]> batch = new ArrayList<>();
    int words = words(precision);
    for (int i = 0; i < rows; i++) {
      Object[] row = new Object[words + 2];
      for (int word = 0; word < words; word++) {
        int most = Math.min(10, (1 << precision) - 10 * word);
        long bits = 0;
        for (int k = 0; k < most; k++) {
          bits |= (long) random.nextInt(random.nextInt(8) == 0 ? 62 - precision : 2) << (6 * k);
        }
        row[word] = random.nextInt(9) == 0 ? null : bits;
      }
      row[words] = i % 5 == 0 ? null : i % 3 == 0;
      row[words + 1] = i % 11 == 5 ? null : random.nextInt(groups);
      batch.add(row);
    }
    return batch;
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 9})
  void unions(int precision) {
    Random random = new Random(SEED);
    for (boolean grouped : new boolean[] {false, true}) {
      for (boolean marked : new boolean[] {false, true}) {
        AggregateSpec spec = ofWords(precision, grouped, marked);
        new AggregateRun(open.kronos(), spec)
            .batch(registers(precision, 1, 1, random))
            .batch(registers(precision, 300, 20, random))
            .check();
      }
    }
  }

  @Test
  void unionsOfManyWords() {
    AggregateSpec all = ofWords(11, true, false);
    List<AggregateCall> counts = all.calls().subList(words(11), all.calls().size());
    new AggregateRun(open.kronos(), new AggregateSpec(all.input(), all.keys(), counts))
        .batch(registers(11, 50, 7, new Random(SEED)))
        .check();
  }

  @Test
  void manyWordsAreRefused() {
    assertThat(HashAggregate.unsupported(ofHashes(11, List.of(KEY), true))).isEmpty();
    assertThat(HashAggregate.unsupported(ofHashes(12, List.of(), false)))
        .contains("more than 210 words of registers of distinct values a group");
  }

  @Test
  void whatDoesNotFitIsRefused() {
    Expression hash = AggregateRun.columns(HASHES).get(0);
    List<List<Expression>> wrong =
        List.of(
            List.of(),
            List.of(number(9)),
            List.of(number(3), number(0)),
            List.of(number(27), number(0)),
            List.of(number(9), number(52)),
            List.of(number(9), number(-1)),
            List.of(number(9), hash),
            List.of(number(4), number(0), hash, hash));
    for (List<Expression> others : wrong) {
      assertThatThrownBy(
              () -> call(Function.DISTINCT_WORD, hash, DataType.INT64).others(null, others))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
