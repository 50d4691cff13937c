// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.memory.DeviceBuffer;
import java.util.Objects;

/**
 * Declares that a piece of device work reads or writes a range of bytes of a buffer. Streams place
 * barriers from these declarations alone, so leaving one out is a data race.
 *
 * @param buffer the buffer; not null; the record holds no reference of its own
 * @param offset first byte inside the buffer, 0 or more
 * @param sizeBytes length in bytes, 0 or more; {@code offset + sizeBytes} lies inside the buffer
 * @param mode what is done to the range; not null
 */
public record Access(DeviceBuffer buffer, long offset, long sizeBytes, Mode mode) {
  /** Says what is done to a range. */
  public enum Mode {
    /** Reads only. */
    READ,
    /** Writes only; what was there is not needed. */
    WRITE,
    /** Reads and writes. */
    READ_WRITE;

    /** Returns whether the range is read. */
    public boolean reads() {
      return this != WRITE;
    }

    /** Returns whether the range is written. */
    public boolean writes() {
      return this != READ;
    }
  }

  /**
   * Checks the range.
   *
   * @throws KronosException.InvalidArgument when the range does not lie inside the buffer
   */
  public Access {
    Objects.requireNonNull(buffer, "buffer");
    Objects.requireNonNull(mode, "mode");
    requireInside(buffer, offset, sizeBytes);
  }

  /** Refuses a range that does not lie inside its buffer. */
  static void requireInside(DeviceBuffer buffer, long offset, long sizeBytes) {
    if (offset < 0 || sizeBytes < 0 || offset > buffer.sizeBytes() - sizeBytes) {
      throw new KronosException.InvalidArgument(
          message(
              "access outside of its buffer",
              "offset",
              offset,
              "sizeBytes",
              sizeBytes,
              "buffer",
              buffer));
    }
  }

  /** Returns a read of a whole buffer. */
  public static Access reads(DeviceBuffer buffer) {
    return new Access(buffer, 0, buffer.sizeBytes(), Mode.READ);
  }

  /** Returns a read of a range of a buffer. */
  public static Access reads(DeviceBuffer buffer, long offset, long sizeBytes) {
    return new Access(buffer, offset, sizeBytes, Mode.READ);
  }

  /** Returns a write of a whole buffer. */
  public static Access writes(DeviceBuffer buffer) {
    return new Access(buffer, 0, buffer.sizeBytes(), Mode.WRITE);
  }

  /** Returns a write of a range of a buffer. */
  public static Access writes(DeviceBuffer buffer, long offset, long sizeBytes) {
    return new Access(buffer, offset, sizeBytes, Mode.WRITE);
  }

  /** Returns a read and write of a whole buffer. */
  public static Access updates(DeviceBuffer buffer) {
    return new Access(buffer, 0, buffer.sizeBytes(), Mode.READ_WRITE);
  }

  /** Returns a read and write of a range of a buffer. */
  public static Access updates(DeviceBuffer buffer, long offset, long sizeBytes) {
    return new Access(buffer, offset, sizeBytes, Mode.READ_WRITE);
  }

  /** Returns the device address of the first byte. */
  public long start() {
    return buffer.deviceAddress() + offset;
  }

  /** Returns the device address after the last byte. */
  public long end() {
    return start() + sizeBytes;
  }
}
