// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ReferenceManager;
import org.apache.arrow.memory.RootAllocator;

/**
 * Gives a reader of its own the pool memory that it reads into, and takes back what the reader
 * loses: Arrow's readers forget the body of a message that they cannot make sense of.
 *
 * <p>The allocator is never closed. Batches that were handed out outlive the reader, and Arrow
 * refuses to release memory into a closed allocator.
 */
final class ReaderMemory implements AllocationManager.Factory {
  private final MemoryPools pools;
  private final BufferAllocator allocator;
  private final Set<Tracked> held = ConcurrentHashMap.newKeySet();
  private List<Tracked> sound = List.of();

  ReaderMemory(MemoryPools pools) {
    this.pools = pools;
    // In one expression: the type of the configuration is not accessible outside its package.
    this.allocator =
        new RootAllocator(
            RootAllocator.configBuilder()
                .allocationManagerFactory(this)
                .roundingPolicy(KronosAllocatorFactory::roundUp)
                .build());
  }

  BufferAllocator allocator() {
    return allocator;
  }

  /** Remembers what is held now, before a message is read. */
  void mark() {
    sound = new ArrayList<>(held);
  }

  /** Gives back what was allocated since the mark; nothing refers to it any more. */
  void reclaim() {
    List<Tracked> lost = new ArrayList<>(held);
    lost.removeAll(sound);
    lost.forEach(Tracked::giveBack);
  }

  @Override
  public AllocationManager create(BufferAllocator accountingAllocator, long sizeBytes) {
    Tracked manager = new Tracked(accountingAllocator, sizeBytes);
    held.add(manager);
    return manager;
  }

  @Override
  public ArrowBuf empty() {
    return new ArrowBuf(ReferenceManager.NO_OP, null, 0, 0);
  }

  /** Knows that it is held. */
  private final class Tracked extends KronosAllocationManager {
    Tracked(BufferAllocator accountingAllocator, long sizeBytes) {
      super(accountingAllocator, new MappedPool(pools, Pool.UPLOAD), sizeBytes);
    }

    void giveBack() {
      if (held.remove(this)) {
        super.release0();
      }
    }

    @Override
    protected void release0() {
      giveBack();
    }
  }
}
