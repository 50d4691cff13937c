// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.Kronos;
import dev.kronos.column.ArrowMemory;
import dev.kronos.column.BatchDownload;
import dev.kronos.column.BatchUpload;
import dev.kronos.column.BufferSlice;
import dev.kronos.column.Column;
import dev.kronos.column.ColumnBatch;
import dev.kronos.column.ColumnLayout;
import dev.kronos.column.DataType;
import dev.kronos.column.HostBatch;
import dev.kronos.column.HostBuffer;
import dev.kronos.column.HostColumn;
import dev.kronos.column.Nullability;
import dev.kronos.dispatch.Stream;
import dev.kronos.memory.Pool;
import dev.kronos.operator.product.Element;
import dev.kronos.operator.product.MatrixProduct;
import dev.kronos.operator.product.MatrixProduct.Factors;
import dev.kronos.operator.product.Operand;
import dev.kronos.operator.product.Shape;
import java.util.List;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.FixedSizeListVector;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Carries matrices of vectors to the device and their product back. */
final class Products {
  private static final String NAME = "product";

  private final Kronos kronos;

  Products(Kronos kronos) {
    this.kronos = kronos;
  }

  FixedSizeListVector multiply(Matrix left, Matrix right) {
    try (Stream stream = kronos.newStream();
        ColumnBatch elements =
            new BatchUpload(kronos, stream)
                .upload(new HostBatch(List.of(describe(left), describe(right)), 0))) {
      Operand a = operand(left, elements.columns().get(0));
      Operand b = operand(right, elements.columns().get(1));
      Shape shape = MatrixProduct.result(a, b);
      try (Column product = product(stream, a, b, shape)) {
        return lists(product, shape);
      }
    }
  }

  private static HostColumn describe(Matrix matrix) {
    Element element = matrix.element();
    long sizeBytes = matrix.shape().extent() * element.sizeBytes();
    ColumnLayout layout = ColumnLayout.of(type(element), Nullability.NON_NULL);
    if (sizeBytes == 0) {
      return HostColumn.fixed(layout, null, null);
    }
    long start = matrix.first() * element.sizeBytes();
    HostBuffer values =
        new HostBuffer(matrix.values().getDataBuffer().memoryAddress() + start, sizeBytes);
    return HostColumn.fixed(layout, null, values);
  }

  private static DataType type(Element element) {
    return switch (element) {
      case FLOAT32 -> DataType.FLOAT32;
      case FLOAT64 -> DataType.FLOAT64;
      case FLOAT16, BFLOAT16 -> DataType.INT16;
    };
  }

  private static Operand operand(Matrix matrix, Column column) {
    return new Operand(column.values(), matrix.element(), matrix.shape());
  }

  private Column product(Stream stream, Operand a, Operand b, Shape shape) {
    Element element = a.type().result();
    ColumnLayout layout = ColumnLayout.of(type(element), Nullability.NON_NULL);
    if (shape.size() == 0) {
      return new Column(layout, null, null, null, null, 0);
    }
    long sizeBytes = shape.size() * element.sizeBytes();
    BufferSlice target = BufferSlice.whole(kronos.memory().allocate(Pool.DEVICE, sizeBytes));
    try {
      new MatrixProduct(kronos).record(stream, a, b, Factors.PRODUCT, target);
      stream.submit();
      return new Column(layout, null, target, null, null, 0);
    } catch (RuntimeException e) {
      target.close();
      throw e;
    }
  }

  private FixedSizeListVector lists(Column product, Shape shape) {
    ColumnBatch batch = new ColumnBatch(List.of(product), (int) shape.size());
    try (BatchDownload download = new BatchDownload(kronos);
        FieldVector numbers = download.download(batch, List.of(NAME)).get(0)) {
      return lists(numbers, shape);
    }
  }

  private FixedSizeListVector lists(FieldVector numbers, Shape shape) {
    FixedSizeListVector lists =
        FixedSizeListVector.empty(NAME, shape.columns(), kronos.allocator());
    try {
      FieldType type = numbers.getField().getFieldType();
      numbers.makeTransferPair(lists.addOrGetVector(type).getVector()).transfer();
      int rows = Math.multiplyExact(shape.matrices(), shape.rows());
      for (int row = 0; row < rows; row++) {
        lists.setNotNull(row);
      }
      lists.setValueCount(rows);
      return lists;
    } catch (OutOfMemoryException e) {
      lists.close();
      throw ArrowMemory.exhausted(e);
    } catch (RuntimeException e) {
      lists.close();
      throw e;
    }
  }
}
