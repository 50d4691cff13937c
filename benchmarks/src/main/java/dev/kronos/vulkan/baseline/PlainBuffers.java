// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan.baseline;

import dev.kronos.bench.program.Buffers;
import dev.kronos.vulkan.baseline.PlainBuffer.Place;

/** Device buffers with memory of their own, reached through the staging buffers. */
record PlainBuffers(PlainDevice device, PlainCounters counters, Staging staging)
    implements Buffers<PlainBuffer> {

  @Override
  public PlainBuffer allocate(long sizeBytes) {
    counters.allocation();
    return new PlainBuffer(device, sizeBytes, Place.DEVICE);
  }

  @Override
  public void upload(byte[] source, PlainBuffer target) {
    staging.upload(source, target);
  }

  @Override
  public void download(PlainBuffer source, byte[] target) {
    staging.download(source, target);
  }

  @Override
  public void copy(PlainBuffer source, PlainBuffer target, long sizeBytes) {
    staging.copy(source, target, sizeBytes);
  }

  @Override
  public void fill(PlainBuffer target, long sizeBytes, int word) {
    staging.fill(target, sizeBytes, word);
  }

  @Override
  public void free(PlainBuffer buffer) {
    buffer.close();
  }
}
