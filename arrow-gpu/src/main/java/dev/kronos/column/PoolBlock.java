// SPDX-License-Identifier: Apache-2.0
package dev.kronos.column;

import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;

/**
 * Holds one growable block of mapped pool memory that host code writes at raw addresses.
 *
 * <p>Device work in flight holds references to the buffer of its own; {@link #renew} therefore
 * hands out another buffer while anyone else still holds the present one. Not safe for use by many
 * threads.
 */
public final class PoolBlock implements AutoCloseable {
  private final MemoryPools pools;
  private DeviceBuffer buffer;

  /**
   * Creates an empty block.
   *
   * @param pools where memory comes from; stay the caller's
   */
  public PoolBlock(MemoryPools pools) {
    this.pools = pools;
  }

  /** Returns the address of the first byte, or 0 when nothing is held. */
  public long address() {
    return buffer == null ? 0 : buffer.hostAddress();
  }

  /** Returns the length in bytes that is held. */
  public long sizeBytes() {
    return buffer == null ? 0 : buffer.sizeBytes();
  }

  /** Returns the first bytes as a host range; the memory stays this block's. */
  public HostBuffer range(long sizeBytes) {
    return new HostBuffer(address(), sizeBytes);
  }

  /**
   * Makes room for at least {@code sizeBytes} and keeps what was written.
   *
   * @throws dev.kronos.KronosException.Exhausted when the pool has no room; the block is unchanged
   */
  public void grow(long sizeBytes) {
    if (buffer != null && sizeBytes <= buffer.sizeBytes()) {
      return;
    }
    DeviceBuffer larger = pools.allocate(Pool.UPLOAD, Math.max(sizeBytes, 1));
    if (buffer != null) {
      HostMemory.copy(buffer.hostAddress(), larger.hostAddress(), buffer.sizeBytes());
      buffer.close();
    }
    buffer = larger;
  }

  /**
   * Makes the memory writable again: swaps it for other memory when someone else still reads it.
   */
  public void renew() {
    if (buffer != null && buffer.references() > 1) {
      long sizeBytes = buffer.sizeBytes();
      close();
      grow(sizeBytes);
    }
  }

  /** Returns whether anyone else holds the memory. */
  public boolean shared() {
    return buffer != null && buffer.references() > 1;
  }

  /** Drops the memory; may be called again. */
  @Override
  public void close() {
    if (buffer != null) {
      DeviceBuffer held = buffer;
      buffer = null;
      held.close();
    }
  }
}
