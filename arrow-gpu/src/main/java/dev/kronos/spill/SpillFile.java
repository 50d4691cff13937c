// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Is a file that holds one batch for a while. Used by one thread at a time. */
public interface SpillFile {

  /**
   * Opens the file for writing, once; the caller closes the stream.
   *
   * @throws IOException when it cannot be created
   */
  OutputStream create() throws IOException;

  /**
   * Opens the file for reading, after it was written; the caller closes the stream.
   *
   * @throws IOException when it cannot be opened
   */
  InputStream open() throws IOException;

  /** Deletes the file, if it is there; never throws. */
  void delete();
}
