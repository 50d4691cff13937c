// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.SparkPipeline;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.TaskContext;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection$;
import org.apache.spark.sql.catalyst.expressions.UnsafeRow;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction2;

/**
 * Takes a sample of the keys of one partition, and counts its rows. What is chosen depends on the
 * partition's number and rows alone. Travels to the executors.
 */
final class KeySampler
    extends AbstractFunction2<TaskContext, scala.collection.Iterator<ColumnarBatch>, KeySample>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Attribute> columns;
  private final int[] sizes;

  /**
   * Creates the function.
   *
   * @param columns the keys
   * @param sizes the size of each partition's sample
   */
  KeySampler(List<Attribute> columns, int[] sizes) {
    this.columns = List.copyOf(columns);
    this.sizes = sizes.clone();
  }

  @Override
  public KeySample apply(TaskContext context, scala.collection.Iterator<ColumnarBatch> batches) {
    int partition = context.partitionId();
    KeyReservoir reservoir = new KeyReservoir(sizes[partition], partition);
    List<UnsafeRow> keys = new ArrayList<>();
    UnsafeProjection projection = UnsafeProjection$.MODULE$.create(SparkPipeline.schema(columns));
    Iterator<ColumnarBatch> input = CollectionConverters.asJava(batches);
    while (input.hasNext()) {
      ColumnarBatch batch = input.next();
      add(batch, reservoir, projection, keys);
      batch.closeIfFreeable();
    }
    return new KeySample(partition, reservoir.seen(), keys.toArray(UnsafeRow[]::new));
  }

  private static void add(
      ColumnarBatch batch,
      KeyReservoir reservoir,
      UnsafeProjection projection,
      List<UnsafeRow> keys) {
    for (int row = 0; row < batch.numRows(); row++) {
      int place = reservoir.place();
      if (place >= 0) {
        UnsafeRow key = projection.apply(batch.getRow(row)).copy();
        if (place == keys.size()) {
          keys.add(key);
        } else {
          keys.set(place, key);
        }
      }
    }
  }
}
