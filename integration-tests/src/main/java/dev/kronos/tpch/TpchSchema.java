// SPDX-License-Identifier: Apache-2.0
package dev.kronos.tpch;

import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Maps the TPC-H tables of the generator library onto Spark schemas and rows.
 *
 * <p>Identifiers become {@code bigint}, money and quantities {@code decimal(15,2)} (TPC-H 3.0.1,
 * section 1.3.1), dates {@code date}, all else {@code string} or {@code int}. No column is null.
 */
public final class TpchSchema {
  private static final DataType MONEY = DataTypes.createDecimalType(15, 2);

  private TpchSchema() {}

  /** Returns the Spark schema of {@code table}, with the names of the specification. */
  public static StructType of(TpchTable<?> table) {
    return new StructType(
        table.getColumns().stream()
            .map(
                c -> new StructField(c.getColumnName(), type(c.getType()), false, Metadata.empty()))
            .toArray(StructField[]::new));
  }

  /** Converts one generated entity to a row of {@link #of}. */
  public static <E extends TpchEntity> Row row(List<TpchColumn<E>> columns, E entity) {
    Object[] values = new Object[columns.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(columns.get(i), entity);
    }
    return RowFactory.create(values);
  }

  private static DataType type(TpchColumnType type) {
    return switch (type.getBase()) {
      case IDENTIFIER -> DataTypes.LongType;
      case INTEGER -> DataTypes.IntegerType;
      case DOUBLE -> MONEY;
      case DATE -> DataTypes.DateType;
      case VARCHAR -> DataTypes.StringType;
    };
  }

  private static <E extends TpchEntity> Object value(TpchColumn<E> column, E entity) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> column.getIdentifier(entity);
      case INTEGER -> column.getInteger(entity);
      // The generator works in cents; its doubles carry them exactly once rounded to two places.
      case DOUBLE -> BigDecimal.valueOf(column.getDouble(entity)).setScale(2, RoundingMode.HALF_UP);
      case DATE -> LocalDate.ofEpochDay(column.getDate(entity));
      case VARCHAR -> column.getString(entity);
    };
  }
}
