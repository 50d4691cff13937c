// SPDX-License-Identifier: Apache-2.0
package dev.kronos.sqltests;

import static org.apache.spark.sql.functions.col;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.Utils;

/** Makes sessions as Spark's SQL tests expect them: settings, views, tables and functions. */
final class SqlTestSession {
  /** The setting that turns Kronos on and off. */
  static final String ENABLED = "spark.kronos.sql.enabled";

  private static final String NUMBERS =
      "unique1 int, unique2 int, two int, four int, ten int, twenty int, hundred int, thousand int,"
          + " twothousand int, fivethous int, tenthous int, odd int, even int, stringu1 string,"
          + " stringu2 string, string4 string";

  /** Tables that every file may read, with their columns. */
  private static final Map<String, String> TABLES =
      Map.of("aggtest", "a int, b float", "onek", NUMBERS, "tenk1", NUMBERS);

  private static final Map<String, String> DATA =
      Map.of("aggtest", "agg.data", "onek", "onek.data", "tenk1", "tenk.data");

  private final SparkSession spark;

  SqlTestSession(SparkSession spark) {
    this.spark = spark;
  }

  /** Writes the tables that the files read, once, below a folder. */
  void createTables(Path folder) {
    clearWarehouse();
    TABLES.forEach(
        (table, columns) -> {
          Path data = folder.resolve(DATA.get(table));
          write(data, SqlTestFiles.text("test-data/postgresql/" + DATA.get(table)));
          spark
              .read()
              .option("delimiter", "\t")
              .schema(columns)
              .csv(data.toString())
              .write()
              .format("parquet")
              .saveAsTable(table);
        });
  }

  /** Drops the tables. */
  void dropTables() {
    TABLES.keySet().forEach(table -> spark.sql("drop table if exists " + table));
  }

  /** Makes a session for one file. */
  SparkSession open(String file, boolean withKronos) {
    dropLeftovers();
    SparkSession session = spark.newSession();
    settings(file, withKronos).forEach(session.conf()::set);
    createViews(session);
    if (file.startsWith("postgreSQL/")) {
      UDF2<Boolean, Boolean, Boolean> same =
          (a, b) -> (a == null || b == null) ? null : a.equals(b);
      UDF2<Boolean, Boolean, Boolean> other =
          (a, b) -> (a == null || b == null) ? null : !a.equals(b);
      UDF1<String, String> identity = text -> text;
      session.udf().register("booleq", same, DataTypes.BooleanType);
      session.udf().register("boolne", other, DataTypes.BooleanType);
      session.udf().register("vol", identity, DataTypes.StringType);
    }
    return session;
  }

  private static Map<String, String> settings(String file, boolean withKronos) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spark.sql.session.timeZone", "America/Los_Angeles");
    settings.put("spark.sql.shuffle.partitions", "4");
    // Otherwise queries over literals are answered by the optimizer, and nothing is tested.
    settings.put(
        "spark.sql.optimizer.excludedRules",
        "org.apache.spark.sql.catalyst.optimizer.ConvertToLocalRelation");
    settings.put("spark.sql.ansi.enabled", String.valueOf(!file.startsWith("nonansi/")));
    settings.put(ENABLED, String.valueOf(withKronos));
    settings.put("spark.kronos.sql.explain", "NONE");
    // All of these queries are small: no estimate of costs shall keep them from the device.
    settings.put("spark.kronos.sql.cost.enabled", "false");
    // The shared session sets these; the records are of Spark's own defaults.
    settings.put("spark.sql.debug.maxToStringFields", "25");
    settings.put("spark.sql.maxMetadataStringLength", "100");
    // On by default where Spark tests itself.
    settings.put("spark.sql.timeType.enabled", "true");
    if (file.startsWith("timestampNTZ/")) {
      settings.put("spark.sql.timestampType", "TIMESTAMP_NTZ");
    }
    if (file.startsWith("postgreSQL/")) {
      settings.put("spark.sql.legacy.interval.enabled", "true");
    }
    settings.putAll(SqlTestFiles.settings(file));
    return settings;
  }

  private static void createViews(SparkSession session) {
    session
        .range(1, 101)
        .select(col("id").cast("int").as("key"), col("id").cast("string").as("value"))
        .createOrReplaceTempView("testdata");
    session
        .sql(
            "select * from values (array(1, 2, 3), array(array(1, 2, 3))),"
                + " (array(2, 3, 4), array(array(2, 3, 4))) as t(arraycol, nestedarraycol)")
        .createOrReplaceTempView("arraydata");
    session
        .sql(
            "select * from values (map(1, 'a1', 2, 'b1', 3, 'c1', 4, 'd1', 5, 'e1')),"
                + " (map(1, 'a2', 2, 'b2', 3, 'c2', 4, 'd2')), (map(1, 'a3', 2, 'b3', 3, 'c3')),"
                + " (map(1, 'a4', 2, 'b4')), (map(1, 'a5')) as t(mapcol)")
        .createOrReplaceTempView("mapdata");
  }

  /** Drops tables that an earlier file left, as files share the catalogue. */
  private void dropLeftovers() {
    names("show views in default").forEach(view -> spark.sql("drop view default.`" + view + "`"));
    spark.sql("show databases").collectAsList().stream()
        .map(row -> row.getString(0))
        .filter(name -> !name.equals("default"))
        .forEach(name -> spark.sql("drop database `" + name + "` cascade"));
    names("show tables in default").stream()
        .filter(table -> !TABLES.containsKey(table))
        .forEach(table -> spark.sql("drop table default.`" + table + "`"));
  }

  /** Deletes what a run that was ended left in the folder of tables. */
  private void clearWarehouse() {
    String warehouse = spark.conf().get("spark.sql.warehouse.dir");
    File[] left = new File(URI.create(warehouse)).listFiles();
    for (File folder : left == null ? new File[0] : left) {
      Utils.deleteRecursively(folder);
    }
  }

  private List<String> names(String show) {
    return spark.sql(show).collectAsList().stream()
        .filter(row -> !row.getBoolean(2))
        .map(row -> row.getString(1))
        .toList();
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
