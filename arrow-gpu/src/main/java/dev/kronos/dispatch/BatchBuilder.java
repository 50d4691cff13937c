// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.memory.DeviceBuffer;

/**
 * Records runs of kernels on a stream, one value after the other, without making garbage. Naming a
 * buffer puts its address into the argument table and declares the access at once, so that neither
 * can be forgotten:
 *
 * <pre>{@code
 * BatchBuilder batch = stream.batch();
 * batch.kernel(saxpy).reads(x).updates(y).putFloat(2f).over(n);
 * batch.kernel(sum).reads(y).writes(total).over(n);
 * Ticket ticket = batch.submit();
 * }</pre>
 *
 * <p>Between {@link #kernel} and {@link #run} or {@link #over}, values go to the argument table in
 * the order in which they are put, as in {@link Arguments}. What was begun and not run is dropped
 * by the next {@link #kernel}. For one thread at a time, like its stream, and usable for as long;
 * one builder may be kept and used for batch after batch.
 */
public final class BatchBuilder {

  private final Stream stream;
  private final Arguments arguments = Arguments.builder();
  private final PendingDispatch pending = new PendingDispatch();
  private Kernel kernel;

  BatchBuilder(Stream stream) {
    this.stream = stream;
  }

  /**
   * Begins a run of a kernel, with an empty argument table.
   *
   * @return this builder
   */
  public BatchBuilder kernel(Kernel run) {
    if (run == null) {
      throw new KronosException.InvalidArgument(message("no kernel to run", "kernel", null));
    }
    kernel = run;
    pending.start(run, arguments.clear());
    return this;
  }

  /** Puts the address of a buffer, all of which the kernel reads. */
  public BatchBuilder reads(DeviceBuffer buffer) {
    return put(buffer, 0, buffer.sizeBytes(), Access.Mode.READ);
  }

  /**
   * Puts the address of a range of a buffer, which the kernel reads.
   *
   * @throws KronosException.InvalidArgument when the range does not lie inside the buffer
   */
  public BatchBuilder reads(DeviceBuffer buffer, long offset, long sizeBytes) {
    return put(buffer, offset, sizeBytes, Access.Mode.READ);
  }

  /** Puts the address of a buffer that the kernel writes, and needs nothing of what was there. */
  public BatchBuilder writes(DeviceBuffer buffer) {
    return put(buffer, 0, buffer.sizeBytes(), Access.Mode.WRITE);
  }

  /**
   * Puts the address of a range that the kernel writes, and needs nothing of what was there.
   *
   * @throws KronosException.InvalidArgument when the range does not lie inside the buffer
   */
  public BatchBuilder writes(DeviceBuffer buffer, long offset, long sizeBytes) {
    return put(buffer, offset, sizeBytes, Access.Mode.WRITE);
  }

  /** Puts the address of a buffer that the kernel reads and writes. */
  public BatchBuilder updates(DeviceBuffer buffer) {
    return put(buffer, 0, buffer.sizeBytes(), Access.Mode.READ_WRITE);
  }

  /**
   * Puts the address of a range that the kernel reads and writes.
   *
   * @throws KronosException.InvalidArgument when the range does not lie inside the buffer
   */
  public BatchBuilder updates(DeviceBuffer buffer, long offset, long sizeBytes) {
    return put(buffer, offset, sizeBytes, Access.Mode.READ_WRITE);
  }

  /** Puts the address 0, for an array that is not given. */
  public BatchBuilder absent() {
    return putLong(0);
  }

  /** Puts a 32-bit value. */
  public BatchBuilder putInt(int value) {
    requireBegun();
    arguments.putInt(value);
    return this;
  }

  /** Puts a 64-bit value. */
  public BatchBuilder putLong(long value) {
    requireBegun();
    arguments.putLong(value);
    return this;
  }

  /** Puts a 32-bit floating-point value. */
  public BatchBuilder putFloat(float value) {
    requireBegun();
    arguments.putFloat(value);
    return this;
  }

  /** Puts a 64-bit floating-point value. */
  public BatchBuilder putDouble(double value) {
    requireBegun();
    arguments.putDouble(value);
    return this;
  }

  /** Puts bytes as they are, without alignment. */
  public BatchBuilder putBytes(byte[] values) {
    requireBegun();
    arguments.putBytes(values);
    return this;
  }

  /** Sets the kernel's flags, 0 unless set. */
  public BatchBuilder flags(int value) {
    requireBegun();
    pending.flags(value);
    return this;
  }

  /** Sets where the kernel reports errors; see {@link Dispatch#status}. */
  public BatchBuilder status(DeviceBuffer buffer) {
    requireBegun();
    pending.status(buffer);
    return this;
  }

  /**
   * Records the run that was begun.
   *
   * @param workgroups how many workgroups, 0 (nothing is run) or more
   * @param count rows or elements, for the kernel; an unsigned 32-bit number
   * @return this builder
   * @throws KronosException.InvalidArgument as {@link Stream#dispatch} does
   * @throws KronosException.Closed when the stream, the device or one of the buffers is closed
   */
  public BatchBuilder run(int workgroups, int count) {
    requireBegun();
    Dispatch.requireCount("negative workgroup count", kernel, "workgroups", workgroups);
    kernel = null;
    stream.dispatch(pending.run(workgroups, count));
    return this;
  }

  /** Records the run that was begun, with one thread an element; see {@link #run}. */
  public BatchBuilder over(int elements) {
    requireBegun();
    return run(Dispatch.workgroups(kernel, elements), elements);
  }

  /** Submits what was recorded; see {@link Stream#submit}. */
  public Ticket submit() {
    return stream.submit();
  }

  /** Takes what was recorded, to be submitted again and again; see {@link Stream#record}. */
  public Recording record() {
    return stream.record();
  }

  private BatchBuilder put(DeviceBuffer buffer, long offset, long sizeBytes, Access.Mode mode) {
    requireBegun();
    Access.requireInside(buffer, offset, sizeBytes);
    arguments.putLong(buffer.deviceAddress() + offset);
    pending.accesses().add(buffer, offset, sizeBytes, mode);
    return this;
  }

  private void requireBegun() {
    if (kernel == null) {
      throw new KronosException.InvalidArgument(
          message("value without a kernel that was begun", "stream", stream));
    }
  }
}
