// SPDX-License-Identifier: Apache-2.0
package dev.kronos.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Checks by its first bytes whether a file can be a driver's library for this processor, before
 * anything tries to load it. The layout is that of the ELF header:
 *
 * <pre>
 *   0  4  magic 7F 'E' 'L' 'F'
 *   4  1  class: 2 = 64 bits
 *   5  1  byte order: 1 = little-endian
 *  16  2  type: 3 = shared object
 *  18  2  machine
 * </pre>
 */
final class DriverLibrary {
  private static final int HEADER_BYTES = 20;
  private static final int MAGIC = 0x464C457F;
  private static final int CLASS_OFFSET = 4;
  private static final int CLASS_64 = 2;
  private static final int ORDER_OFFSET = 5;
  private static final int LITTLE_ENDIAN = 1;
  private static final int TYPE_OFFSET = 16;
  private static final int SHARED_OBJECT = 3;
  private static final int MACHINE_OFFSET = 18;

  private DriverLibrary() {}

  /** Checks a library; a bare name passes, since only the system's linker knows where it lies. */
  static void check(String library, Machine machine) throws ManifestException {
    if (library.indexOf('/') < 0) {
      return;
    }
    Path file = path(library);
    if (!Files.isRegularFile(file)) {
      throw new ManifestException("the library it names does not exist: " + library);
    }
    checkHeader(header(file), file, machine);
  }

  private static Path path(String library) throws ManifestException {
    try {
      return Path.of(library);
    } catch (InvalidPathException e) {
      throw new ManifestException("the library it names is not a path", e);
    }
  }

  private static ByteBuffer header(Path file) throws ManifestException {
    try (InputStream in = Files.newInputStream(file)) {
      return ByteBuffer.wrap(in.readNBytes(HEADER_BYTES)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new ManifestException("the library it names cannot be read: " + file, e);
    }
  }

  private static void checkHeader(ByteBuffer header, Path file, Machine machine)
      throws ManifestException {
    if (header.remaining() < HEADER_BYTES || header.getInt(0) != MAGIC) {
      throw new ManifestException("the library it names is not an ELF file: " + file);
    }
    boolean fits =
        header.get(CLASS_OFFSET) == CLASS_64
            && header.get(ORDER_OFFSET) == LITTLE_ENDIAN
            && header.getShort(MACHINE_OFFSET) == machine.elfMachine();
    if (!fits) {
      throw new ManifestException(
          "the library it names is for another processor than " + machine + ": " + file);
    }
    if (header.getShort(TYPE_OFFSET) != SHARED_OBJECT) {
      throw new ManifestException("the library it names is not a shared object: " + file);
    }
  }
}
