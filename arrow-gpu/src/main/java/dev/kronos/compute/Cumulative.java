// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Stream;
import dev.kronos.expression.Coalesce;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Literal;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.operator.pipeline.PipelineSpec;
import dev.kronos.operator.pipeline.PrefixSum;
import dev.kronos.operator.pipeline.Project;
import dev.kronos.operator.project.ProjectBatch;
import java.util.List;
import java.util.Objects;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;

/**
 * Computes running sums of a vector, as Arrow's {@code cumulative_sum} does. Takes integers of 32
 * and 64 bits; sums wrap around.
 *
 * <p>Thread-safe. Errors: {@link KronosException.Unsupported} for other types, {@link
 * KronosException.Exhausted} when there is no room on the device. Time and memory are linear in the
 * number of values.
 */
public final class Cumulative {

  /** Says what a null does to the sums behind it. */
  public enum Nulls {
    /** All behind the first null is null, Arrow's default. */
    SPREAD,
    /** A null stays null and adds nothing, Arrow's {@code skip_nulls}. */
    SKIP
  }

  /** Says whether a sum contains the value at its own place. */
  private enum Reach {
    INCLUSIVE,
    EXCLUSIVE
  }

  private final Kronos kronos;

  /** Creates the functions of a device, which stays the caller's. */
  public Cumulative(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /**
   * Returns at each place the sum of the values up to it, its own included.
   *
   * @param values integers; stay the caller's
   * @param nulls what nulls do
   * @return a vector of the same type and length that the caller closes
   */
  public FieldVector sum(FieldVector values, Nulls nulls) {
    return sums(values, nulls, Reach.INCLUSIVE);
  }

  /**
   * Returns at each place the sum of the values before it; the first is 0.
   *
   * @param values integers; stay the caller's
   * @param nulls what nulls do
   * @return a vector of the same type and length that the caller closes
   */
  public FieldVector sumBefore(FieldVector values, Nulls nulls) {
    return sums(values, nulls, Reach.EXCLUSIVE);
  }

  private FieldVector sums(FieldVector values, Nulls nulls, Reach reach) {
    HostBatch batch = HostBatch.ofVectors(List.of(values), values.getValueCount());
    PrefixSum.Width width = width(batch.columns().get(0).layout().type());
    FieldVector result =
        batch.rows() == 0 ? empty(values) : scan(values.getName(), batch, width, reach);
    if (nulls == Nulls.SPREAD) {
      spreadNulls(result);
    }
    return result;
  }

  private static PrefixSum.Width width(DataType type) {
    return switch (type.kind()) {
      case INT32 -> PrefixSum.Width.INT32;
      case INT64 -> PrefixSum.Width.INT64;
      default ->
          throw new KronosException.Unsupported(
              message("no running sum of this type", "type", type));
    };
  }

  private FieldVector empty(FieldVector values) {
    DataType type = ArrowColumns.dataType(values.getField().getType());
    FieldVector vector = ArrowColumns.vector(values.getName(), type, kronos.allocator());
    vector.setValueCount(0);
    return vector;
  }

  private FieldVector scan(String name, HostBatch batch, PrefixSum.Width width, Reach reach) {
    int rows = batch.rows();
    try (Stream stream = kronos.newStream();
        ColumnBatch input = new BatchUpload(kronos, stream).upload(batch);
        DeviceBuffer sums =
            kronos.memory().allocate(Pool.DEVICE, (rows + 1L) * width.sizeBytes())) {
      stream.submit();
      copyWithoutNulls(input, stream, sums);
      new PrefixSum(kronos, width).record(stream, sums, 0, rows);
      stream.submit();
      long first = reach == Reach.INCLUSIVE ? width.sizeBytes() : 0;
      return download(
          name, input, BufferSlice.shared(sums, first, (long) rows * width.sizeBytes()));
    }
  }

  private void copyWithoutNulls(ColumnBatch input, Stream stream, DeviceBuffer target) {
    ColumnLayout layout = input.columns().get(0).layout();
    ColumnReference column = new ColumnReference(0, layout.type(), layout.nullable());
    Coalesce values = new Coalesce(List.of(column, zero(layout.type())));
    PipelineSpec spec = new PipelineSpec(List.of(layout), List.of(new Project(List.of(values))));
    try (ProjectBatch project = new ProjectBatch(kronos, spec);
        ColumnBatch plain = project.apply(input)) {
      BufferSlice source = plain.columns().get(0).values();
      stream.copy(source.buffer(), source.offset(), target, 0, source.sizeBytes());
      stream.submit();
    }
  }

  private static Literal zero(DataType type) {
    return type.equals(DataType.INT32) ? new Literal(type, 0) : new Literal(type, 0L);
  }

  private FieldVector download(String name, ColumnBatch input, BufferSlice sums) {
    Column source = input.columns().get(0);
    ColumnLayout layout = ArrowColumns.layout(source.layout().type(), Nullability.NULLABLE);
    BufferSlice validity = source.validity();
    try (sums;
        BatchDownload download = new BatchDownload(kronos)) {
      Column column = new Column(layout, validity, sums, null, null, source.bitOffset());
      ColumnBatch result = new ColumnBatch(List.of(column), input.rows());
      return download.download(result, List.of(name)).get(0);
    }
  }

  private static void spreadNulls(FieldVector vector) {
    int count = vector.getValueCount();
    int first = 0;
    while (first < count && !vector.isNull(first)) {
      first++;
    }
    for (int i = first; i < count; i++) {
      BitVectorHelper.unsetBit(vector.getValidityBuffer(), i);
    }
  }
}
