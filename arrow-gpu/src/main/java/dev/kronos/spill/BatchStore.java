// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spill;

import static dev.kronos.KronosException.message;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.column.ColumnBatch;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.memory.Pool;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Keeps batches that operators hold between steps. They stay on the device, untouched, until an
 * allocation finds no room: then those that were not used for longest, and are not pinned, are
 * moved to host memory, and from there to files when host memory for them is used up too. A batch
 * comes back when it is pinned.
 *
 * <p>Thread-safe. One lock orders all moves. It is never held while a caller's memory is allocated,
 * and whoever holds it waits for the device and for files alone, so that there is no deadlock.
 */
public final class BatchStore implements AutoCloseable {
  private final MemoryPools memory;
  private final BatchMover mover;
  private final SpillFiles files;
  private final long hostLimitBytes;
  private final SpillMeter total = new SpillMeter();

  /** Batches that may move, least recently used first. */
  private final Set<StoredBatch> onDevice = new LinkedHashSet<>();

  private final Set<StoredBatch> inHost = new LinkedHashSet<>();
  private long hostBytes;
  private long stored;

  /**
   * Creates an empty store, which allocations of the device ask for room from then on.
   *
   * @param kronos the device; stays the caller's and outlives the store
   * @param files where batches go that host memory has no room for
   * @param hostLimitBytes most bytes of batches in host memory, 0 or more
   */
  public BatchStore(Kronos kronos, SpillFiles files, long hostLimitBytes) {
    this.memory = kronos.memory();
    this.mover = new BatchMover(kronos);
    this.files = files;
    this.hostLimitBytes = hostLimitBytes;
    memory.spillWith(this::free);
  }

  /**
   * Takes over a batch.
   *
   * @param batch complete, or about to be by work that was submitted; nobody writes to it any more
   * @param meter counts where it goes
   * @return the batch in the store, which the caller closes
   */
  public synchronized StoredBatch add(ColumnBatch batch, SpillMeter meter) {
    StoredBatch added = new StoredBatch(this, batch, meter);
    onDevice.add(added);
    stored++;
    return added;
  }

  /** Returns what was moved since the store was made. */
  public SpillMeter total() {
    return total;
  }

  /** Returns how many batches are in the store. */
  public synchronized long batches() {
    return stored;
  }

  /**
   * Moves batches away.
   *
   * @param wantedBytes how many bytes are asked for
   * @return whether anything was moved
   */
  public boolean free(long wantedBytes) {
    if (Thread.holdsLock(this)) {
      return false;
    }
    synchronized (this) {
      long freed = 0;
      Iterator<StoredBatch> victims = onDevice.iterator();
      while (freed < wantedBytes && victims.hasNext()) {
        StoredBatch victim = victims.next();
        if (moveAway(victim)) {
          victims.remove();
          freed += Math.max(1, victim.sizeBytes());
        }
      }
      // Where memory is unified, or host memory is what lacks, only files help.
      return freed > 0 || makeHostRoom(hostLimitBytes - Math.min(wantedBytes, hostLimitBytes));
    }
  }

  private boolean moveAway(StoredBatch victim) {
    try {
      if (!moveToHost(victim)) {
        moveToDisk(victim);
      }
    } catch (KronosException.Exhausted e) {
      if (e.getCause() instanceof IOException) {
        throw e;
      }
      // Staging memory is used up as well; another batch may be small enough.
      return false;
    }
    victim.device.close();
    victim.device = null;
    return true;
  }

  private boolean moveToHost(StoredBatch victim) {
    long sizeBytes = victim.sizeBytes();
    if (sizeBytes > hostLimitBytes) {
      return false;
    }
    makeHostRoom(hostLimitBytes - sizeBytes);
    try {
      victim.host = mover.toHost(victim.device, victim.shape);
    } catch (KronosException.Exhausted e) {
      return false;
    }
    hostBytes += sizeBytes;
    inHost.add(victim);
    victim.meter.movedToHost(sizeBytes);
    total.movedToHost(sizeBytes);
    return true;
  }

