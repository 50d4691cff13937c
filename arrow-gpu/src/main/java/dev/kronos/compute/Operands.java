// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.FieldVector;

/**
 * Holds the operands of one call as the values that its function sees, each decoded once however
 * often it comes. Owns what was decoded; the operands stay the caller's.
 */
final class Operands implements AutoCloseable {
  private final Map<FieldVector, FieldVector> decoded = new IdentityHashMap<>();

  /** Decodes what needs it; when that fails, nothing is left behind. */
  Operands(Decoder decoder, Collection<? extends FieldVector> operands) {
    try {
      for (FieldVector operand : operands) {
        if (decoder.decodes(operand) && !decoded.containsKey(operand)) {
          decoded.put(operand, decoder.decode(operand));
        }
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Returns the values of an operand: itself where nothing had to be done. */
  FieldVector of(FieldVector operand) {
    return decoded.getOrDefault(operand, operand);
  }

  /** Returns the values of operands, in their order. */
  List<FieldVector> of(List<? extends FieldVector> operands) {
    return operands.stream().map(this::of).toList();
  }

  /** Frees what was decoded. */
  @Override
  public void close() {
    decoded.values().forEach(FieldVector::close);
    decoded.clear();
  }
}
