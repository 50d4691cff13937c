// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import dev.kronos.KronosException;
import java.util.List;
import java.util.Set;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;

/**
 * Holds vectors that were brought in, and says what that took. Owns them: closing gives back their
 * memory, and where it was shared, drops one of its references. Not thread-safe.
 *
 * <p>The dictionaries of dictionary-encoded vectors are held beside them, where they came with
 * them: functions that are given this as their dictionaries see such vectors as values.
 */
public final class Imported implements DictionaryProvider, AutoCloseable {
  private final VectorSchemaRoot batch;
  private final MapDictionaryProvider dictionaries;
  private final long copiedBytes;

  Imported(VectorSchemaRoot batch, MapDictionaryProvider dictionaries, long copiedBytes) {
    this.batch = batch;
    this.dictionaries = dictionaries;
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

  /** Returns a dictionary by its number, which stays this one's; null when there is none. */
  @Override
  public Dictionary lookup(long id) {
    return dictionaries.lookup(id);
  }

  /** Returns the numbers of the dictionaries that came with the vectors. */
  @Override
  public Set<Long> getDictionaryIds() {
    return dictionaries.getDictionaryIds();
  }

  @Override
  public void close() {
    batch.close();
    dictionaries.close();
  }
}
