// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Finds the slab that a host address lies in, by binary search over the mapped slabs in order of
 * address. Readers take no lock; writers replace the whole array and are serialised by the caller.
 */
final class HostIndex {
  private volatile Slab[] slabs = new Slab[0];

  /** Adds a mapped slab. */
  void add(Slab slab) {
    Slab[] grown = Arrays.copyOf(slabs, slabs.length + 1);
    grown[slabs.length] = slab;
    Arrays.sort(grown, Comparator.comparing(Slab::hostAddress, Long::compareUnsigned));
    slabs = grown;
  }

  /** Removes a slab. */
  void remove(Slab slab) {
    slabs = Arrays.stream(slabs).filter(other -> other != slab).toArray(Slab[]::new);
  }

  /** Returns the slab that an address lies in, or null. */
  Slab find(long hostAddress) {
    Slab[] sorted = slabs;
    int low = 0;
    int high = sorted.length - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      Slab slab = sorted[middle];
      long offset = hostAddress - slab.hostAddress();
      if (Long.compareUnsigned(offset, slab.sizeBytes()) < 0) {
        return slab;
      }
      if (Long.compareUnsigned(hostAddress, slab.hostAddress()) < 0) {
        high = middle - 1;
      } else {
        low = middle + 1;
      }
    }
    return null;
  }
}
