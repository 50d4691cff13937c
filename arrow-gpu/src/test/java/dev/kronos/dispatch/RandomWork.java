// SPDX-License-Identifier: Apache-2.0
package dev.kronos.dispatch;

import dev.kronos.Kronos;
import dev.kronos.memory.DeviceBuffer;
import dev.kronos.memory.Pool;
import dev.kronos.vulkan.QueueTrace;
import dev.kronos.vulkan.QueueTrace.Event;
import dev.kronos.vulkan.QueueTrace.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Does random work over ranges of a few buffers, through several streams and recordings, and the
 * same work in plain Java in the order of submission. Every piece carries a mark by which it is
 * found again among the native commands.
 */
final class RandomWork implements AutoCloseable {

  private static final int BUFFERS = 4;
  private static final int WORDS = 64;
  private static final int STREAMS = 3;

  private final Kronos kronos;
  private final Random random;
  private final Kernel add;
  private final Kernel multiplyAdd;
  private final List<DeviceBuffer> buffers = new ArrayList<>();
  private final int[][] model = new int[BUFFERS][WORDS];
  private final List<Line> lines = new ArrayList<>();
  private final List<Recorded> recordings = new ArrayList<>();
  private final List<List<Piece>> batches = new ArrayList<>();
  private int marks;

  /**
   * Describes a piece of work.
   *
   * @param event how it looks among the native commands
   * @param accesses what it declares
   * @param inJava does the same in the model
   */
  record Piece(Event event, List<Access> accesses, Runnable inJava) {}

  /** Holds a stream and what is recorded in it and not submitted. */
  private record Line(Stream stream, List<Piece> recorded) {}

  private record Recorded(Recording recording, List<Piece> pieces) {}

  private record Range(int buffer, int start, int length) {
    boolean overlaps(Range other) {
      return buffer == other.buffer
          && start < other.start + other.length
          && other.start < start + length;
    }
  }

  RandomWork(Kronos kronos, Random random) {
    this.kronos = kronos;
    this.random = random;
    add = kronos.kernels().compile(TestKernels.ADD);
    multiplyAdd = kronos.kernels().compile(TestKernels.MULTIPLY_ADD);
    for (int i = 0; i < STREAMS; i++) {
      lines.add(new Line(kronos.newStream(), new ArrayList<>()));
    }
    for (int i = 0; i < BUFFERS; i++) {
      buffers.add(kronos.memory().allocate(Pool.DEVICE, WORDS * 4L));
      fill(lines.get(0), new Range(i, 0, WORDS));
    }
    submit(lines.get(0));
  }

  /** Does a number of steps: mostly records a piece, sometimes submits, waits, records, replays. */
  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step(lines.get(random.nextInt(STREAMS)));
    }
    lines.forEach(this::submit);
    lines.get(0).stream.submit().await();
  }

  /** Returns the work submitted, a list for each batch, in the order of submission. */
  List<List<Piece>> batches() {
    return batches;
  }

  /** Returns what the buffers hold, and what they should. */
  List<int[]> onDevice() {
    return buffers.stream().map(buffer -> TestKernels.read(kronos, buffer)).toList();
  }

  List<int[]> inJava() {
    return List.of(model);
  }

  @Override
  public void close() {
    recordings.forEach(recorded -> recorded.recording.close());
    lines.forEach(line -> line.stream.close());
    buffers.forEach(DeviceBuffer::close);
  }

  private void step(Line line) {
    int dice = random.nextInt(100);
    if (dice < 12) {
      submit(line);
    } else if (dice < 15) {
      submit(line);
      line.stream.submit().await();
    } else if (dice < 18 && recordings.size() < 4 && !line.recorded.isEmpty()) {
      recordings.add(new Recorded(line.stream.record(), List.copyOf(line.recorded)));
      line.recorded.clear();
    } else if (dice < 25 && !recordings.isEmpty()) {
      Recorded recorded = recordings.get(random.nextInt(recordings.size()));
      recorded.recording.replay();
      submitted(recorded.pieces);
    } else {
      record(line);
    }
  }

  private void record(Line line) {
    int length = 1 + random.nextInt(1 + random.nextInt(WORDS));
    Range to = range(length);
    Range from = range(length);
    switch (random.nextInt(5)) {
      case 0 -> fill(line, to);
      case 1 -> {
        if (!from.overlaps(to)) {
          copy(line, from, to);
        }
      }
      default -> {
        // Within one run of a kernel, ranges may be the same or apart.
        Range source = from.overlaps(to) ? to : from;
        dispatch(line, source, to, random.nextBoolean());
      }
    }
  }

  private Range range(int length) {
    return new Range(random.nextInt(BUFFERS), random.nextInt(WORDS - length + 1), length);
  }

  private void fill(Line line, Range to) {
    int word = ++marks;
    Access access = access(to, Access.Mode.WRITE);
    line.stream.fill(access.buffer(), access.offset(), access.sizeBytes(), word);
    Runnable inJava = () -> Arrays.fill(model[to.buffer], to.start, to.start + to.length, word);
    line.recorded.add(new Piece(new Event(Kind.FILL, word), List.of(access), inJava));
  }

  private void copy(Line line, Range from, Range to) {
    Access read = access(from, Access.Mode.READ);
    Access write = access(to, Access.Mode.WRITE);
    line.stream.copy(
        read.buffer(), read.offset(), write.buffer(), write.offset(), read.sizeBytes());
    Runnable inJava =
        () ->
            System.arraycopy(model[from.buffer], from.start, model[to.buffer], to.start, to.length);
    long mark =
        QueueTrace.copyMark(
            read.buffer().slabOffset() + read.offset(),
            write.buffer().slabOffset() + write.offset(),
            read.sizeBytes());
    Event event = new Event(Kind.COPY, mark);
    line.recorded.add(new Piece(event, List.of(read, write), inJava));
  }

  private void dispatch(Line line, Range from, Range to, boolean accumulates) {
    int mark = ++marks;
    int factor = random.nextInt(1000);
    Access read = access(from, Access.Mode.READ);
    Access write = access(to, accumulates ? Access.Mode.READ_WRITE : Access.Mode.WRITE);
    Arguments arguments =
        Arguments.builder()
            .putAddress(read.buffer(), read.offset())
            .putAddress(write.buffer(), write.offset())
            .putInt(factor);
    Kernel kernel = accumulates ? multiplyAdd : add;
    List<Access> accesses = List.of(read, write);
    line.stream.dispatch(new Dispatch(kernel, arguments, accesses, 1, to.length, mark, null));
    Runnable inJava =
        () -> {
          for (int i = 0; i < to.length; i++) {
            int value = model[from.buffer][from.start + i];
            int before = model[to.buffer][to.start + i];
            model[to.buffer][to.start + i] = accumulates ? before + value * factor : value + factor;
          }
        };
    line.recorded.add(new Piece(new Event(Kind.DISPATCH, mark), accesses, inJava));
  }

  private Access access(Range range, Access.Mode mode) {
    return new Access(buffers.get(range.buffer), range.start * 4L, range.length * 4L, mode);
  }

  private void submit(Line line) {
    line.stream.submit();
    if (!line.recorded.isEmpty()) {
      submitted(line.recorded);
      line.recorded.clear();
    }
  }

  private void submitted(List<Piece> pieces) {
    batches.add(List.copyOf(pieces));
    pieces.forEach(piece -> piece.inJava.run());
  }
}
