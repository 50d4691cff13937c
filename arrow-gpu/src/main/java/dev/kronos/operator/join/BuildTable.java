// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

/**
 * Holds the build side of a join on the device: its columns, and a table that finds rows by their
 * keys. Immutable and reference-counted: any number of joins of any number of threads may probe one
 * table at once, each holding a reference.
 */
public final class BuildTable implements AutoCloseable {
  private final BuildSpec spec;
  private final int rows;

  BuildTable(BuildSpec spec, int rows) {
    this.spec = spec;
    this.rows = rows;
  }

  /** Returns what the table was built by. */
  public BuildSpec spec() {
    return spec;
  }

  /** Returns how many rows the build side has, 0 to 2^30. */
  public int rows() {
    return rows;
  }

  /** Returns how many bytes of device memory the table and its columns take. */
  public long sizeBytes() {
    return 0;
  }

  /**
   * Adds a reference.
   *
   * @return this table
   * @throws dev.kronos.KronosException.Closed when the last reference is already gone
   */
  public BuildTable retain() {
    return this;
  }

  /** Drops a reference; the last one frees the memory. */
  @Override
  public void close() {}
}
