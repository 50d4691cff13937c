// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.column.HostBatch;
import dev.kronos.spark.catalyst.KronosUnaryExec;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.execution.ProjectExec;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.vectorized.OnHeapColumnVector;
import org.apache.spark.sql.execution.vectorized.WritableColumnVector;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.TaskCompletionListener;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag$;
import scala.runtime.AbstractFunction1;

/** Passes batches on as an operator would read them: described by a bridge, then taken apart. */
public final class DescribingExec extends KronosUnaryExec {
  private static final long serialVersionUID = 1L;

  /** Columns of pool memory that came by. */
  static final AtomicLong POOL_COLUMNS = new AtomicLong();

  public DescribingExec(SparkPlan child) {
    super(child);
  }

  @Override
  protected Object[] arguments() {
    return new Object[] {child()};
  }

  @Override
  protected SparkPlan makeTwin() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    scala.collection.immutable.Seq<org.apache.spark.sql.catalyst.expressions.NamedExpression>
        names = (scala.collection.immutable.Seq) child().output();
    return new ProjectExec(names, child());
  }

  @Override
  protected SparkPlan withChild(SparkPlan newChild) {
    return new DescribingExec(newChild);
  }

  @Override
  protected Map<String, SQLMetric> makeMetrics() {
    return Map.of();
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    return child()
        .executeColumnar()
        .mapPartitions(
            new Describing(schema()), true, ClassTag$.MODULE$.apply(ColumnarBatch.class));
  }

  private static final class Describing
      extends AbstractFunction1<Iterator<ColumnarBatch>, Iterator<ColumnarBatch>>
      implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private final StructType schema;

    Describing(StructType schema) {
      this.schema = schema;
    }

    @Override
    public Iterator<ColumnarBatch> apply(Iterator<ColumnarBatch> batches) {
      BatchBridge bridge = new BatchBridge(ExecutorMemory.pools().orElseThrow(), schema);
      TaskContext.get().addTaskCompletionListener((TaskCompletionListener) ended -> bridge.close());
      java.util.Iterator<ColumnarBatch> input = CollectionConverters.asJava(batches);
      return CollectionConverters.asScala(
          new java.util.Iterator<ColumnarBatch>() {
            @Override
            public boolean hasNext() {
              return input.hasNext();
            }

            @Override
            public ColumnarBatch next() {
              ColumnarBatch batch = input.next();
              count(batch);
              return takeApart(bridge.toHost(batch), schema);
            }
          });
    }
  }

  private static void count(ColumnarBatch batch) {
    for (int c = 0; c < batch.numCols(); c++) {
      POOL_COLUMNS.addAndGet(batch.column(c) instanceof PoolColumnVector ? 1 : 0);
    }
  }

  private static ColumnarBatch takeApart(HostBatch batch, StructType schema) {
    int rows = batch.rows();
    WritableColumnVector[] vectors = OnHeapColumnVector.allocateColumns(Math.max(rows, 1), schema);
    for (int c = 0; c < vectors.length; c++) {
      DataType type = vectors[c].dataType();
      RowWriter writer = RowWriter.of(type);
      for (int row = 0; row < rows; row++) {
        Object value = HostValues.of(batch.columns().get(c), row);
        if (value == null) {
          vectors[c].putNull(row);
        } else {
          InternalRow single = new GenericInternalRow(new Object[] {internal(value, type)});
          writer.write(single, 0, vectors[c], row);
        }
      }
    }
    return new ColumnarBatch(vectors, rows);
  }

  private static Object internal(Object value, DataType type) {
    if (type instanceof DecimalType decimal) {
      return Decimal.apply((java.math.BigDecimal) value, decimal.precision(), decimal.scale());
    }
    if (value instanceof String text) {
      byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
      return type.equals(DataTypes.BinaryType) ? bytes : UTF8String.fromBytes(bytes);
    }
    if (!(value instanceof Long number)) {
      return value;
    }
    if (type.equals(DataTypes.ByteType)) {
      return number.byteValue();
    }
    if (type.equals(DataTypes.ShortType)) {
      return number.shortValue();
    }
    boolean isInt = type.equals(DataTypes.IntegerType) || type.equals(DataTypes.DateType);
    return isInt ? (Object) number.intValue() : number;
  }
}
