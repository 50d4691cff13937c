// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.pipeline;

import dev.kronos.Kronos;
import dev.kronos.KronosException;
import dev.kronos.dispatch.Access;
import dev.kronos.dispatch.Arguments;
import dev.kronos.expression.Expression;
import dev.kronos.expression.MadeText;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import java.util.Collection;
import java.util.List;

/**
 * Provides the room in which a kernel makes strings, if it makes any. How much is needed is known
 * when the kernel ran: where the room was too small, it is enlarged and the kernel runs again. Not
 * thread-safe.
 *
 * <p>Use: name {@link #arguments}, add {@link #begin} to the kernel's start and {@link #settle}
 * after each row; for each run {@link #reserve}, {@link #put} and {@link #accesses}; after it was
 * awaited, run it again while {@link #wasTooSmall()}.
 */
public final class TextRoom implements AutoCloseable {
  private static final int FIRST_BYTES_PER_ROW = 32;
  private static final int ALIGNMENT = 16;

  private final Kronos kronos;
  private final StatusArea status;
  private final int counter;
  private final boolean used;
  private DeviceBuffer room;
  private long before;

  /**
   * Creates room for one kernel.
   *
   * @param kronos the device
   * @param status the area with the counter of bytes taken; stays the caller's
   * @param counter index of the counter, which is this room's own
   * @param expressions what the kernel evaluates
   */
  public TextRoom(
      Kronos kronos, StatusArea status, int counter, Collection<? extends Expression> expressions) {
    this.kronos = kronos;
    this.status = status;
    this.counter = counter;
    this.used = MadeText.in(expressions);
  }

  /** Returns the names of the arguments, in the order in which {@link #put} puts them. */
  public static String[] arguments(Collection<? extends Expression> expressions) {
    return MadeText.in(expressions)
        ? new String[] {"textRoom", "textBytes", "textCounter", "textBefore"}
        : new String[0];
  }

  /** Returns the statement at the start of the kernel. */
  public static String begin(Collection<? extends Expression> expressions) {
    return MadeText.in(expressions)
        ? "text_begin(k_args.textRoom, k_args.textBytes, k_args.textCounter, k_args.textBefore);"
        : "";
  }

  /** Returns the statement after each row, before its status is committed. */
  public static String settle(Collection<? extends Expression> expressions) {
    return MadeText.in(expressions) ? "text_settle();" : "";
  }

  /** Tells whether the kernel makes strings. */
  public boolean isUsed() {
    return used;
  }

  /** Makes sure that there is some room for a batch of so many rows. */
  public void reserve(int rows) {
    long wanted = Math.min((long) rows * FIRST_BYTES_PER_ROW, Integer.MAX_VALUE);
    if (used && (room == null || room.sizeBytes() < wanted)) {
      grow(wanted);
    }
  }

  private void grow(long sizeBytes) {
    close();
    room = kronos.memory().allocate(Pool.DEVICE, Math.max(sizeBytes, ALIGNMENT));
  }

  /** Appends the arguments of a run. */
  public void put(Arguments arguments) {
    if (used) {
      arguments.putAddress(room).putLong(room.sizeBytes());
      arguments.putLong(status.countersAddress() + (long) counter * StatusArea.COUNTER_BYTES);
      arguments.putLong(before);
    }
  }

  /** Returns the access of a run. */
  public List<Access> accesses() {
    return used ? List.of(Access.updates(room)) : List.of();
  }

  /** Returns the access of what reads the strings that were made. */
  public List<Access> reads() {
    return used && room != null ? List.of(Access.reads(room)) : List.of();
  }

  /**
   * Tells whether the run that was awaited lacked room, and provides more. Its results are then
   * worth nothing.
   *
   * @throws KronosException.Exhausted when strings of a batch take more than 2 GiB
   */
  public boolean wasTooSmall() {
    if (!used) {
      return false;
    }
    long taken = status.counter(counter) - before;
    before += taken;
    if (taken <= room.sizeBytes()) {
      return false;
    }
    if (taken > Integer.MAX_VALUE) {
      throw new KronosException.Exhausted(
          KronosException.message("strings made of a batch above 2 GiB", "sizeBytes", taken));
    }
    // What was not made was not measured either, if it is made of what was not made.
    grow(Math.min(taken + taken / 2, Integer.MAX_VALUE));
    return true;
  }

  /** Frees the room. Idempotent. */
  @Override
  public void close() {
    if (room != null) {
      room.close();
      room = null;
    }
  }
}
