// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/**
 * Writes the TPC-H tables as snappy Parquet, one folder a table, with the tasks of a Spark session.
 *
 * <p>The rows are those of {@code dbgen}: the same at every run and for every number of parts.
 */
public final class TpchGenerator {
  private static final String DONE = "_KRONOS_COMPLETE";

  private final SparkSession spark;
  private final double scale;
  private final Path target;

  /**
   * Creates a generator.
   *
   * @param spark runs the tasks; its default parallelism is the number of parts of a large table
   * @param scale TPC-H scale factor, above 0
   * @param target folder that receives a folder a table; created when absent
   */
  public TpchGenerator(SparkSession spark, double scale, Path target) {
    if (!(scale > 0)) {
      throw new IllegalArgumentException("Scale factor must be above 0: scale=" + scale);
    }
    this.spark = spark;
    this.scale = scale;
    this.target = target;
  }

  /** Returns whether {@code folder} holds tables that were written to their end. */
  public static boolean isComplete(Path folder) {
    return Files.exists(folder.resolve(DONE));
  }

  /** Writes all eight tables, telling {@code progress} each table's name before it is written. */
  public void generate(Consumer<String> progress) {
    generate(TpchTable.getTables(), progress);
  }

  /** Writes {@code tables}; what an interrupted run left is replaced. */
  public void generate(List<TpchTable<?>> tables, Consumer<String> progress) {
    for (TpchTable<?> table : tables) {
      progress.accept(table.getTableName());
      write(table);
    }
    try {
      Files.writeString(target.resolve(DONE), "scale=" + scale + "\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <E extends TpchEntity> void write(TpchTable<E> table) {
    int parts = parts(table);
    String name = table.getTableName();
    double factor = scale;
    JavaRDD<Row> rows =
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(IntStream.rangeClosed(1, parts).boxed().toList(), parts)
            .flatMap(part -> rowsOf(TpchTable.getTable(name), factor, part, parts));
    spark
        .createDataFrame(rows, TpchSchema.of(table))
        .write()
        .mode(SaveMode.Overwrite)
        .parquet(target.resolve(name).toString());
  }

  private int parts(TpchTable<?> table) {
    boolean fixedSize = table == TpchTable.NATION || table == TpchTable.REGION;
    boolean small = table == TpchTable.SUPPLIER || scale < 0.05;
    return fixedSize || small ? 1 : spark.sparkContext().defaultParallelism();
  }

  private static <E extends TpchEntity> Iterator<Row> rowsOf(
      TpchTable<E> table, double scale, int part, int parts) {
    List<TpchColumn<E>> columns = table.getColumns();
    Iterable<E> entities = table.createGenerator(scale, part, parts);
    return StreamSupport.stream(entities.spliterator(), false)
        .map(entity -> TpchSchema.row(columns, entity))
        .iterator();
  }
}
