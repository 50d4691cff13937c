// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.sort;

import dev.kronos.kernels.KernelCatalog;
import dev.kronos.kernels.KernelSpec;

/** Tells the widths of keys that devices sort. */
public enum KeyWidth {
  /** Four bytes. */
  INT32("uint32", Integer.BYTES),
  /** Eight bytes. */
  INT64("uint64", Long.BYTES);

  private final String suffix;
  private final int sizeBytes;

  KeyWidth(String suffix, int sizeBytes) {
    this.suffix = suffix;
    this.sizeBytes = sizeBytes;
  }

  /** Returns the size of a key in bytes. */
  public int sizeBytes() {
    return sizeBytes;
  }

  /** Returns how the kernels of this width end. */
  String suffix() {
    return suffix;
  }

  /** Returns how many keys a workgroup moves at a time. */
  int tile(SortBuffers.Rows rows) {
    String kind = rows == SortBuffers.Rows.NONE ? "" : "rows_";
    KernelSpec scatter = KernelCatalog.load().spec("sort/scatter_" + kind + suffix);
    return scatter.workgroupSize() * Integer.parseInt(scatter.macros().get("ITEMS"));
  }
}
