// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Expression;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.operator.sort.NanPlacement;
import dev.kronos.operator.sort.SortRows;
import dev.kronos.operator.sort.SortSpec;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Sorts vectors, as Arrow's {@code sort_indices}, {@code array_sort_indices} and {@code
 * select_k_unstable} do. Sorts here are stable: what is equal keeps its order.
 *
 * <p>Takes booleans, integers, floating point numbers, dates, times, durations, timestamps,
 * decimals, strings and bytes. Booleans: false comes before true. Floating point: -0.0 equals 0.0,
 * all NaNs are equal and, in either order, stand between the numbers and the nulls. Strings and
 * bytes are ordered as unsigned bytes, a beginning before what it begins. Nulls are equal to each
 * other.
 *
 * <p>Results lie in memory of the device's allocator and are the caller's to close. Thread-safe.
 * Errors: {@link KronosException.Unsupported} for a vector whose type has no column type, {@link
 * KronosException.InvalidArgument} for vectors of different lengths, {@link
 * KronosException.Exhausted} when there is no room on the device; inputs are untouched then. Cost:
 * O(n w) work for n rows and w bytes in which keys differ, for strings those of the longest; O(n)
 * memory, 24 bytes a row beside the vectors themselves.
 */
public final class Sorting {

  private static final Field INDEX_FIELD =
      new Field("indices", FieldType.nullable(new ArrowType.Int(Integer.SIZE, true)), null);

  private final Kronos kronos;
  private final Decoder decoder;
  private final SortRows rows;

  /** Creates the functions of a device, which stays the caller's. */
  public Sorting(Kronos kronos) {
    this(Decoder.none(kronos));
  }

  /** Creates functions that see dictionary-encoded vectors as values; see {@link Elementwise}. */
  public Sorting(Kronos kronos, DictionaryProvider dictionaries) {
    this(Decoder.of(kronos, dictionaries));
  }

  private Sorting(Decoder decoder) {
    this.decoder = decoder;
    this.kronos = decoder.kronos();
    this.rows = new SortRows(kronos);
  }

  /**
   * Returns where each row in order stands in the vectors, as {@code sort_indices}.
   *
   * @param keys the values to sort by, of one length, the most significant first; one at least
   * @return indices from 0, none null; signed 32-bit, for vectors have no more values than that
   */
  public IntVector sortIndices(List<SortKey> keys) {
    List<FieldVector> vectors = keys.stream().map(SortKey::values).toList();
    SortSpec spec = spec(keys);
    return onDevice(
        vectors, (stream, batch, keyed) -> numbers(rows.order(stream, keyed, spec), batch));
  }

  /**
   * Returns the values in order, as {@code take} of {@code array_sort_indices}.
   *
   * @param key the values and their order
   * @return a vector of the same type, length and name
   */
  public FieldVector sort(SortKey key) {
    SortSpec spec = spec(List.of(key));
    return onDevice(
        List.of(key.values()),
        (stream, batch, keyed) -> {
          try (DeviceBuffer order = rows.order(stream, keyed, spec);
              RowTaker taker = new RowTaker(kronos, stream)) {
            Column sorted = taker.take(batch.columns().get(0), order, batch.rows());
            return download(decoder.field(key.values()), sorted, batch.rows());
          }
        });
  }

  /**
   * Returns where the first values in an order stand, in that order, as {@code select_k_unstable};
   * of equal values those further to the front come first. Nulls and NaNs count as the key says.
   *
   * <p>Where few values of a fixed width of up to 64 bits and without nulls are wanted, most of the
   * others are left out after one pass, O(n) work; else everything is sorted.
   *
   * @param key the values and their order
   * @param most how many are wanted, 0 or more
   * @return the smaller of {@code most} and the length of the vector indices, none null
   */
  public IntVector topK(SortKey key, int most) {
    if (most < 0) {
      throw new KronosException.InvalidArgument(message("negative number of rows", "most", most));
    }
    SortSpec.Key first = column(0, key);
    return onDevice(
        List.of(key.values()),
        (stream, batch, keyed) -> {
          int count = Math.min(most, batch.rows());
          ColumnBatch wanted = new ColumnBatch(List.of(), count);
          return count == 0
              ? numbers(null, wanted)
              : numbers(rows.first(stream, keyed, first, count), wanted);
        });
  }

  private static SortSpec spec(List<SortKey> keys) {
    List<SortSpec.Key> columns = new ArrayList<>(keys.size());
    for (SortKey key : keys) {
      columns.add(column(columns.size(), key));
    }
    return new SortSpec(columns);
  }

  private static SortSpec.Key column(int place, SortKey key) {
    return new SortSpec.Key(place, key.order(), key.nulls(), NanPlacement.BESIDE_NULLS);
  }

  /** Does something with vectors that are on the device, and with what they are ordered by. */
  @FunctionalInterface
  private interface Work<T> {
    T on(Stream stream, ColumnBatch batch, ColumnBatch keyed);
  }

  private <T> T onDevice(List<FieldVector> vectors, Work<T> work) {
    return decoder.call(vectors, plain -> onPlain(plain, work));
  }

  private <T> T onPlain(List<FieldVector> vectors, Work<T> work) {
    vectors.forEach(vector -> PlanColumn.requirePlain(vector.getField()));
    int count = vectors.get(0).getValueCount();
    for (FieldVector vector : vectors) {
      if (vector.getValueCount() != count) {
        throw new KronosException.InvalidArgument(
            message(
                "vectors of different lengths",
                "first",
                count,
                "vector",
                vector.getName(),
                "length",
                vector.getValueCount()));
      }
    }
    HostBatch host = HostBatch.ofVectors(vectors, count);
    List<DataType> types = vectors.stream().map(Sorting::type).toList();
    try (Stream stream = kronos.newStream();
        ColumnBatch batch = new BatchUpload(kronos, stream).upload(host)) {
      stream.submit();
      if (types.stream().noneMatch(DataType::isCarried)) {
        return work.on(stream, batch, batch);
      }
      try (ColumnBatch keyed = GroupPass.project(kronos, batch, ordered(batch, types))) {
        return work.on(stream, batch, keyed);
      }
    }
  }

  private static DataType type(FieldVector vector) {
    return ArrowColumns.dataType(vector.getField().getType());
  }

  private static List<Expression> ordered(ColumnBatch batch, List<DataType> types) {
    List<ColumnLayout> layouts = GroupInput.layouts(batch);
    List<Expression> ordered = new ArrayList<>(types.size());
    for (int i = 0; i < types.size(); i++) {
      Expression bits = GroupInput.reference(layouts, i);
      ordered.add(CarriedRules.ordered(CarriedRules.as(bits, types.get(i))));
    }
    return ordered;
  }

  /** Downloads as many row numbers as a batch has rows, and closes their buffer. */
  private IntVector numbers(DeviceBuffer order, ColumnBatch batch) {
    long sizeBytes = (long) batch.rows() * Integer.BYTES;
    BufferSlice numbers = order == null ? null : new BufferSlice(order, 0, sizeBytes);
    ColumnLayout layout = ColumnLayout.of(DataType.INT32, Nullability.NON_NULL);
    Column column = new Column(layout, null, numbers, null, null, 0);
    return (IntVector) download(INDEX_FIELD, column, batch.rows());
  }

  /** Downloads a column and closes it. */
  private FieldVector download(Field field, Column column, int count) {
    try (ColumnBatch result = new ColumnBatch(List.of(column), count)) {
      return Projection.download(kronos, result, List.of(field)).get(0);
    }
  }
}
