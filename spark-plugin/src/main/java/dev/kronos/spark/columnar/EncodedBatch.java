// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.columnar;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.arrow.ArrowWriter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.apache.spark.sql.vectorized.ColumnVector;
import org.apache.spark.sql.vectorized.ColumnarBatch;

/**
 * Is a batch of rows as a stream of Arrow's IPC format, which travels between processes. Immutable;
 * nobody changes the bytes.
 *
 * @param rows rows, 0 or more
 * @param bytes schema and one record batch
 */
@SuppressWarnings("ArrayRecordComponent")
public record EncodedBatch(int rows, byte[] bytes) implements Serializable {

  /** Encodes a batch, which stays the caller's, wherever it lies; needs no device. */
  static EncodedBatch of(ColumnarBatch batch, StructType schema) {
    List<FieldVector> vectors = new ArrayList<>(batch.numCols());
    for (int i = 0; i < batch.numCols(); i++) {
      ColumnVector column = batch.column(i);
      if (!(column instanceof DeviceColumnVector onDevice)) {
        return ofRows(batch, schema);
      }
      vectors.add((FieldVector) onDevice.host().getValueVector());
    }
    // The root is not closed: the vectors stay the batch's.
    VectorSchemaRoot root = new VectorSchemaRoot(vectors);
    root.setRowCount(batch.numRows());
    return encode(root);
  }

  private static EncodedBatch ofRows(ColumnarBatch batch, StructType schema) {
    try (BufferAllocator allocator =
            ArrowUtils.rootAllocator().newChildAllocator("kronos-encode", 0, Long.MAX_VALUE);
        VectorSchemaRoot root =
            VectorSchemaRoot.create(
                ArrowUtils.toArrowSchema(schema, "UTC", false, false), allocator)) {
      ArrowWriter writer = ArrowWriter.create(root);
      Iterator<InternalRow> rows = batch.rowIterator();
      rows.forEachRemaining(writer::write);
      writer.finish();
      root.setRowCount(batch.numRows());
      return encode(root);
    }
  }

  private static EncodedBatch encode(VectorSchemaRoot root) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ArrowStreamWriter writer = new ArrowStreamWriter(root, null, bytes)) {
      writer.writeBatch();
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new EncodedBatch(root.getRowCount(), bytes.toByteArray());
  }

  /**
   * Decodes the batch.
   *
   * @param allocator where the vectors' memory comes from for as long as the consumer runs
   * @param consumer gets the vectors, which it does not close
   */
  public void decode(BufferAllocator allocator, Consumer<List<FieldVector>> consumer) {
    try (ArrowStreamReader reader =
        new ArrowStreamReader(new ByteArrayInputStream(bytes), allocator)) {
      reader.loadNextBatch();
      consumer.accept(reader.getVectorSchemaRoot().getFieldVectors());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
