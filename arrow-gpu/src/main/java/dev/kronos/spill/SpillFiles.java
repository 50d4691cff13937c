// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spill;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes files for batches that fit neither device nor host memory. Thread-safe. */
@FunctionalInterface
public interface SpillFiles {

  /**
   * Names a new file.
   *
   * @throws IOException when there is no place for one
   */
  SpillFile next() throws IOException;

  /** Returns files in a folder, which exists; plain bytes. */
  static SpillFiles inFolder(Path folder) {
    return () -> new PlainFile(Files.createTempFile(folder, "kronos-spill-", ".bin"));
  }

  /**
   * Is a file of plain bytes.
   *
   * @param path where it lies
   */
  record PlainFile(Path path) implements SpillFile {
    @Override
    public OutputStream create() throws IOException {
      return Files.newOutputStream(path);
    }

    @Override
    public InputStream open() throws IOException {
      return Files.newInputStream(path);
    }

    @Override
    public void delete() {
      path.toFile().delete();
    }
  }
}
