// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.spark.catalyst.RangeKeys;
import dev.kronos.spark.catalyst.ScalaCollections;
import dev.kronos.spark.catalyst.SparkPartitioning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.reflect.ClassTag$;

/**
 * Finds the bounds between ranges of rows: a job computes the keys of all rows, on the device and
 * fused with what is below, and takes samples of them; then Spark finds bounds among these. Samples
 * are as large as those of Spark's {@code RangePartitioner}, partitions that are much larger than
 * others are looked at again, and keys weigh as much as there.
 */
final class RangeSampling {
  /** Samples are larger than needed where partitions are of equal size. */
  private static final double OVERSAMPLING = 3.0;

  private static final double MOST_KEYS = 1e6;

  private final RangeKeys keys;
  private final RDD<ColumnarBatch> source;
  private final int partitions;
  private final double wanted;
  private final KronosProjectExec projection;

  private RangeSampling(RangeKeys keys, int partitions, SparkPlan child) {
    this.keys = keys;
    this.partitions = partitions;
    wanted =
        Math.min(
            (double) child.conf().rangeExchangeSampleSizePerPartition() * partitions, MOST_KEYS);
    projection = new KronosProjectExec(ScalaCollections.seq(keys.columns()), child);
    source = projection.executeColumnar();
  }

  /** Returns a partitioning with the bounds that it needs; runs jobs where it needs any. */
  static SparkPartitioning bounded(SparkPartitioning partitioning, SparkPlan child) {
    int partitions = partitioning.partitioning().numPartitions();
    return partitioning.ranges().isPresent() && partitions > 1
        ? partitioning.with(
            new RangeSampling(partitioning.ranges().get(), partitions, child).bounds())
        : partitioning;
  }

  private List<InternalRow> bounds() {
    int sources = source.getNumPartitions();
    int size = (int) Math.ceil(OVERSAMPLING * wanted / Math.max(1, sources));
    int[] sizes = new int[sources];
    Arrays.fill(sizes, size);
    List<KeySample> samples = samples(sizes, IntStream.range(0, sources).boxed().toList());
    long rows = samples.stream().mapToLong(KeySample::rows).sum();
    if (rows == 0) {
      return List.of();
    }
    double fraction = Math.min(wanted / rows, 1.0);
    List<RangeKeys.Weighted> weighted = new ArrayList<>();
    List<Integer> large = new ArrayList<>();
    for (KeySample sample : samples) {
      if (fraction * sample.rows() > size) {
        large.add(sample.partition());
        sizes[sample.partition()] = (int) Math.ceil(fraction * sample.rows());
      } else {
        weigh(sample, weighted);
      }
    }
    if (!large.isEmpty()) {
      samples(sizes, large).forEach(sample -> weigh(sample, weighted));
    }
    return keys.bounds(weighted, partitions);
  }

  private List<KeySample> samples(int[] sizes, List<Integer> ofPartitions) {
    Object samples =
        source
            .context()
            .runJob(
                source,
                new KeySampler(ScalaCollections.list(projection.output()), sizes),
                ScalaCollections.<Object>seq(ofPartitions),
                ClassTag$.MODULE$.apply(KeySample.class));
    return List.of((KeySample[]) samples);
  }

  private static void weigh(KeySample sample, List<RangeKeys.Weighted> weighted) {
    float weight = (float) ((double) sample.rows() / sample.keys().length);
    for (InternalRow key : sample.keys()) {
      weighted.add(new RangeKeys.Weighted(key, weight));
    }
  }
}
