// SPDX-License-Identifier: Apache-2.0
package dev.kronos.bench.runtime;

import dev.kronos.KronosOption;
import dev.kronos.KronosOptions;

/** Options of tests: the validation layer, small slabs, nothing on disk. */
final class Fixture {

  private Fixture() {}

  static KronosOptions options() {
    return KronosOptions.builder()
        .readEnvironment(System::getenv)
        .set(KronosOption.VALIDATION, true)
        .set(KronosOption.MEMORY_SLAB_BYTES, 16L << 20)
        .set(KronosOption.CACHE_DIR, "none")
        .build();
  }
}
