// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import dev.kronos.KronosException;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Holds vectors that were brought in, and says what that took. Owns them: closing gives back their
 * memory, and where it was shared, drops one of its references. Not thread-safe.
 */
public final class Imported implements AutoCloseable {
  private final VectorSchemaRoot batch;
  private final long copiedBytes;

  Imported(VectorSchemaRoot batch, long copiedBytes) {
    this.batch = batch;
    this.copiedBytes = copiedBytes;
  }

  /** Returns the vectors as a batch, which stays this one's. */
  public VectorSchemaRoot batch() {
    return batch;
  }

  /** Returns the vectors, which stay this one's. */
  public List<FieldVector> vectors() {
    return batch.getFieldVectors();
  }

  /** Returns the first vector, which stays this one's: the one of an import of one vector. */
  public FieldVector vector() {
    return batch.getVector(0);
  }

  /**
   * Returns the vector of a name, which stays this one's.
   *
   * @throws KronosException.InvalidArgument when there is none
   */
  public FieldVector vector(String name) {
    FieldVector found = batch.getVector(name);
    if (found == null) {
      throw new KronosException.InvalidArgument(
          KronosException.message("no such vector", "name", name, "schema", batch.getSchema()));
    }
    return found;
  }

  /** Returns how many bytes the host copied; 0 when all memory is shared. */
  public long copiedBytes() {
    return copiedBytes;
  }

  /** Returns whether the host copied anything. */
  public boolean copied() {
    return copiedBytes > 0;
  }

  @Override
  public void close() {
    batch.close();
  }
}
