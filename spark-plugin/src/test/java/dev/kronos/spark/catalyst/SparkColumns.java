// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.List;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Literal$;
import org.apache.spark.sql.catalyst.expressions.NamedExpression$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;

/** Gives tests columns and constants of Spark's, without a session. */
final class SparkColumns {
  static final AttributeReference BOOL = nullable("bool", DataTypes.BooleanType);
  static final AttributeReference BYTE = nullable("byte", DataTypes.ByteType);
  static final AttributeReference INT = nullable("int", DataTypes.IntegerType);
  static final AttributeReference LONG = nullable("long", DataTypes.LongType);
  static final AttributeReference DOUBLE = nullable("double", DataTypes.DoubleType);
  static final AttributeReference DATE = nullable("date", DataTypes.DateType);
  static final AttributeReference TIMESTAMP = nullable("timestamp", DataTypes.TimestampType);
  static final AttributeReference STRING = nullable("string", DataTypes.StringType);
  static final AttributeReference BINARY = nullable("binary", DataTypes.BinaryType);
  static final AttributeReference MONEY = nullable("money", DataTypes.createDecimalType(15, 2));
  static final AttributeReference WIDE = nullable("wide", DataTypes.createDecimalType(38, 10));
  static final AttributeReference COUNT = required("count", DataTypes.LongType);

  /** All columns, in the order of their indexes. */
  static final List<Attribute> ALL =
      List.of(BOOL, BYTE, INT, LONG, DOUBLE, DATE, TIMESTAMP, STRING, MONEY, WIDE, COUNT);

  private SparkColumns() {}

  static AttributeReference nullable(String name, DataType type) {
    return column(name, type, true);
  }

  static AttributeReference required(String name, DataType type) {
    return column(name, type, false);
  }

  static org.apache.spark.sql.catalyst.expressions.Literal constant(Object value) {
    return Literal$.MODULE$.apply(value);
  }

  private static AttributeReference column(String name, DataType type, boolean nullable) {
    return new AttributeReference(
        name,
        type,
        nullable,
        Metadata.empty(),
        NamedExpression$.MODULE$.newExprId(),
        ScalaCollections.seq(List.of()));
  }
}
