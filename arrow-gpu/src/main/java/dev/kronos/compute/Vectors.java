// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowColumns;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostColumn;
import dev.kronos.expression.ColumnReference;
import dev.kronos.expression.Expression;
import dev.kronos.expression.RowAccess;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Holds vectors of one length as the columns of expressions; owns nothing. */
final class Vectors {
  private final List<FieldVector> vectors;
  private final HostBatch batch;

  /**
   * Describes vectors in place.
   *
   * @throws KronosException.InvalidArgument when their lengths differ
   * @throws KronosException.Unsupported when one has no column type or is dictionary-encoded
   */
  Vectors(List<? extends FieldVector> vectors) {
    this(vectors, requireSameLength(vectors));
    this.vectors.forEach(Vectors::requirePlain);
  }

  private Vectors(List<? extends FieldVector> vectors, int rows) {
    this.vectors = List.copyOf(vectors);
    this.batch = HostBatch.ofVectors(this.vectors, rows);
  }

  /** Describes the indices of a vector that may be dictionary-encoded. */
  static Vectors ofIndices(FieldVector indices) {
    return new Vectors(List.of(indices), indices.getValueCount());
  }

  /** Returns the length of the vectors, or 0 when there are none. */
  static int requireSameLength(List<? extends FieldVector> vectors) {
    int rows = vectors.isEmpty() ? 0 : vectors.get(0).getValueCount();
    for (FieldVector vector : vectors) {
      if (vector.getValueCount() != rows) {
        throw new KronosException.InvalidArgument(
            message(
                "vectors are of different lengths",
                "vector",
                vectors.get(0).getName(),
                "count",
                rows,
                "other",
                vector.getName(),
                "otherCount",
                vector.getValueCount()));
      }
    }
    return rows;
  }

  private static void requirePlain(FieldVector vector) {
    if (vector.getField().getDictionary() != null) {
      throw new KronosException.Unsupported(
          message("decode the dictionary-encoded vector first", "vector", vector.getField()));
    }
  }

  HostBatch batch() {
    return batch;
  }

  List<ColumnLayout> layouts() {
    return batch.columns().stream().map(HostColumn::layout).toList();
  }

  /** Returns the values of the vector with an index from 0, of its type. */
  Expression column(int index) {
    ColumnLayout layout = batch.columns().get(index).layout();
    return CarriedRules.as(ColumnReference.to(index, layout), type(index));
  }

  /** Returns the type of the vector with an index from 0. */
  DataType type(int index) {
    return ArrowColumns.dataType(vectors.get(index).getField().getType());
  }

  FieldVector vector(int index) {
    return vectors.get(index);
  }

  int size() {
    return vectors.size();
  }

  RowAccess row(int row) {
    return column -> RowValues.read(vectors.get(column), row);
  }

  /** Returns the field of a result; a type with variants, as timestamps, is that of an operand. */
  Field field(String name, DataType type) {
    ArrowType arrowType = ArrowColumns.arrowType(type);
    for (FieldVector vector : vectors) {
      ArrowType candidate = vector.getField().getType();
      if (ArrowColumns.dataType(candidate).equals(type)) {
        arrowType = candidate;
        break;
      }
    }
    return new Field(name, FieldType.nullable(arrowType), null);
  }
}
