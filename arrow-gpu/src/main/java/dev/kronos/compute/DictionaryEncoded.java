// SPDX-License-Identifier: Apache-2.0
package dev.kronos.compute;

import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.dictionary.Dictionary;

/**
 * Holds a dictionary-encoded vector and its dictionary. Owns both.
 *
 * @param indices where in the dictionary each value stands; its field names the dictionary
 * @param dictionary the different values, in the order of their first appearance
 */
public record DictionaryEncoded(IntVector indices, Dictionary dictionary) implements AutoCloseable {

  /** Closes indices and dictionary. */
  @Override
  public void close() {
    indices.close();
    dictionary.getVector().close();
  }
}
