// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import dev.kronos.KronosException;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.Nullability;
import dev.kronos.column.Storage;
import dev.kronos.column.Validity;
import dev.kronos.spark.catalyst.Restriction;
import dev.kronos.spark.catalyst.TypeTranslator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Decides how the batches that come from Spark lie in device memory.
 *
 * <p>There is one layout a type, whatever the batch came from, so that a task keeps one kernel: the
 * narrowest storage, and one byte a row to mark nulls. That is what {@link PoolColumnVector} holds,
 * so scanned data need no conversion. A column of any batch may carry dictionary ids.
 */
public final class BatchLayouts {
  /** A column is of a type that the device does not have. */
  public static final Restriction COLUMN_TYPE =
      new Restriction(
          "column type is not supported", "a column of the input is of a type not listed below");

  private BatchLayouts() {}

  /**
   * Returns the layouts of a schema's columns, in order.
   *
   * @throws KronosException.Unsupported when a type has no column type
   */
  public static List<ColumnLayout> of(StructType schema) {
    List<ColumnLayout> layouts = new ArrayList<>(schema.fields().length);
    for (StructField field : schema.fields()) {
      layouts.add(of(field));
    }
    return List.copyOf(layouts);
  }

  /** Returns why a schema cannot be held in columns, naming the first such field; else empty. */
  public static Optional<String> unsupported(StructType schema) {
    for (StructField field : schema.fields()) {
      if (TypeTranslator.translate(field.dataType()).isEmpty()) {
        String type = field.dataType().catalogString();
        return Optional.of(COLUMN_TYPE.about("column=" + field.name() + ", type=" + type));
      }
    }
    return Optional.empty();
  }

  /**
   * Returns the types that Arrow vectors of a schema's columns have, in order: as Spark names them,
   * which wants to read bytes as bytes.
   *
   * @throws KronosException.Unsupported when a type has no column type
   */
  public static List<DataType> arrowTypes(StructType schema) {
    List<DataType> types = new ArrayList<>(schema.fields().length);
    for (StructField field : schema.fields()) {
      types.add(TypeTranslator.name(field.dataType()).orElseGet(() -> type(field.dataType())));
    }
    return List.copyOf(types);
  }

  /**
   * Returns the column type of a Spark type.
   *
   * @throws KronosException.Unsupported when there is none
   */
  static DataType type(org.apache.spark.sql.types.DataType type) {
    return TypeTranslator.translate(type)
        .orElseThrow(
            () ->
                new KronosException.Unsupported(
                    KronosException.message("no column type", "type", type.catalogString())));
  }

  private static ColumnLayout of(StructField field) {
    DataType type = type(field.dataType());
    Nullability nullability = field.nullable() ? Nullability.NULLABLE : Nullability.NON_NULL;
    return new ColumnLayout(type, Storage.narrowest(type), Validity.BYTES, nullability);
  }
}
