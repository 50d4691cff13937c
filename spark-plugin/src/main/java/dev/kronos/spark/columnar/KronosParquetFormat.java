// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import scala.Function1;
import scala.Option;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;

/**
 * Reads Parquet as Spark does, with Spark's own vectorised reader, but into pool memory and in
 * larger batches. Everything else (pushdown, splitting, rebasing, missing columns) stays Spark's.
 *
 * <p>Never equal to Spark's format: a plan whose only change is the format must count as changed.
 */
public final class KronosParquetFormat extends ParquetFileFormat {
  private static final long serialVersionUID = 1L;

  private final ScanSettings settings;

  /**
   * Creates a format.
   *
   * @param settings how batches are read
   */
  public KronosParquetFormat(ScanSettings settings) {
    this.settings = settings;
  }

  /** Names the scan in plans: {@code Scan KronosParquet}. */
  @Override
  public String shortName() {
    return "KronosParquet";
  }

  @Override
  public String toString() {
    return "KronosParquet";
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KronosParquetFormat format && format.settings.equals(settings);
  }

  @Override
  public int hashCode() {
    return 31 * KronosParquetFormat.class.hashCode() + settings.hashCode();
  }

  /** Returns nothing: which vectors come is known only on the executor. */
  @Override
  public Option<Seq<String>> vectorTypes(
      StructType requiredSchema, StructType partitionSchema, SQLConf conf) {
    return Option.empty();
  }

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReaderWithPartitionValues(
      SparkSession session,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration hadoopConf) {
    Function1<PartitionedFile, Iterator<InternalRow>> reader =
        super.buildReaderWithPartitionValues(
            session, dataSchema, partitionSchema, requiredSchema, filters, options, hadoopConf);
    // Rows instead of batches are wanted where Spark generates no code; they stay Spark's.
    boolean batches =
        "true".equals(options.getOrElse(FileFormat.OPTION_RETURNING_BATCH(), () -> ""));
    return batches ? new PoolReader(reader, settings) : reader;
  }
}
