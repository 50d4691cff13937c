// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import static dev.kronos.KronosException.message;

import dev.kronos.KronosException;
import dev.kronos.memory.HostMemory;
import dev.kronos.vulkan.PersistentSet;
import dev.kronos.vulkan.spirv.ShaderBuild;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells checked kernels what they may touch, and reports the first that touched something else. The
 * layouts are those of {@code include/checked.glsl}. Does nothing for plain kernels. Thread-safe.
 *
 * <p>The device notes the failure while the work runs; its kernel and buffers are known again when
 * that work is found to be done, for only then it is certain that all of the note is written.
 */
final class RangeChecks {

  private static final Logger LOG = LoggerFactory.getLogger(RangeChecks.class);

  private static final int RANGE_BYTES = 16;
  private static final int HEADER_BYTES = 16;
  private static final long WORD_BYTES = 8;
  private static final int MODE_SHIFT = 62;
  private static final int STATUS_BYTES = 16;

  // Offsets from the start of the error words.
  private static final int HARMLESS = 1024;
  private static final int COUNT = 4 * 64;
  private static final int MODE = 4 * 65;
  private static final int SIZE = 4 * 66;
  private static final int TABLE = 4 * 68;
  private static final int ADDRESS = 4 * 70;

  private final boolean on;
  private final long errorWords;
  private final long mappedErrorWords;
  private final AtomicReference<String> failure = new AtomicReference<>();

  // For tests.
  private final AtomicInteger written = new AtomicInteger();
  private volatile int leftOut = -1;

  RangeChecks(ShaderBuild build, PersistentSet set) {
    on = build == ShaderBuild.CHECKED;
    errorWords = set.errorWordsAddress();
    mappedErrorWords = set.errorWordsHostAddress();
  }

  /** Returns whether kernels are checked. */
  boolean on() {
    return on;
  }

  /** Returns how much room a dispatch needs in front of its argument table; a multiple of 16. */
  int prefixBytes(Command command) {
    int accesses = command.accessEnd() - command.accessStart() + 1;
    return on ? HEADER_BYTES + RANGE_BYTES * AccessUnion.MOST_RANGES * accesses : 0;
  }

  /** Writes in front of a mapped argument table what its dispatch may touch. */
  void writePrefix(Command command, long tableHostAddress, int tableBytes) {
    if (!on) {
      return;
    }
    long header = tableHostAddress - HEADER_BYTES;
    AccessUnion union = declared(command);
    HostMemory.putInt(header, union.size());
    HostMemory.putInt(header + Integer.BYTES, tableBytes);
    HostMemory.putLong(header + Long.BYTES, errorWords + HARMLESS);
    for (int i = 0; i < union.size(); i++) {
      long at = header - (long) RANGE_BYTES * (i + 1);
      HostMemory.putLong(at, union.start(i));
      HostMemory.putLong(at + Long.BYTES, union.end(i) | (long) union.mode(i) << MODE_SHIFT);
    }
  }

  private AccessUnion declared(Command command) {
    AccessUnion union = new AccessUnion();
    for (Access access : command.accesses()) {
      if (!isLeftOut(command, access)) {
        add(union, access);
      }
    }
    if (reportsNowhere(command)) {
      union.add(errorWords, errorWords + STATUS_BYTES, AccessUnion.BOTH);
    }
    return union.seal();
  }

  /** Leaves one access out of those that follow, counted from 0, to show that each is needed. */
  void leaveOut(int access) {
    leftOut = access;
    written.set(0);
  }

  /** Returns how many accesses were told to kernels since {@link #leaveOut}. */
  int written() {
    return written.get();
  }

  /** Looks whether work that is done touched what it may not. */
  void done(Submission work) {
    if (on && failure.get() == null && HostMemory.intAt(mappedErrorWords + COUNT) != 0) {
      Command culprit = work.command(HostMemory.longAt(mappedErrorWords + TABLE));
      if (culprit != null) {
        report(culprit.kernelName(), culprit.accesses());
      }
    }
  }

  /** Looks once more when all work is done. */
  void allDone() {
    if (on && failure.get() == null && HostMemory.intAt(mappedErrorWords + COUNT) != 0) {
      report("unknown", List.of());
    }
  }

  /**
   * Throws when a kernel touched what it may not, and looks out for the next.
   *
   * @throws KronosException.UndeclaredAccess naming the first such access since the last
   */
  void requireNoFailure() {
    String found = failure.get();
    if (found != null) {
      HostMemory.putInt(mappedErrorWords + COUNT, 0);
      failure.compareAndSet(found, null);
      throw new KronosException.UndeclaredAccess(found);
    }
  }

  /** A dispatch without a status buffer reports to the error words, where nobody looks. */
  private boolean reportsNowhere(Command command) {
    return command.statusAddress() == errorWords;
  }

  /**
   * A status is touched only when a row fails, and nothing of an empty range: neither is missed.
   */
  private boolean isLeftOut(Command command, Access access) {
    return access.start() != command.statusAddress()
        && access.sizeBytes() > 0
        && written.getAndIncrement() == leftOut;
  }

  /** What is only read may be read in whole words, which every buffer has room for. */
  private static void add(AccessUnion union, Access access) {
    int mode = bits(access.mode());
    if (mode == AccessUnion.READ && access.sizeBytes() > 0) {
      long end = (access.end() + WORD_BYTES - 1) & -WORD_BYTES;
      union.add(access.start() & -WORD_BYTES, end, mode);
    } else {
      union.add(access.start(), access.end(), mode);
    }
  }

  private static int bits(Access.Mode mode) {
    return (mode.reads() ? AccessUnion.READ : 0) | (mode.writes() ? AccessUnion.WRITE : 0);
  }

  private void report(String kernel, List<Access> declared) {
    long address = HostMemory.longAt(mappedErrorWords + ADDRESS);
    int modeBits = HostMemory.intAt(mappedErrorWords + MODE);
    String text =
        message(
            "kernel touched bytes that its dispatch does not declare",
            "kernel",
            kernel,
            "mode",
            modeBits == AccessUnion.BOTH
                ? Access.Mode.READ_WRITE
                : Access.Mode.values()[modeBits - 1],
            "sizeBytes",
            HostMemory.intAt(mappedErrorWords + SIZE),
            "address",
            "0x" + Long.toHexString(address),
            "nearest",
            nearest(declared, address),
            "count",
            Integer.toUnsignedString(HostMemory.intAt(mappedErrorWords + COUNT)));
    if (failure.compareAndSet(null, text)) {
      LOG.error("{}", text);
    }
  }

  /** Describes the declared range that is nearest to an address, and where the address lies. */
  private static String nearest(List<Access> declared, long address) {
    Access best = null;
    for (Access access : declared) {
      if (best == null || distance(access, address) < distance(best, address)) {
        best = access;
      }
    }
    return best == null
        ? "none"
        : message(
            "byte " + (address - best.start()) + " of",
            "mode",
            best.mode(),
            "offset",
            best.offset(),
            "sizeBytes",
            best.sizeBytes(),
            "buffer",
            best.buffer());
  }

  private static double distance(Access access, long address) {
    if (address < access.start()) {
      return (double) access.start() - address;
    }
    return address < access.end() ? 0 : (double) address - access.end() + 1;
  }
}
