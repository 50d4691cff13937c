// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.ScalaCollections;
import java.util.List;
import org.apache.spark.Dependency;
import org.apache.spark.OneToOneDependency;
import org.apache.spark.Partition;
import org.apache.spark.TaskContext;
import org.apache.spark.rdd.DeterministicLevel$;
import org.apache.spark.rdd.RDD;
import scala.Enumeration;
import scala.collection.Iterator;
import scala.reflect.ClassTag;

/**
 * Gives what another RDD gives, and tells Spark's scheduler that a task that runs again may give
 * something else: where one has to, the scheduler repeats all tasks of the stage, and what read
 * from them.
 *
 * @param <T> what it gives
 */
final class UnrepeatableRdd<T> extends RDD<T> {
  private static final long serialVersionUID = 1L;

  private final RDD<T> source;

  UnrepeatableRdd(RDD<T> source, ClassTag<T> tag) {
    super(
        source.context(),
        ScalaCollections.<Dependency<?>>seq(List.of(new OneToOneDependency<>(source))),
        tag);
    this.source = source;
  }

  @Override
  public Partition[] getPartitions() {
    return source.partitions();
  }

  @Override
  public Iterator<T> compute(Partition split, TaskContext context) {
    return source.iterator(split, context);
  }

  @Override
  public Enumeration.Value getOutputDeterministicLevel() {
    return DeterministicLevel$.MODULE$.INDETERMINATE();
  }
}
