// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import dev.kronos.KronosException;
import dev.kronos.column.ArrowMemory;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.BaseLargeVariableWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Gives vectors other types of the same memory layout, without a copy; but for offsets, which are
 * widened where the other type has 64-bit ones.
 */
final class RetypedVectors {
  private RetypedVectors() {}

  /**
   * Returns vectors of the fields; takes over the vectors given, also when it fails.
   *
   * @throws KronosException.Exhausted when there is no room for wider offsets
   */
  static List<FieldVector> of(
      List<FieldVector> vectors, List<Field> fields, BufferAllocator allocator) {
    List<FieldVector> results = new ArrayList<>(vectors.size());
    try {
      for (int i = 0; i < vectors.size(); i++) {
        results.add(fields.get(i).createVector(allocator));
        move(vectors.get(i), results.get(i));
      }
      return results;
    } catch (OutOfMemoryException e) {
      results.forEach(FieldVector::close);
      throw ArrowMemory.exhausted(e);
    } catch (RuntimeException e) {
      results.forEach(FieldVector::close);
      throw e;
    } finally {
      vectors.forEach(FieldVector::close);
    }
  }

  private static void move(FieldVector from, FieldVector to) {
    int count = from.getValueCount();
    if (count == 0) {
      return;
    }
    List<ArrowBuf> buffers = from.getFieldBuffers();
    if (to instanceof BaseLargeVariableWidthVector && from instanceof BaseVariableWidthVector) {
      try (ArrowBuf offsets = widened(buffers.get(1), count + 1L, to.getAllocator())) {
        List<ArrowBuf> wide = List.of(buffers.get(0), offsets, buffers.get(2));
        to.loadFieldBuffers(new ArrowFieldNode(count, -1), wide);
      }
    } else {
      to.loadFieldBuffers(new ArrowFieldNode(count, -1), buffers);
    }
  }

  private static ArrowBuf widened(ArrowBuf narrow, long count, BufferAllocator allocator) {
    ArrowBuf wide = allocator.buffer(count * Long.BYTES);
    for (long i = 0; i < count; i++) {
      wide.setLong(i * Long.BYTES, narrow.getInt(i * Integer.BYTES));
    }
    return wide.writerIndex(count * Long.BYTES);
  }
}
