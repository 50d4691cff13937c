// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.program;

import dev.kronos.bench.work.Array;
import dev.kronos.bench.work.Job;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the arrays of a job, each in a buffer of its own.
 *
 * @param <B> the buffers
 */
public final class JobArrays<B> implements AutoCloseable {

  private final Job job;
  private final Buffers<B> buffers;
  private final List<Array> arrays;
  private final List<List<B>> sets = new ArrayList<>();

  /** Allocates and fills the arrays. */
  public JobArrays(Job job, Buffers<B> buffers) {
    this.job = job;
    this.buffers = buffers;
    arrays = job.problem().arrays();
    try {
      allocate();
      fill();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void allocate() {
    for (int i = 0; i < job.sets(); i++) {
      List<B> set = new ArrayList<>(arrays.size());
      sets.add(set);
      arrays.forEach(array -> set.add(buffers.allocate(array.sizeBytes())));
    }
  }

  /** Fills the arrays of every set anew, as they were at first. */
  public void fill() {
    for (int i = 0; i < arrays.size(); i++) {
      byte[] contents = arrays.get(i).contents().get();
      for (List<B> set : sets) {
        buffers.upload(contents, set.get(i));
      }
    }
  }

  /** Returns the buffers that an operation works on. */
  public List<B> ofOperation(int operation) {
    return sets.get(job.setOf(operation));
  }

  /** Returns the result array of a set. */
  public byte[] result(int set) {
    int result = job.problem().result();
    byte[] bytes = new byte[Math.toIntExact(arrays.get(result).sizeBytes())];
    buffers.download(sets.get(set).get(result), bytes);
    return bytes;
  }

  @Override
  public void close() {
    sets.forEach(set -> set.forEach(buffers::free));
    sets.clear();
  }
}
