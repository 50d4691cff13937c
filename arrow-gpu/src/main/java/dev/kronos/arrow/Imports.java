// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.SeekableByteChannel;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.ipc.ArrowStreamReader;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * Brings Arrow data of any origin into memory that a device reads in place, and says how much of it
 * was copied. {@code from} takes vectors and batches of any allocator, IPC streams and files, and
 * readers, those of Arrow's C data interface among them.
 *
 * <pre>{@code
 * try (Imported batch = new Imports(kronos).from(root)) {
 *   Scalar sum = new Aggregates(kronos).sum(batch.vector("price"));
 * }
 * }</pre>
 *
 * <p>A buffer that lies in memory of the device's pools is shared, whichever allocator it came
 * from; every other one is copied once. On unified memory one is copied as well whose values are
 * not aligned to their own size, or characters to 8 bytes: the device could not read them in place.
 * Dictionary-encoded vectors keep their indices and their encoding; their dictionaries come with
 * them where the source has them, and {@link Imported} gives them to functions. What is brought in
 * is counted against {@link Kronos#allocator()}.
 *
 * <p>Thread-safe. Errors: {@link KronosException.Unsupported} for nested types other than fixed
 * size lists, for views, unions and run-end encoding; {@link KronosException.InvalidArgument} for
 * data that contradicts itself; {@link org.apache.arrow.memory.OutOfMemoryException} where there is
 * no room. A call that fails leaves nothing behind, and the source as it was.
 */
public final class Imports {
  private final Kronos kronos;

  /** Creates the imports of a device, which stays the caller's. */
  public Imports(Kronos kronos) {
    this.kronos = Objects.requireNonNull(kronos, "kronos");
  }

  /**
   * Brings in a vector.
   *
   * @param vector a vector of any allocator; stays the caller's, who may close it at once. Where
   *     memory is shared, what is written to it later is seen in both
   * @return one vector that the caller closes
   */
  public Imported from(FieldVector vector) {
    return from(List.of(vector), vector.getValueCount(), List.of());
  }

  /**
   * Brings in a vector and its dictionary, if it is dictionary-encoded.
   *
   * @param vector as for {@link #from(FieldVector)}
   * @param dictionaries knows the dictionary; stays the caller's
   * @return one vector, and its dictionary, that the caller closes
   * @throws KronosException.InvalidArgument when there is no such dictionary
   */
  public Imported from(FieldVector vector, DictionaryProvider dictionaries) {
    List<FieldVector> one = List.of(vector);
    return from(one, vector.getValueCount(), dictionariesOf(one, dictionaries));
  }

  /**
   * Brings in a batch.
   *
   * @param batch vectors of any allocators; stays the caller's, as for one vector
   * @return the batch that the caller closes
   */
  public Imported from(VectorSchemaRoot batch) {
    return from(batch.getFieldVectors(), batch.getRowCount(), List.of());
  }

  /**
   * Brings in a batch and the dictionaries of its dictionary-encoded vectors, as for one vector.
   */
  public Imported from(VectorSchemaRoot batch, DictionaryProvider dictionaries) {
    return from(
        batch.getFieldVectors(),
        batch.getRowCount(),
        dictionariesOf(batch.getFieldVectors(), dictionaries));
  }

  private Imported from(List<FieldVector> vectors, int rows, Collection<Dictionary> dictionaries) {
    requireFlat(vectors, dictionaries);
    return new BatchImport(kronos).take(vectors, rows, dictionaries);
  }

  private static void requireFlat(List<FieldVector> vectors, Collection<Dictionary> dictionaries) {
    ImportChecks.requireFlat(vectors);
    ImportChecks.requireFlat(dictionaries.stream().map(Dictionary::getVector).toList());
  }

  /** Returns the dictionaries that fields of vectors name, each once. */
  private static Collection<Dictionary> dictionariesOf(
      List<FieldVector> vectors, DictionaryProvider dictionaries) {
    Map<Long, Dictionary> found = new LinkedHashMap<>();
    for (FieldVector vector : vectors) {
      DictionaryEncoding encoding = vector.getField().getDictionary();
      if (encoding != null) {
        Dictionary dictionary = dictionaries.lookup(encoding.getId());
        if (dictionary == null) {
          throw new KronosException.InvalidArgument(
              KronosException.message("no such dictionary", "vector", vector.getField()));
        }
        found.put(encoding.getId(), new Dictionary(dictionary.getVector(), encoding));
      }
    }
    return found.values();
  }

  /**
   * Brings in the batches of an IPC stream, which are read into pool memory directly.
   *
   * @param stream an IPC stream
   * @return the batches; closing them closes the stream
   */
  public ImportedBatches from(InputStream stream) {
    ReaderMemory memory = new ReaderMemory(kronos.memory());
    return new ImportedBatches(kronos, new ArrowStreamReader(stream, memory.allocator()), memory);
  }

  /**
   * Brings in the batches of an IPC file, which are read into pool memory directly.
   *
   * @param file an IPC file
   * @return the batches; closing them closes the file
   */
  public ImportedBatches from(SeekableByteChannel file) {
    ReaderMemory memory = new ReaderMemory(kronos.memory());
    return new ImportedBatches(kronos, new ArrowFileReader(file, memory.allocator()), memory);
  }

  /**
   * Brings in the batches of a reader. One of {@link Kronos#allocator()} reads into pool memory
   * directly; what others read is copied. A stream of the C data interface is such a reader: {@code
   * Data.importArrayStream} of Arrow's module {@code arrow-c-data} makes it.
   *
   * @param reader a reader
   * @return the batches; closing them closes the reader
   */
  public ImportedBatches from(ArrowReader reader) {
    return new ImportedBatches(kronos, reader, null);
  }

  /** Reads one batch that a reader has loaded; its contents are not trusted. */
  static Imported untrusted(Kronos kronos, ArrowReader reader) throws IOException {
    VectorSchemaRoot root = reader.getVectorSchemaRoot();
    List<FieldVector> vectors = root.getFieldVectors();
    Collection<Dictionary> dictionaries = dictionariesOf(vectors, reader);
    requireFlat(vectors, dictionaries);
    vectors.forEach(ImportChecks::requireSound);
    dictionaries.forEach(dictionary -> ImportChecks.requireSound(dictionary.getVector()));
    return new BatchImport(kronos).take(vectors, root.getRowCount(), dictionaries);
  }
}
