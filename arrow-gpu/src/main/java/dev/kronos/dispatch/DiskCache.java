// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.KronosException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps named byte strings in a folder between runs. A cache, so nothing here fails: what cannot be
 * read is missing, what cannot be written is lost, both with a line in the log. Files are written
 * beside their place and moved, so that readers of other processes see all of one or none.
 *
 * <pre>
 *  0  8 bytes  magic
 *  8  u32      CRC-32C of the content
 * 12  u32      length of the content
 * 16           content
 * </pre>
 *
 * <p>Thread-safe.
 */
final class DiskCache {

  private static final Logger LOG = LoggerFactory.getLogger(DiskCache.class);
  private static final long MAGIC = 0x4b524f4e4f533031L; // "KRONOS01"
  private static final int HEADER_BYTES = 16;
  private static final String AUTO = "auto";
  private static final String NONE = "none";

  private final Path folder;

  /** Creates a cache in a folder, which is made when something is written; null keeps nothing. */
  DiskCache(Path folder) {
    this.folder = folder;
  }

  /**
   * Resolves the setting for the folder.
   *
   * @param setting {@code auto}, {@code none} or a folder
   */
  static DiskCache of(String setting) {
    return switch (setting) {
      case NONE -> new DiskCache(null);
      case AUTO -> new DiskCache(userFolder());
      default -> new DiskCache(path(setting));
    };
  }

  private static Path path(String setting) {
    try {
      return Path.of(setting);
    } catch (java.nio.file.InvalidPathException e) {
      throw new KronosException.InvalidArgument(
          KronosException.message("wrong cache folder", "value", setting), e);
    }
  }

  private static Path userFolder() {
    String xdg = System.getenv("XDG_CACHE_HOME");
    String home = System.getProperty("user.home", "");
    if (xdg != null && !xdg.isBlank()) {
      return Path.of(xdg, "kronos");
    }
    boolean homeUsable = !home.isBlank() && !home.equals("?") && Files.isWritable(Path.of(home));
    return homeUsable
        ? Path.of(home, ".cache", "kronos")
        : Path.of(System.getProperty("java.io.tmpdir"), "kronos-cache");
  }

  /** Returns the content of an entry, or empty when it is missing or damaged. */
  Optional<byte[]> read(String name) {
    if (folder == null) {
      return Optional.empty();
    }
    Path file = folder.resolve(name);
    try {
      return Files.exists(file) ? unwrap(file, Files.readAllBytes(file)) : Optional.empty();
    } catch (IOException | SecurityException e) {
      LOG.debug("cache entry not readable: file={}, cause={}", file, e.toString());
      return Optional.empty();
    }
  }

  /** Stores an entry. */
  void write(String name, byte[] content) {
    if (folder == null) {
      return;
    }
    Path file = folder.resolve(name);
    try {
      Files.createDirectories(file.getParent());
      Path part = Files.createTempFile(file.getParent(), "part-", ".tmp");
      try {
        Files.write(part, wrap(content));
        move(part, file);
      } finally {
        Files.deleteIfExists(part);
      }
    } catch (IOException | SecurityException e) {
      LOG.debug("cache entry not writable: file={}, cause={}", file, e.toString());
    }
  }

  private static void move(Path part, Path file) throws IOException {
    try {
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static byte[] wrap(byte[] content) {
    return ByteBuffer.allocate(HEADER_BYTES + content.length)
        .putLong(MAGIC)
        .putInt(checksum(content))
        .putInt(content.length)
        .put(content)
        .array();
  }

  private static Optional<byte[]> unwrap(Path file, byte[] bytes) {
    if (bytes.length >= HEADER_BYTES) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      long magic = buffer.getLong();
      int checksum = buffer.getInt();
      int length = buffer.getInt();
      byte[] content = new byte[buffer.remaining()];
      buffer.get(content);
      if (magic == MAGIC && length == content.length && checksum == checksum(content)) {
        return Optional.of(content);
      }
    }
    LOG.info("damaged cache entry ignored: file={}", file);
    return Optional.empty();
  }

  private static int checksum(byte[] content) {
    CRC32C crc = new CRC32C();
    crc.update(content);
    return (int) crc.getValue();
  }
}
