// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

/** Transfers with two buffers. */
final class BufferTransfers<B> implements Transfers {

  private final Buffers<B> buffers;
  private final long sizeBytes;
  private final B first;
  private final B second;

  BufferTransfers(Buffers<B> buffers, long sizeBytes) {
    this.buffers = buffers;
    this.sizeBytes = sizeBytes;
    first = buffers.allocate(sizeBytes);
    second = buffers.allocate(sizeBytes);
  }

  @Override
  public void upload(byte[] source) {
    buffers.upload(source, first);
  }

  @Override
  public void download(byte[] target) {
    buffers.download(second, target);
  }

  @Override
  public void copy() {
    buffers.copy(first, second, sizeBytes);
  }

  @Override
  public void fill(int word) {
    buffers.fill(second, sizeBytes, word);
  }

  @Override
  public void close() {
    buffers.free(first);
    buffers.free(second);
  }
}
