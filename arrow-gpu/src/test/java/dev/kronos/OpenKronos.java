// SPDX-License-Identifier: Apache-2.0
package dev.kronos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kronos.dispatch.Counters;

/**
 * Opens a device for a test with the validation layer on, and asserts at the end that the layer
 * reported nothing, that nothing is left allocated, and that set 0 was written once.
 */
public final class OpenKronos implements AutoCloseable {

  /** How many descriptors set 0 has. */
  public static final int DESCRIPTORS = 3;

  private final Kronos kronos;

  /** Opens with the options of {@link #options}. */
  public OpenKronos() {
    this(options().build());
  }

  /** Opens with given options. */
  public OpenKronos(KronosOptions options) {
    kronos = Kronos.open(options);
  }

  /** Returns the options of tests: validation, small slabs, nothing on disk. */
  public static KronosOptions.Builder options() {
    return KronosOptions.builder()
        .readEnvironment(System::getenv)
        .set(KronosOption.VALIDATION, true)
        .set(KronosOption.MEMORY_SLAB_BYTES, 16L << 20)
        .set(KronosOption.CACHE_DIR, "none");
  }

  /** Returns how many buffers are held once the work in flight is done. */
  public static long heldBuffers(Kronos kronos) {
    kronos.finish();
    return kronos.memory().outstandingBuffers();
  }

  /** Returns the open device. */
  public Kronos kronos() {
    return kronos;
  }

  @Override
  public void close() {
    kronos.close();
    Counters counters = kronos.counters();
    assertThat(counters.outstandingAllocations()).as("device allocations left").isZero();
    assertThat(counters.validationMessages()).as("validation messages").isZero();
    assertThat(counters.descriptorUpdates()).as("descriptor updates").isEqualTo(DESCRIPTORS);
  }
}
