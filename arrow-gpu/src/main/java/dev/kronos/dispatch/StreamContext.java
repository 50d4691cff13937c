// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.device.VendorProfile;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.vulkan.CommandSlot;
import dev.kronos.vulkan.DeviceGate;
import dev.kronos.vulkan.PersistentSet;
import dev.kronos.vulkan.VulkanBuffer;
import dev.kronos.vulkan.VulkanDevice;
import dev.kronos.vulkan.VulkanQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Connects the streams of one device with its queue: lends them batches, submits for them, and
 * knows which streams are open. Thread-safe.
 */
public final class StreamContext implements AutoCloseable {

  private static final int STREAMS_LISTED = 20;
  private static final String COPY_KERNEL = "memory/copy";

  private final VulkanDevice device;
  private final PersistentSet set;
  private final VulkanQueue queue;
  private final Timeline timeline;
  private final BatchPool batches;
  private final Submitter submitter;
  private final MemoryPools memory;
  private final Optional<KernelCopy> kernelCopy;
  private final StreamCells total = new StreamCells(null);
  private final Set<Object> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong names = new AtomicLong();

  /** Creates the queue of a device; everything given must outlive this. */
  public StreamContext(VulkanDevice device, PersistentSet set, Settings settings) {
    this.device = device;
    this.set = set;
    this.queue = new VulkanQueue(device, set);
    this.memory = settings.memory();
    ArgumentRing ring = new ArgumentRing(set);
    this.timeline = new Timeline(device, queue, settings.profile().spinNanos().value());
    BatchPool.Parts parts = new BatchPool.Parts(device.gate(), ring, memory);
    this.batches = new BatchPool(queue, timeline, parts);
    boolean byKernel = settings.profile().copyPath().value() == VendorProfile.CopyPath.KERNEL;
    Kernels kernels = settings.kernels();
    int most = device.limits().maxWorkgroups();
    this.kernelCopy =
        byKernel
            ? Optional.of(new KernelCopy(() -> kernels.named(COPY_KERNEL), most))
            : Optional.empty();
    this.submitter = new Submitter(device, queue, timeline, batches);
  }

  /**
   * Says how the streams of a device work.
   *
   * @param memory where argument tables go that do not fit the ring
   * @param kernels where the kernel for copies comes from
   * @param profile what suits the vendor: how to copy inside device memory, and how long a waiting
   *     thread polls before it blocks
   */
  public record Settings(MemoryPools memory, Kernels kernels, VendorProfile profile) {}

  /**
   * Fills memory that is not lent to anyone, and waits until that is done. For poisoning fresh
   * memory; not counted.
   */
  public void fillNow(VulkanBuffer target, long offset, long sizeBytes, int word) {
    Batch batch = take();
    batch.start(new StreamCells(null));
    Command command = batch.next();
    command.fillUnknown(target, offset, sizeBytes, word);
    batch.append(command);
    await(submit(batch));
  }

  /** Opens a stream, which the caller closes. */
  public Stream newStream() {
    long stamp = device.gate().enter();
    try {
      Stream stream = new Stream(this, "stream-" + names.incrementAndGet());
      open.add(stream);
      return stream;
    } finally {
      device.gate().exit(stamp);
    }
  }

  /** Returns the names of the open streams and recordings, at most {@value #STREAMS_LISTED}. */
  public List<String> openStreams() {
    List<String> list = new ArrayList<>();
    open.stream().limit(STREAMS_LISTED).forEach(owner -> list.add(owner.toString()));
    return list;
  }

  /** Returns how many streams and recordings are open. */
  public int openStreamCount() {
    return open.size();
  }

  /** Returns the counts of all streams, closed ones included. */
  public StreamCounters totals() {
    return total.read();
  }

  /** Returns how often the driver was asked to submit; one call may take several batches. */
  public long driverSubmits() {
    return submitter.submits();
  }

  /** Returns how often a thread blocked in the driver to wait for work. */
  public long hostWaits() {
    return timeline.hostWaits();
  }

  /** Waits for the work submitted so far and releases what it held. A failed device has none. */
  public void finish() {
    if (device.failure() == null) {
      try {
        timeline.await(submitter.lastValue(), Long.MAX_VALUE);
        batches.retireDone();
      } catch (KronosException.DeviceFailure e) {
        // Remembered by the device; closing goes on without its work.
        assert device.failure() != null;
      }
    }
  }

  /**
   * Waits until all submitted work is done and releases what it held. The caller has closed the
   * gate. Never throws: the device may be lost.
   */
  public void settle() {
    queue.awaitIdle();
    if (device.failure() == null) {
      long last = submitter.lastValue();
      timeline.raise(last);
      batches.retireUpTo(last);
    }
  }

  /** Destroys everything, also what the recordings hold that are still open. */
  @Override
  public void close() {
    for (Object owner : open) {
      if (owner instanceof Recording recording) {
        recording.destroy();
      }
    }
    batches.close();
    queue.close();
  }

  StreamCells total() {
    return total;
  }

  void check(Dispatch dispatch) {
    if (dispatch.kernel().device() != device) {
      throw new KronosException.InvalidArgument(
          message("kernel of another device", "kernel", dispatch.kernel().name()));
    }
    int most = device.limits().maxWorkgroups();
    if (Integer.compareUnsigned(dispatch.workgroups(), most) > 0) {
      throw new KronosException.InvalidArgument(
          message(
              "too many workgroups",
              "kernel",
              dispatch.kernel().name(),
              "workgroups",
              dispatch.workgroups(),
              "maximum",
              Integer.toUnsignedString(most)));
    }
  }

  long statusAddress(DeviceBuffer status) {
    return status == null ? set.errorWordsAddress() : status.deviceAddress();
  }

  /** Returns the copier inside device memory, or empty where the driver's command is better. */
  Optional<KernelCopy> kernelCopy() {
    return kernelCopy;
  }

  Batch take() {
    device.requireSound();
    return batches.take();
  }

  void giveBack(Batch batch) {
    batches.giveBack(batch);
  }

  long submit(Submission work) {
    return submitter.submit(work);
  }

  /** Waits for a timeline value and releases what the work up to it held. */
  void await(long value) {
    timeline.await(value, Long.MAX_VALUE);
    batches.retireDone();
  }

  Recording newRecording(Batch work) {
    Recording recording = Recording.of(this, work, "recording-" + names.incrementAndGet());
    open.add(recording);
    return recording;
  }

  CommandSlot newSlot() {
    return queue.newSlot();
  }

  MemoryPools memory() {
    return memory;
  }

  DeviceGate gate() {
    return device.gate();
  }

  Ticket ticket(long value) {
    return new Ticket(timeline, batches, value);
  }

  void closed(Object owner) {
    open.remove(owner);
  }
}
