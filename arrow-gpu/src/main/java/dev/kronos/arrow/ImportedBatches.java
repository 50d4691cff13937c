// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads the batches of an Arrow reader into pool memory, one after the other. Each batch is its
 * caller's and outlives the next one and this. What is read is checked: no length or offset of it
 * is trusted, and after a failure nothing more can be read. Not thread-safe.
 */
public final class ImportedBatches implements AutoCloseable {
  private final Kronos kronos;
  private final ArrowReader reader;
  private final ReaderMemory memory;
  private boolean failed;

  /**
   * Takes over a reader.
   *
   * @param memory what the reader allocates from, or null when that is somebody else's
   */
  ImportedBatches(Kronos kronos, ArrowReader reader, ReaderMemory memory) {
    this.kronos = kronos;
    this.reader = Objects.requireNonNull(reader, "reader");
    this.memory = memory;
  }

  /**
   * Returns the schema of all batches.
   *
   * @throws IOException when reading fails
   * @throws KronosException.InvalidArgument when it is not Arrow data
   */
  public Schema schema() throws IOException {
    return read(() -> reader.getVectorSchemaRoot().getSchema());
  }

  /**
   * Reads the next batch.
   *
   * @return the batch that the caller closes, or null behind the last one
   * @throws IOException when reading fails
   * @throws KronosException.InvalidArgument when the data is malformed
   */
  public Imported next() throws IOException {
    return read(() -> reader.loadNextBatch() ? Imports.untrusted(kronos, reader) : null);
  }

  /**
   * Returns the dictionaries that the batches read so far refer to, by their numbers. They stay the
   * reader's and change with the next batch; {@link Imports#from} brings one in to keep.
   *
   * @throws IOException when reading fails
   * @throws KronosException.InvalidArgument when the data is malformed
   */
  public Map<Long, Dictionary> dictionaries() throws IOException {
    return read(() -> new HashMap<>(reader.getDictionaryVectors()));
  }

  /** Closes the reader and what it reads from; batches that were handed out stay. */
  @Override
  public void close() throws IOException {
    if (!failed) {
      reader.close();
    }
  }

  /** Reads something. */
  @FunctionalInterface
  private interface Reading<T> {
    T read() throws IOException;
  }

  /** Arrow's readers meet malformed data with whatever exception it leads to. */
  private <T> T read(Reading<T> reading) throws IOException {
    if (failed) {
      throw new KronosException.Closed("read after malformed Arrow data");
    }
    if (memory != null) {
      memory.mark();
    }
    failed = true;
    try {
      T result = reading.read();
      failed = false;
      return result;
    } catch (KronosException | OutOfMemoryException e) {
      throw e;
    } catch (RuntimeException e) {
      throw new KronosException.InvalidArgument(
          KronosException.message("malformed Arrow data", "problem", e), e);
    } finally {
      if (failed) {
        giveUp();
      }
    }
  }

  /** Closes the reader, which may be in any state, and takes back what it lost. */
  private void giveUp() throws IOException {
    try {
      reader.close();
    } finally {
      if (memory != null) {
        memory.reclaim();
      }
    }
  }
}
