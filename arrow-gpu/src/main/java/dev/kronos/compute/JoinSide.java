// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Names one side of a join. Holds no references of its own to the vectors, which stay the caller's.
 *
 * @param keys what rows are matched by; one at least
 * @param values what comes out; may name keys, and may be empty
 */
public record JoinSide(List<FieldVector> keys, List<FieldVector> values) {

  /** Copies the lists; throws InvalidArgument when there is no key. */
  public JoinSide {
    keys = List.copyOf(keys);
    values = List.copyOf(values);
    if (keys.isEmpty()) {
      throw new KronosException.InvalidArgument(message("join without keys", "keys", 0));
    }
  }

  /** Returns the same of what a function sees of its operands. */
  JoinSide of(Operands operands) {
    return new JoinSide(operands.of(keys), operands.of(values));
  }

  /**
   * Makes a side of a batch all of whose vectors come out.
   *
   * @param batch the rows
   * @param keys names of the vectors that rows are matched by
   * @throws KronosException.InvalidArgument when the batch has no vector of a name
   */
  public static JoinSide of(VectorSchemaRoot batch, String... keys) {
    List<FieldVector> vectors = new ArrayList<>(keys.length);
    for (String key : keys) {
      FieldVector vector = batch.getVector(key);
      if (vector == null) {
        throw new KronosException.InvalidArgument(
            message("no vector of this name", "name", key, "schema", batch.getSchema()));
      }
      vectors.add(vector);
    }
    return new JoinSide(vectors, batch.getFieldVectors());
  }
}
