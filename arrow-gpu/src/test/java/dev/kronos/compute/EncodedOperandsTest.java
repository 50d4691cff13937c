// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kronos.DeviceExtension;
import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.OpenKronos;
import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import dev.kronos.operator.TestedTypes;
import java.lang.reflect.Method;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every function that the catalogue lists gives of dictionary-encoded operands what it gives of
 * plain ones, or fails in the same way; on each type that it takes, bit by bit.
 */
@Tag("once")
class EncodedOperandsTest {
  private static final long SEED = Long.getLong("kronos.test.seed", new Random().nextLong());

  /** Decodes operands itself. */
  private static final String DECODING = "Distinct.dictionaryDecode";

  @RegisterExtension static final DeviceExtension open = new DeviceExtension();

  /** Functions of matching methods alone, for work on them. */
  private static final String ONLY = System.getProperty("kronos.test.methods", ".*");

  static Stream<FunctionCatalogue.Entry> entries() {
    return FunctionCatalogue.families().stream()
        .flatMap(family -> family.entries().stream())
        .filter(entry -> entry.method().matches(ONLY))
        .filter(entry -> !entry.method().equals(DECODING));
  }

  private static Kronos kronos() {
    return open.kronos();
  }

  @ParameterizedTest
  @MethodSource("entries")
  void encodedOperandsAreTheirValues(FunctionCatalogue.Entry entry) {
    List<DataType> types =
        NastyRows.TYPES.stream().filter(type -> entry.kinds().contains(type.kind())).toList();
    TestedTypes.ofEachStorage(types).forEach(type -> checkType(entry, type));
  }

  private static void checkType(FunctionCatalogue.Entry entry, DataType type) {
    boolean nulls = !entry.method().equals("LinearAlgebra.matmul");
    List<Object> nasty = NastyRows.columns(List.of(type), 100, NastyRows.Nulls.SOME, SEED).get(0);
    List<Method> methods = CatalogueCalls.methods(entry.method());
    Set<Method> successes = new HashSet<>(check(methods, type, nasty, nulls));
    successes.addAll(check(methods, type, List.of(), nulls));
    if (!successes.containsAll(methods)) {
      successes.addAll(check(methods, type, tame(type, nasty), nulls));
    }
    if (!type.isDecimal()) {
      assertThat(successes).containsAll(methods);
    }
  }

  /** Returns the methods that had results. */
  private static List<Method> check(
      List<Method> methods, DataType type, List<Object> values, boolean nulls) {
    List<Object> known = nulls ? values : values.stream().filter(Objects::nonNull).toList();
    try (Columns columns = new Columns(type, known, nulls, known.isEmpty() ? 0 : 257)) {
      return methods.stream().filter(columns::check).toList();
    }
  }

  /** Values of a dictionary that is another's are seen, and so are indices in place of values. */
  @Test
  void otherValuesFail() {
    Method unique = CatalogueCalls.methods("Distinct.unique").get(0);
    List<Object> known = List.of(1, 2, 3);
    try (Columns columns = new Columns(DataType.INT32, known, true, 257)) {
      assertThat(columns.check(unique)).isTrue();
      EncodedColumn first = columns.values.get(0);
      Dictionary other = new Dictionary(columns.flags.plain(), first.dictionary().getEncoding());
      Function<Class<?>, Object> wrong = instances(new MapDictionaryProvider(other));
      for (Function<Class<?>, Object> instances : List.of(wrong, plainInstances())) {
        assertThatThrownBy(() -> columns.check(unique, instances))
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("Distinct.unique");
      }
    }
  }

  /** Few small numbers and years, of which most functions have results. */
  private static List<Object> tame(DataType type, List<Object> nasty) {
    List<Object> values = new ArrayList<>();
    for (int i = 1; i < 9; i++) {
      values.add(
          switch (type.kind()) {
            case FLOAT32 -> (Object) (float) i;
            case FLOAT64 -> (Object) (double) i;
            case DECIMAL -> BigInteger.valueOf(i);
            case DATE -> (Object) i;
            case STRING -> Utf8.of("200" + i);
            case BOOLEAN, BINARY, FLOAT16 -> nasty.get(i);
            default -> ArrowOracle.box(type, i);
          });
    }
    values.add(null);
    return values;
  }

  /** Holds the operands of calls, encoded and plain. */
  private static final class Columns implements AutoCloseable {
    private final List<EncodedColumn> values = new ArrayList<>();
    private final EncodedColumn flags;
    private final EncodedColumn places;
    private final DataType type;
    private final int choice;

