// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.operator.pipeline.RowFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Has functions see dictionary-encoded vectors as the values that they stand for, where it was
 * given dictionaries; as their indices where it was not. Thread-safe as the dictionaries are.
 */
final class Decoder {
  private final Kronos kronos;
  private final DictionaryProvider dictionaries;

  /** Keeps indices as they are where there are no dictionaries: null. */
  private Decoder(Kronos kronos, DictionaryProvider dictionaries) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
    this.dictionaries = dictionaries;
  }

  /** Makes one that leaves all vectors as they are. */
  static Decoder none(Kronos kronos) {
    return new Decoder(kronos, null);
  }

  /** Makes one that looks dictionaries up at each call. */
  static Decoder of(Kronos kronos, DictionaryProvider dictionaries) {
    return new Decoder(kronos, Objects.requireNonNull(dictionaries, "dictionaries"));
  }

  Kronos kronos() {
    return kronos;
  }

  /** Returns whether a function is to see other values than those of the vector itself. */
  boolean decodes(FieldVector vector) {
    return dictionaries != null && vector.getField().getDictionary() != null;
  }

  /** Returns the values of operands, which the caller closes. */
  @SafeVarargs
  final Operands operands(List<? extends FieldVector>... operands) {
    List<FieldVector> all = new ArrayList<>();
    for (List<? extends FieldVector> each : operands) {
      all.addAll(each);
    }
    return new Operands(this, all);
  }

  /** Calls a function with the values of its operand, which are gone when it returns. */
  <T> T call(FieldVector operand, Function<FieldVector, T> function) {
    try (Operands operands = operands(List.of(operand))) {
      return function.apply(operands.of(operand));
    }
  }

  /** Calls a function with the values of its operands, which are gone when it returns. */
  <T> T call(List<FieldVector> vectors, Function<List<FieldVector>, T> function) {
    try (Operands operands = operands(vectors)) {
      return function.apply(operands.of(vectors));
    }
  }

  /**
   * Calls a function with rows and their columns as it sees them: in place, or on the device where
   * some had to be decoded, which are gone when it returns.
   */
  <T> T rows(List<FieldVector> vectors, BiFunction<RowSource, RowPlan, T> function) {
    if (vectors.stream().noneMatch(this::decodes)) {
      Vectors plain = new Vectors(vectors);
      return function.apply(plain, plain.plan());
    }
    TableUpload upload = new TableUpload(this, vectors);
    try (ColumnBatch batch = upload.run()) {
      return function.apply(new DeviceRows(kronos, batch), upload.plan());
    }
  }

  /** Returns the vector whose layout and type are those that a function sees: the dictionary. */
  FieldVector model(FieldVector vector) {
    return decodes(vector) ? dictionary(vector) : vector;
  }

  /**
   * Returns name and type of the values that a function sees.
   *
   * @throws KronosException as {@link #decode}
   */
  Field field(FieldVector vector) {
    return decodes(vector) ? field(vector, dictionary(vector)) : vector.getField();
  }

  /**
   * Puts values in the place of the indices of a vector.
   *
   * @param vector dictionary-encoded; stays the caller's
   * @return a vector of the type of the dictionary under the name of {@code vector}, which the
   *     caller closes
   * @throws KronosException.InvalidArgument when there is no such dictionary, or an index names no
   *     value of it
   * @throws KronosException.Unsupported when the dictionary is dictionary-encoded itself
   */
  FieldVector decode(FieldVector vector) {
    FieldVector dictionary = dictionary(vector);
    return decode(vector, dictionary, field(vector, dictionary));
  }

  /**
   * Puts values in the place of the indices of a vector, on the device.
   *
   * @return one column of a type as wide as that of the values, which the caller closes
   * @throws KronosException as {@link #decode(FieldVector)}
   */
  Column column(FieldVector vector) {
    FieldVector dictionary = dictionary(vector);
    return named(vector, dictionary, picks -> picks.pick(List.of(dictionary), vector))
        .columns()
        .get(0);
  }

  private FieldVector dictionary(FieldVector vector) {
    Dictionary found = dictionaries.lookup(vector.getField().getDictionary().getId());
    if (found == null) {
      throw new KronosException.InvalidArgument(
          message("no such dictionary", "vector", vector.getField()));
    }
    if (found.getVector().getField().getDictionary() != null) {
      throw new KronosException.Unsupported(
          message(
              "dictionary is dictionary-encoded itself",
              "vector",
              vector.getField(),
              "dictionary",
              found.getVector().getField()));
    }
    return found.getVector();
  }

  private static Field field(FieldVector vector, FieldVector dictionary) {
    return new Field(
        vector.getName(), FieldType.nullable(dictionary.getField().getType()), List.of());
  }

  /**
   * Puts values in the place of indices.
   *
   * @param field name and type of the result, that of the dictionary
   * @throws KronosException.InvalidArgument when an index names no value
   */
  FieldVector decode(FieldVector indices, FieldVector dictionary, Field field) {
    List<Field> fields = List.of(field);
    return named(indices, dictionary, picks -> picks.take(List.of(dictionary), fields, indices))
        .get(0);
  }

  /** Names the index of a vector that has no value in a dictionary. */
  private <T> T named(FieldVector indices, FieldVector dictionary, Function<RowPicks, T> picking) {
    try {
      return picking.apply(new RowPicks(kronos));
    } catch (RowFailure e) {
      throw outOfRange(indices, e.row(), dictionary.getValueCount());
    }
  }

  private static KronosException outOfRange(FieldVector indices, int row, int size) {
    Object index = ScalarReader.read(indices, row).value();
    return new KronosException.InvalidArgument(
        message(
            "dictionary index is out of range",
            "vector",
            indices.getName(),
            "row",
            row,
            "index",
            index,
            "size",
            size));
  }
}
