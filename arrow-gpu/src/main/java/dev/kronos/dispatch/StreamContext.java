// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.device.VendorProfile;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.MemoryPools;
import dev.kronos.vulkan.PersistentSet;
import dev.kronos.vulkan.VulkanBuffer;
import dev.kronos.vulkan.VulkanDevice;
import dev.kronos.vulkan.VulkanQueue;
import dev.kronos.vulkan.spirv.ShaderBuild;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Connects the streams of one device with its queues: lends them batches, submits for them, and
 * knows which streams are open. Thread-safe.
 */
public final class StreamContext implements AutoCloseable {

  private static final int STREAMS_LISTED = 20;
  private static final String COPY_KERNEL = "memory/copy";

  private final VulkanDevice device;
  private final PersistentSet set;
  private final Submitter submitter;
  private final MemoryPools memory;
  private final BatchPool.Parts parts;
  private final RangeChecks checks;
  private final long spinNanos;
  private final List<Lane> compute;
  private final Optional<KernelCopy> kernelCopy;
  private final StreamCells total = new StreamCells(null);
  private final Set<Object> open = ConcurrentHashMap.newKeySet();
  private final Set<Recording> outlived = ConcurrentHashMap.newKeySet();
  private final AtomicLong names = new AtomicLong();

  /** Numbers threads as they come, so that those which come together are spread over the queues. */
  private final AtomicInteger threads = new AtomicInteger();

  private final ThreadLocal<Integer> turn = ThreadLocal.withInitial(threads::getAndIncrement);
  private volatile Lane transfers;

  /** Creates the lanes of a device; everything given must outlive this. */
  public StreamContext(VulkanDevice device, PersistentSet set, Settings settings) {
    this.device = device;
    this.set = set;
    this.memory = settings.memory();
    this.spinNanos = settings.profile().spinNanos().value();
    this.checks = new RangeChecks(settings.build(), set);
    this.parts = new BatchPool.Parts(device.gate(), new ArgumentRing(set), memory, checks);
    this.submitter = new Submitter(device);
    this.compute =
        IntStream.range(0, settings.queues())
            .mapToObj(number -> VulkanQueue.forCompute(device, set, number))
            .map(queue -> lane(Lane.Kind.COMPUTE, queue))
            .toList();
    for (int i = 1; i < compute.size(); i++) {
      connect(compute.get(i), compute.subList(0, i));
    }
    boolean byKernel = settings.profile().copyPath().value() == VendorProfile.CopyPath.KERNEL;
    Kernels kernels = settings.kernels();
    int most = device.limits().maxWorkgroups();
    this.kernelCopy =
        byKernel
            ? Optional.of(new KernelCopy(() -> kernels.named(COPY_KERNEL), most))
            : Optional.empty();
  }

  /**
   * Says how the streams of a device work.
   *
   * @param memory where argument tables go that do not fit the ring
   * @param kernels where the kernel for copies comes from
   * @param profile what suits the vendor: how to copy inside device memory, and how long a waiting
   *     thread polls before it blocks
   * @param build whether kernels check what they touch
   * @param queues how many queues kernels run on, 1 or more; they share what the device has
   */
  public record Settings(
      MemoryPools memory, Kernels kernels, VendorProfile profile, ShaderBuild build, int queues) {}

  /**
   * Fills memory that is not lent to anyone, and waits until that is done. For poisoning fresh
   * memory; not counted.
   */
  public void fillNow(VulkanBuffer target, long offset, long sizeBytes, int word) {
    StreamCells uncounted = new StreamCells(null);
    Lane lane = laneOfThread();
    Batch batch = take(lane, uncounted);
    uncounted.close();
    Command command = batch.next();
    command.fillUnknown(target, offset, sizeBytes, word);
    batch.append(command);
    lane.await(submit(batch));
  }

  /**
   * Opens a stream, which the caller closes. Streams that one thread opens share a queue: the work
   * of a thread mostly follows from its own, and orders itself there by barriers alone.
   */
  public Stream newStream() {
    return newStream(this::laneOfThread, "stream-");
  }

  private Lane laneOfThread() {
    return compute.get(Integer.remainderUnsigned(turn.get(), compute.size()));
  }