  private void moveToDisk(StoredBatch victim) {
    ColumnBatch batch = victim.device;
    write(victim, file -> mover.write(batch, file));
  }

  /** Moves batches from host memory to files; returns whether there were any. */
  private boolean makeHostRoom(long mostBytes) {
    boolean moved = false;
    Iterator<StoredBatch> victims = inHost.iterator();
    while (hostBytes > mostBytes && victims.hasNext()) {
      StoredBatch victim = victims.next();
      DeviceBuffer block = victim.host;
      write(victim, file -> BatchMover.writeBlock(block, victim.shape, file));
      victims.remove();
      dropHost(victim);
      moved = true;
    }
    return moved;
  }

  /** Writes the contents of a batch. */
  @FunctionalInterface
  private interface Writing {
    void to(OutputStream file) throws IOException;
  }

  private void write(StoredBatch victim, Writing writing) {
    SpillFile file = null;
    boolean written = false;
    try {
      file = files.next();
      try (OutputStream out = file.create()) {
        writing.to(out);
      }
      victim.file = file;
      written = true;
    } catch (IOException e) {
      throw new KronosException.Exhausted(
          message("cannot write a spilled batch", "sizeBytes", victim.sizeBytes()), e);
    } finally {
      if (!written && file != null) {
        file.delete();
      }
    }
    victim.meter.movedToDisk(victim.sizeBytes());
    total.movedToDisk(victim.sizeBytes());
  }

  /** Keeps a batch on the device, where it is brought if need be. */
  void pin(StoredBatch batch) {
    synchronized (this) {
      if (batch.closed) {
        throw new KronosException.Closed("stored batch used after close");
      }
      batch.pins++;
      onDevice.remove(batch);
      if (batch.device != null) {
        return;
      }
    }
    boolean loaded = false;
    try {
      load(batch, memory.allocate(Pool.DEVICE, batch.sizeBytes()));
      loaded = true;
    } finally {
      if (!loaded) {
        unpin(batch);
      }
    }
  }

  /** Fills a batch's place on the device; another thread may have been faster. */
  private synchronized void load(StoredBatch batch, DeviceBuffer target) {
    if (batch.device != null) {
      target.close();
      return;
    }
    boolean loaded = false;
    try {
      read(batch, target);
      loaded = true;
    } finally {
      if (!loaded) {
        target.close();
      }
    }
    batch.device = batch.shape.over(target);
    dropCopies(batch);
  }

  private void read(StoredBatch batch, DeviceBuffer target) {
    if (batch.host != null) {
      mover.toDevice(batch.host, target);
      return;
    }
    try (InputStream file = batch.file.open()) {
      mover.read(file, batch.shape, target);
    } catch (IOException e) {
      throw new KronosException.Exhausted(
          message("cannot read a spilled batch", "sizeBytes", batch.sizeBytes()), e);
    }
  }

  /** Lets a batch move again, as the one that was used last. */
  synchronized void unpin(StoredBatch batch) {
    batch.pins--;
    if (batch.pins > 0) {
      return;
    }
    if (batch.closed) {
      drop(batch);
    } else if (batch.device != null) {
      onDevice.add(batch);
    }
  }

  synchronized void remove(StoredBatch batch) {
    if (batch.closed) {
      return;
    }
    batch.closed = true;
    stored--;
    onDevice.remove(batch);
    if (batch.pins == 0) {
      drop(batch);
    }
  }

  private void drop(StoredBatch batch) {
    if (batch.device != null) {
      batch.device.close();
      batch.device = null;
    }
    dropCopies(batch);
  }

  private void dropCopies(StoredBatch batch) {
    if (inHost.remove(batch)) {
      dropHost(batch);
    }
    if (batch.file != null) {
      batch.file.delete();
      batch.file = null;
    }
  }

  private void dropHost(StoredBatch batch) {
    batch.host.close();
    batch.host = null;
    hostBytes -= batch.sizeBytes();
  }

  /** Stops serving allocations. Batches that are still here stay valid until they are closed. */
  @Override
  public void close() {
    memory.spillWith(wanted -> false);
    synchronized (this) {
      mover.close();
    }
  }
}
