// SPDX-License-Identifier: Apache-2.0
package dev.kronos.arrow;

import dev.kronos.Kronos;
import dev.kronos.column.Storage;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.HostMemory;
import dev.kronos.memory.MemoryPools;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.ForeignAllocation;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider.MapDictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Makes vectors over the buffers of others: shares those that a kernel can read in place, copies
 * the rest, and counts what it copied. For one batch.
 */
final class BatchImport {
  private final MemoryPools memory;
  private final BufferAllocator allocator;
  private long copiedBytes;

  BatchImport(Kronos kronos) {
    this.memory = kronos.memory();
    this.allocator = kronos.allocator();
  }

  /**
   * Takes vectors of a flat type.
   *
   * @param vectors the batch; stays the caller's
   * @param rows its length
   * @param dictionaries what its fields name; stay the caller's
   */
  Imported take(List<FieldVector> vectors, int rows, Collection<Dictionary> dictionaries) {
    List<FieldVector> taken = new ArrayList<>();
    try {
      for (FieldVector vector : vectors) {
        take(vector, taken);
      }
      MapDictionaryProvider known = new MapDictionaryProvider();
      for (Dictionary dictionary : dictionaries) {
        take(dictionary.getVector(), taken);
        known.put(new Dictionary(taken.get(taken.size() - 1), dictionary.getEncoding()));
      }
      List<Field> fields = vectors.stream().map(FieldVector::getField).toList();
      List<FieldVector> columns = taken.subList(0, vectors.size());
      return new Imported(new VectorSchemaRoot(fields, columns, rows), known, copiedBytes);
    } catch (RuntimeException e) {
      taken.forEach(FieldVector::close);
      throw e;
    }
  }

  private void take(FieldVector vector, List<FieldVector> taken) {
    FieldVector copy = vector.getField().createVector(allocator);
    taken.add(copy);
    fill(vector, copy);
  }

  private void fill(FieldVector from, FieldVector to) {
    int count = from.getValueCount();
    if (count == 0) {
      return;
    }
    List<ArrowBuf> buffers = new ArrayList<>();
    try {
      List<ArrowBuf> sources = from.getFieldBuffers();
      for (int i = 0; i < sources.size(); i++) {
        buffers.add(take(sources.get(i), alignment(from, i, sources.size())));
      }
      to.loadFieldBuffers(new ArrowFieldNode(count, -1), buffers);
    } finally {
      buffers.forEach(ArrowBuf::close);
    }
    List<FieldVector> children = from.getChildrenFromFields();
    for (int i = 0; i < children.size(); i++) {
      fill(children.get(i), to.getChildrenFromFields().get(i));
    }
  }

  /** Returns what kernels want of the address of a buffer: validity first, values last. */
  private static int alignment(FieldVector vector, int index, int buffers) {
    if (index == 0 || vector instanceof BitVector) {
      return 1;
    }
    if (vector instanceof BaseFixedWidthVector fixed) {
      return Math.min(Integer.lowestOneBit(fixed.getTypeWidth()), 2 * Long.BYTES);
    }
    return index == buffers - 1 ? Storage.UTF8.alignment() : Integer.BYTES;
  }

  /** Returns a buffer of the same bytes that the caller closes. */
  private ArrowBuf take(ArrowBuf source, int alignment) {
    long sizeBytes = source.readableBytes();
    if (sizeBytes == 0) {
      return allocator.getEmpty();
    }
    if (!readableInPlace(source, sizeBytes, alignment)) {
      return copy(source, sizeBytes);
    }
    BufferAllocator owner = source.getReferenceManager().getAllocator();
    ArrowBuf shared =
        owner.getRoot() == allocator.getRoot()
            ? source.getReferenceManager().retain(source, allocator)
            : allocator.wrapForeignAllocation(new Shared(source, sizeBytes));
    shared.writerIndex(sizeBytes);
    return shared;
  }

  private boolean readableInPlace(ArrowBuf source, long sizeBytes, int alignment) {
    DeviceBuffer holder = memory.bufferAt(source.memoryAddress());
    if (holder == null) {
      return false;
    }
    long offset = source.memoryAddress() - holder.hostAddress();
    return offset + sizeBytes <= holder.sizeBytes()
        && (!memory.unified() || (holder.deviceAddress() + offset) % alignment == 0);
  }

  private ArrowBuf copy(ArrowBuf source, long sizeBytes) {
    ArrowBuf target = allocator.buffer(sizeBytes);
    HostMemory.copy(source.memoryAddress(), target.memoryAddress(), sizeBytes);
    target.writerIndex(sizeBytes);
    copiedBytes += sizeBytes;
    memory.countHostCopy(sizeBytes);
    return target;
  }

  /** Holds a reference to a buffer of an allocator that is not related to ours. */
  private static final class Shared extends ForeignAllocation {
    private final ArrowBuf source;

    Shared(ArrowBuf source, long sizeBytes) {
      super(sizeBytes, source.memoryAddress());
      this.source = source;
      source.getReferenceManager().retain();
    }

    @Override
    protected void release0() {
      source.getReferenceManager().release();
    }
  }
}
