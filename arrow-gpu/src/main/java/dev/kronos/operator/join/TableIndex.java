// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.memory.DeviceBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the rows of a build table by their keys: a slot for each distinct key, and where a key has
 * several rows, the places of its rows in a list. The arguments of kernels are
 *
 * <pre>
 *   claims    for each slot 0, or 1 and the number of a row that has the slot's key
 *   begins    for each claimed slot the place of its first row   } only where a key has
 *   ends      for each claimed slot the place after its last row } several rows,
 *   listed    row numbers, those of a slot together, ascending   } else 0
 *   capacity  slots, a power of two where keys are hashed
 *   denseBase key of slot 0 where keys are integers and each has the slot of its own
 * </pre>
 *
 * @param claims null when there are no keys
 * @param begins null unless a key has several rows
 * @param ends null unless a key has several rows
 * @param listed null unless a key has several rows
 * @param slots how many slots there are, and how keys find theirs
 * @param nullKeys rows of which some key is null that then matches nothing
 */
record TableIndex(
    DeviceBuffer claims,
    DeviceBuffer begins,
    DeviceBuffer ends,
    DeviceBuffer listed,
    Slots slots,
    long nullKeys)
    implements AutoCloseable {

  /**
   * Says how keys find their slots.
   *
   * @param capacity how many there are
   * @param isDense whether keys are integers that number slots, rather than hashed
   * @param denseBase key of the first slot, or 0
   */
  record Slots(long capacity, boolean isDense, long denseBase) {}

  /** Makes the index of a table without keys, in which every row has the same one. */
  static TableIndex withoutKeys() {
    return new TableIndex(null, null, null, null, new Slots(0, false, 0), 0);
  }

  /** Names the arguments, in the order of {@link #put}. */
  static final String[] ARGUMENTS = {"claims", "begins", "ends", "listed", "capacity", "denseBase"};

  /** Tells whether no key has several rows. */
  boolean isUnique() {
    return listed == null;
  }

  void put(Arguments arguments) {
    for (DeviceBuffer buffer : new DeviceBuffer[] {claims, begins, ends, listed}) {
      if (buffer == null) {
        arguments.putLong(0);
      } else {
        arguments.putAddress(buffer);
      }
    }
    arguments.putLong(slots.capacity).putLong(slots.denseBase);
  }

  List<Access> reads() {
    return buffers().stream().map(Access::reads).toList();
  }

  long sizeBytes() {
    return buffers().stream().mapToLong(DeviceBuffer::sizeBytes).sum();
  }

  private List<DeviceBuffer> buffers() {
    List<DeviceBuffer> buffers = new ArrayList<>(4);
    for (DeviceBuffer buffer : new DeviceBuffer[] {claims, begins, ends, listed}) {
      if (buffer != null) {
        buffers.add(buffer);
      }
    }
    return buffers;
  }

  @Override
  public void close() {
    buffers().forEach(DeviceBuffer::close);
  }
}
