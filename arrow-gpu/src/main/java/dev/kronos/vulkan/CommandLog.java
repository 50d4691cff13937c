// SPDX-License-Identifier: Apache-2.0
package dev.kronos.vulkan;

import java.util.Arrays;

/**
 * Remembers the commands that a command buffer holds, and tells whether those that are asked for
 * next are the same, one by one: then the buffer need not be recorded again. Everything that goes
 * into a native command is compared, buffers and pipelines as objects, so that a handle or an
 * address that came to mean something else is not taken for what it was.
 *
 * <p>Commands overwrite those of the last time from the first one on. Where they are the same,
 * nothing is written. The first that differs makes the log forget what was recorded, so that work
 * that is given up half-way leaves nothing that could be mistaken. Not thread-safe; makes no
 * garbage but for growing.
 */
final class CommandLog {

  /** Says what a command does. */
  enum Kind {
    DISPATCH,
    COPY,
    FILL,
    BARRIER,
    HOST_BARRIER;

    private static final Kind[] ALL = values();
  }

  /** Of a command: kind and a 32-bit operand, then three 64-bit operands. */
  private static final int WORDS = 4;

  private static final int OBJECTS = 2;
  private static final int NOTHING = -1;

  private long[] words = new long[WORDS * 16];
  private Object[] objects = new Object[OBJECTS * 16];
  private int size;
  private int recorded = NOTHING;

  /** Begins with the first command. */
  void start() {
    size = 0;
  }

  /**
   * Adds the next command.
   *
   * @param one what it refers to, or null
   * @param other what else it refers to, or null
   */
  void refer(Object one, Object other) {
    if (size * OBJECTS == objects.length) {
      words = Arrays.copyOf(words, words.length * 2);
      objects = Arrays.copyOf(objects, objects.length * 2);
    }
    int at = size * OBJECTS;
    if (objects[at] != one || objects[at + 1] != other) {
      recorded = NOTHING;
      objects[at] = one;
      objects[at + 1] = other;
    }
  }

  /** Completes the command that {@link #refer} began; operands that it has not are 0. */
  void add(Kind kind, int operand, long a, long b, long c) {
    int at = size * WORDS;
    long head = ((long) operand << 32) | kind.ordinal();
    // One branch where all is the same, which it mostly is.
    if (((words[at] ^ head) | (words[at + 1] ^ a) | (words[at + 2] ^ b) | (words[at + 3] ^ c))
        != 0) {
      recorded = NOTHING;
      words[at] = head;
      words[at + 1] = a;
      words[at + 2] = b;
      words[at + 3] = c;
    }
    size++;
  }

  /** Returns whether the commands since {@link #start} are all that the buffer holds. */
  boolean unchanged() {
    return size == recorded;
  }

  /** Notes that the buffer holds nothing that can be submitted. */
  void forget() {
    recorded = NOTHING;
  }

  /** Notes that the buffer holds the commands since {@link #start}; drops older references. */
  void keep() {
    Arrays.fill(objects, size * OBJECTS, objects.length, null);
    recorded = size;
  }

  /** Returns how many commands there are. */
  int size() {
    return size;
  }

  Kind kind(int command) {
    return Kind.ALL[(int) words[command * WORDS]];
  }

  int operand(int command) {
    return (int) (words[command * WORDS] >>> 32);
  }

  /** Returns a 64-bit operand, numbered from 0. */
  long word(int command, int index) {
    return words[command * WORDS + 1 + index];
  }

  Object one(int command) {
    return objects[command * OBJECTS];
  }

  Object other(int command) {
    return objects[command * OBJECTS + 1];
  }
}