    Columns(DataType type, List<Object> known, boolean nulls, int rows) {
      Random random = new Random(SEED);
      this.type = type;
      this.choice = random.nextInt(3);
      for (int i = 0; i < 3; i++) {
        int id = NastyRows.TYPES.indexOf(type) + i;
        values.add(column(new EncodedColumn.Spec(id, type, known, nulls), rows, random));
      }
      List<Object> booleans = Arrays.asList(true, null, false, true);
      flags = column(new EncodedColumn.Spec(60, DataType.BOOLEAN, booleans, true), rows, random);
      List<Object> valid = List.of(0, 3, 256, 17);
      places = column(new EncodedColumn.Spec(61, DataType.INT32, valid, true), rows, random);
    }

    private static EncodedColumn column(EncodedColumn.Spec spec, int rows, Random random) {
      return EncodedColumn.of(spec, rows, kronos().allocator(), random);
    }

    private List<EncodedColumn> all() {
      List<EncodedColumn> all = new ArrayList<>(values);
      all.addAll(List.of(flags, places));
      return all;
    }

    private CatalogueCalls.Arguments arguments(Function<EncodedColumn, FieldVector> form) {
      List<Object> constants = ArrowVectors.read(values.get(0).plain());
      int first = 0;
      while (first < constants.size() && constants.get(first) == null) {
        first++;
      }
      boolean none = first == constants.size();
      Scalar constant =
          none ? new Scalar(type, null) : ScalarReader.read(values.get(0).plain(), first);
      return new CatalogueCalls.Arguments(
          values.stream().map(form).toList(),
          form.apply(flags),
          form.apply(places),
          constant,
          choice);
    }

    /** Returns whether there was a result, not the same failure twice. */
    boolean check(Method method) {
      return check(
          method,
          instances(
              new MapDictionaryProvider(
                  all().stream().map(EncodedColumn::dictionary).toArray(Dictionary[]::new))));
    }

    boolean check(Method method, Function<Class<?>, Object> ofEncoded) {
      List<Object> before = state();
      Object expected = outcome(method, plainInstances(), arguments(EncodedColumn::plain));
      Object found = outcome(method, ofEncoded, arguments(EncodedColumn::indices));
      assertThat(found)
          .as("%s of %s, -Dkronos.test.seed=%s", method, type, SEED)
          .isEqualTo(expected);
      assertThat(state()).as("%s of %s", method, type).isEqualTo(before);
      return !(expected instanceof String);
    }

    /** Says what operands are, and what is held. */
    private List<Object> state() {
      List<Object> state = new ArrayList<>();
      for (EncodedColumn column : all()) {
        state.add(ArrowVectors.bytes(column.indices()));
        state.add(ArrowVectors.bytes(column.dictionary().getVector()));
      }
      state.add(OpenKronos.heldBuffers(kronos()));
      state.add(kronos().allocator().getAllocatedMemory());
      return state;
    }

    @Override
    public void close() {
      all().forEach(EncodedColumn::close);
    }
  }

  private static Function<Class<?>, Object> plainInstances() {
    return type -> instance(type, new Class<?>[] {Kronos.class}, kronos());
  }

  private static Function<Class<?>, Object> instances(DictionaryProvider dictionaries) {
    return type ->
        instance(
            type, new Class<?>[] {Kronos.class, DictionaryProvider.class}, kronos(), dictionaries);
  }

  private static Object instance(Class<?> type, Class<?>[] parameters, Object... arguments) {
    try {
      return type.getConstructor(parameters).newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no such constructor: class=" + type, e);
    }
  }

  private static Object outcome(
      Method method, Function<Class<?>, Object> instances, CatalogueCalls.Arguments arguments) {
    try {
      return taken(new CatalogueCalls(instances, arguments).call(method));
    } catch (KronosException.InvalidArgument | KronosException.Unsupported e) {
      return e.getClass().getSimpleName() + " " + e.getMessage();
    }
  }

  /** Reads a result, and closes it. */
  private static Object taken(Object result) {
    if (result instanceof List<?> several) {
      return several.stream().map(EncodedOperandsTest::taken).toList();
    } else if (result instanceof VectorSchemaRoot batch) {
      return taken(batch.getFieldVectors());
    } else if (result instanceof DictionaryEncoded encoded) {
      return taken(List.of(encoded.indices(), encoded.dictionary().getVector()));
    } else if (result instanceof FixedSizeListVector lists) {
      try (lists) {
        return ArrowVectors.bytes(lists.getDataVector());
      }
    } else if (result instanceof FieldVector vector) {
      try (vector) {
        return List.of(vector.getField(), ArrowVectors.bytes(vector));
      }
    }
    return result;
  }
}
