// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.column.ArrowColumns;
import dev.kronos.column.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Holds one column twice: dictionary-encoded and plain. Both are slices; nulls come of indices and
 * of the dictionary, which has values more than once and some that no row has.
 */
final class EncodedColumn implements AutoCloseable {
  /** The types that indices may have. */
  static final List<DataType> INDEX_TYPES =
      List.of(
          DataType.INT8,
          DataType.UINT8,
          DataType.INT16,
          DataType.UINT16,
          DataType.INT32,
          DataType.UINT32,
          DataType.INT64,
          DataType.UINT64);

  private final FieldVector indices;
  private final FieldVector plain;
  private final Dictionary dictionary;

  private EncodedColumn(FieldVector indices, FieldVector plain, Dictionary dictionary) {
    this.indices = indices;
    this.plain = plain;
    this.dictionary = dictionary;
  }

  /**
   * Says what a column is made of.
   *
   * @param id number of the dictionary, which indices and slices are chosen by as well
   * @param type type of the values
   * @param values what the dictionary has, up to 100 values; null is one where it is listed
   * @param nullable whether some indices are null
   */
  record Spec(long id, DataType type, List<Object> values, boolean nullable) {
    DataType indexType() {
      return INDEX_TYPES.get((int) id % INDEX_TYPES.size());
    }

    int offset() {
      return NastyRows.OFFSETS[(int) id % NastyRows.OFFSETS.length];
    }

    DictionaryEncoding encoding() {
      return new DictionaryEncoding(id, false, (ArrowType.Int) ArrowColumns.arrowType(indexType()));
    }
  }

  /** Draws rows; the caller closes the column. */
  static EncodedColumn of(Spec spec, int rows, BufferAllocator allocator, Random random) {
    List<Object> places = new ArrayList<>(rows);
    List<Object> values = new ArrayList<>(rows);
    for (int row = 0; row < rows; row++) {
      boolean none = spec.values.isEmpty() || (spec.nullable && random.nextInt(7) == 0);
      int place = none ? 0 : random.nextInt(spec.values.size());
      places.add(none ? null : ArrowOracle.box(spec.indexType(), place));
      values.add(none ? null : spec.values.get(place));
    }
    FieldVector known = ArrowVectors.slice(spec.offset(), spec.type, spec.values, allocator);
    return new EncodedColumn(
        indices(spec, places, allocator),
        ArrowVectors.slice(spec.offset(), spec.type, values, allocator),
        new Dictionary(known, spec.encoding()));
  }

  private static FieldVector indices(Spec spec, List<Object> places, BufferAllocator allocator) {
    FieldVector plain = ArrowVectors.slice(spec.offset(), spec.indexType(), places, allocator);
    FieldType type = new FieldType(true, ArrowColumns.arrowType(spec.indexType()), spec.encoding());
    return RetypedVectors.of(List.of(plain), List.of(new Field("v", type, null)), allocator).get(0);
  }

  FieldVector indices() {
    return indices;
  }

  FieldVector plain() {
    return plain;
  }

  Dictionary dictionary() {
    return dictionary;
  }

  @Override
  public void close() {
    indices.close();
    plain.close();
    dictionary.getVector().close();
  }
}
