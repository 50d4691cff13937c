// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

/**
 * Names a range of host memory that someone else owns.
 *
 * @param address address of the first byte; not 0 unless {@code sizeBytes} is 0
 * @param sizeBytes length in bytes, 0 or more
 */
public record HostBuffer(long address, long sizeBytes) {
  /** Checks the range. */
  public HostBuffer {
    if (sizeBytes < 0 || (address == 0 && sizeBytes != 0)) {
      throw new IllegalArgumentException(
          "bad host range: address=" + address + " sizeBytes=" + sizeBytes);
    }
  }
}
