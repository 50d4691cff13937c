// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/** Gives vectors other types of the same memory layout, without a copy. */
final class RetypedVectors {
  private RetypedVectors() {}

  /** Returns vectors of the fields; takes over the vectors given, also when it fails. */
  static List<FieldVector> of(
      List<FieldVector> vectors, List<Field> fields, BufferAllocator allocator) {
    List<FieldVector> results = new ArrayList<>(vectors.size());
    try {
      for (int i = 0; i < vectors.size(); i++) {
        results.add(fields.get(i).createVector(allocator));
        move(vectors.get(i), results.get(i));
      }
      return results;
    } catch (RuntimeException e) {
      results.forEach(FieldVector::close);
      throw e;
    } finally {
      vectors.forEach(FieldVector::close);
    }
  }

  private static void move(FieldVector from, FieldVector to) {
    int count = from.getValueCount();
    if (count > 0) {
      to.loadFieldBuffers(new ArrowFieldNode(count, -1), from.getFieldBuffers());
    }
  }
}
