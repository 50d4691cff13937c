// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

import dev.kronos.bench.work.Job;
import java.util.List;

/** Opens a device in one style of programming; the programs of that style share it. */
public interface Side extends AutoCloseable {

  /** Returns what reports call it. */
  String title();

  /** Returns the programs that it has. */
  List<Contender> contenders();

  /** Allocates and fills the arrays of a job; the caller closes what it gets. */
  LoadedJob load(Job job);

  /** Allocates two arrays of a size to move bytes with; the caller closes what it gets. */
  Transfers transfers(long sizeBytes);

  /** Allocates a block of device memory, which closing frees. */
  Block allocate(long sizeBytes);

  /** Returns how many blocks may live at once. */
  int maxBlocks();

  /** Gives memory that no array uses back to the device. */
  void trim();

  /** Returns how many warnings and errors the validation layer sent; 0 when it is off. */
  long validationMessages();

  @Override
  void close();

  /** A block of device memory. */
  interface Block extends AutoCloseable {
    @Override
    void close();
  }
}
