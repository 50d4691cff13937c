// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator;

import dev.kronos.Kronos;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.DataType;
import dev.kronos.expression.Utf8;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarCharVector;

/** Reads device batches back as rows of Java values. */
public final class DeviceRows {
  private DeviceRows() {}

  /** Downloads and reads a batch; the batch stays the caller's. */
  public static List<List<Object>> of(Kronos kronos, ColumnBatch batch) {
    List<String> names = IntStream.range(0, batch.columns().size()).mapToObj(i -> "c" + i).toList();
    List<FieldVector> vectors;
    try (BatchDownload download = new BatchDownload(kronos)) {
      vectors = download.download(batch, names);
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      List<Object> values = new ArrayList<>();
      for (int i = 0; i < vectors.size(); i++) {
        DataType type = batch.columns().get(i).layout().type();
        values.add(vectors.get(i).isNull(row) ? null : value(vectors.get(i), type, row));
      }
      rows.add(values);
    }
    vectors.forEach(FieldVector::close);
    return rows;
  }

  private static Object value(FieldVector vector, DataType type, int row) {
    return switch (type.kind()) {
      case BOOLEAN -> ((BitVector) vector).get(row) != 0;
      case INT8 -> ((TinyIntVector) vector).get(row);
      case INT16 -> ((SmallIntVector) vector).get(row);
      case INT32 -> ((IntVector) vector).get(row);
      case INT64 -> ((BigIntVector) vector).get(row);
      case FLOAT32 -> ((Float4Vector) vector).get(row);
      case FLOAT64 -> ((Float8Vector) vector).get(row);
      case DATE -> ((DateDayVector) vector).get(row);
      case TIMESTAMP, TIMESTAMP_NTZ -> ((TimeStampVector) vector).get(row);
      case DECIMAL -> unscaled(((DecimalVector) vector).getObject(row));
      case STRING -> Utf8.of(((VarCharVector) vector).get(row));
      default -> throw new IllegalArgumentException("no such column: type=" + type);
    };
  }

  private static Object unscaled(BigDecimal value) {
    return value.unscaledValue();
  }
}
