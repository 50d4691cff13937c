// SPDX-License-Identifier: Apache-2.0
package dev.kronos.memory;

/** Keeps the stack on which a buffer was allocated, for reports of leaks. Never thrown. */
final class AllocationSite extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int FRAMES_SHOWN = 12;

  AllocationSite() {
    super("allocated by thread " + Thread.currentThread().getName());
  }

  /** Returns the thread and the frames outside this package, indented, one a line. */
  String describe() {
    StringBuilder text = new StringBuilder("\n    ").append(getMessage());
    String own = AllocationSite.class.getPackageName() + ".";
    int shown = 0;
    boolean outside = false;
    for (StackTraceElement frame : getStackTrace()) {
      outside |= !frame.getClassName().startsWith(own) || frame.getClassName().endsWith("Test");
      if (outside && shown++ < FRAMES_SHOWN) {
        text.append("\n      at ").append(frame);
      }
    }
    return text.toString();
  }
}