  /** Opens a stream for copies and fills beside the kernels, which the caller closes. */
  public Stream newTransferStream() {
    return newStream(this::transferLane, "transfer-stream-");
  }

  private Stream newStream(Supplier<Lane> lane, String prefix) {
    long stamp = device.gate().enter();
    try {
      Stream stream = new Stream(this, lane.get(), prefix + names.incrementAndGet());
      open.add(stream);
      return stream;
    } finally {
      device.gate().exit(stamp);
    }
  }

  private synchronized Lane transferLane() {
    if (transfers == null) {
      Lane lane = lane(Lane.Kind.TRANSFER, VulkanQueue.forTransfers(device, set));
      connect(lane, compute);
      transfers = lane;
    }
    return transfers;
  }

  private void connect(Lane one, List<Lane> others) {
    others.forEach(other -> submitter.connect(one, other));
  }

  private Lane lane(Lane.Kind kind, VulkanQueue queue) {
    return new Lane(kind, queue, new Timeline(device, queue, spinNanos), parts);
  }

  private List<Lane> lanes() {
    Lane last = transfers;
    if (last == null) {
      return compute;
    }
    List<Lane> all = new ArrayList<>(compute);
    all.add(last);
    return all;
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
    return lanes().stream().mapToLong(lane -> lane.timeline().hostWaits()).sum();
  }

  /** Waits for the work submitted so far and releases what it held. A failed device has none. */
  public void finish() {
    if (device.failure() == null) {
      try {
        lanes().forEach(lane -> lane.await(submitter.lastValue(lane)));
      } catch (KronosException.DeviceFailure e) {
        // Remembered by the device; closing goes on without its work.
        assert device.failure() != null;
      }
    }
  }

  /**
   * Waits for the work in flight and releases what it held, for a thread that is short of memory.
   *
   * @return whether there was any
   * @throws KronosException.DeviceFailure when the device is lost
   * @throws KronosException.Closed when the device is closed
   */
  public boolean releaseInFlight() {
    boolean busy = lanes().stream().anyMatch(lane -> lane.batches().busy());
    finish();
    device.requireSound();
    return busy;
  }

  /**
   * Waits until all submitted work is done and releases what it held. The caller has closed the
   * gate. Never throws: the device may be lost.
   */
  public void settle() {
    lanes().forEach(lane -> lane.queue().awaitIdle());
    if (device.failure() == null) {
      for (Lane lane : lanes()) {
        long last = submitter.lastValue(lane);
        lane.timeline().raise(last);
        lane.batches().retireUpTo(last);
      }
    }
    checks.allDone();
  }

  /**
   * Throws when a kernel touched what it may not and no thread that waited was told. Everything is
   * settled.
   *
   * @throws KronosException.UndeclaredAccess naming the first such access
   */
  public void requireChecksPassed() {
    checks.requireNoFailure();
  }

  /** Destroys everything, also what the recordings hold that are still open. */
  @Override
  public void close() {
    for (Object owner : open) {
      if (owner instanceof Recording recording) {
        recording.destroy();
      }
    }
    outlived.forEach(Recording::destroy);
    submitter.dropLine();
    lanes().forEach(Lane::close);
  }

  StreamCells total() {
    return total;
  }

  void check(PendingDispatch dispatch) {
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

  Batch take(Lane lane, StreamCells stream) {
    device.requireSound();
    return lane.batches().take(stream);
  }

  long submit(Submission work) {
    return submitter.submit(work);
  }

  Recording newRecording(Batch work) {
    Recording recording = Recording.of(this, work, "recording-" + names.incrementAndGet());
    open.add(recording);
    return recording;
  }

  /** Returns where argument tables are written; for tests. */
  ArgumentRing ring() {
    return parts.ring();
  }

  MemoryPools memory() {
    return memory;
  }

  RangeChecks checks() {
    return checks;
  }

  /** Notes a recording that was closed while its commands cannot be destroyed yet. */
  void outlived(Recording recording) {
    outlived.add(recording);
    closed(recording);
  }

  void closed(Object owner) {
    open.remove(owner);
  }
}
