// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.product;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.column.BufferSlice;
import java.util.Objects;

/**
 * Names matrices that lie in device memory. Owns nothing.
 *
 * @param elements where they lie, aligned to their elements at least
 * @param type their type
 * @param shape rows, columns, and where each element is
 */
public record Operand(BufferSlice elements, Element type, Shape shape) {

  /** Alignment that the product's vector loads need, in bytes. */
  private static final int VECTOR_BYTES = 16;

  /** Checks that the matrices lie inside the elements; throws InvalidArgument. */
  public Operand {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(shape, "shape");
    long held = elements == null ? 0 : elements.sizeBytes() / type.sizeBytes();
    if (shape.extent() > held) {
      throw new KronosException.InvalidArgument(
          message("matrices reach beyond their elements", "shape", shape, "elements", held));
    }
  }

  /** Tells whether a product on matrix units can read them as they are, as matrices of a shape. */
  boolean padded(Shape shape) {
    return this.shape.equals(shape)
        && this.shape.dense()
        && elements != null
        && elements.deviceAddress() % VECTOR_BYTES == 0;
  }

  /** Tells whether the product can read them as they are, as so many matrices. */
  boolean dense(int matrices) {
    return type == type.result()
        && shape.matrices() == matrices
        && shape.dense()
        && (elements == null || elements.deviceAddress() % VECTOR_BYTES == 0);
  }
}
