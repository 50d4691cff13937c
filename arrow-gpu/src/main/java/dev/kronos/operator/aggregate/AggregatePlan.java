// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.aggregate;

import dev.kronos.column.DataType;
import dev.kronos.device.Capability;
import dev.kronos.device.DeviceInfo;
import dev.kronos.expression.CaseWhen;
import dev.kronos.expression.Expression;
import dev.kronos.expression.Literal;
import dev.kronos.operator.pipeline.FusedPipeline;
import dev.kronos.operator.pipeline.RegisterType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Decides what state a grouping keeps. Equal accumulators are kept once. A slot's words are, in
 * this order:
 *
 * <pre>
 *   claim  hash  key words ...  null marks   (only with keys; null marks only if a key may be null)
 *   seen words ...                           (one bit an accumulator that needs it, 32 a word)
 *   accumulator words ...
 * </pre>
 *
 * <p>Slots lie one behind the other: where groups are many, a row finds a group's claim, key and
 * first accumulators in one or two sectors of memory.
 */
final class AggregatePlan {
  private static final int SEEN_BITS = 32;

  private final boolean ballots;
  private final AggregateSpec spec;
  private final FusedPipeline pipeline;
  private final List<Expression> keys;
  private final KeyWords keyWords;
  private final List<Accumulator> accumulators = new ArrayList<>();
  private final List<Integer> accumulatorOfCall = new ArrayList<>();
  private final List<StateWords> states = new ArrayList<>();
  private final List<Integer> seenBits = new ArrayList<>();
  private final int firstSeenWord;
  private final int words;

  AggregatePlan(DeviceInfo device, AggregateSpec spec) {
    this.ballots = device.supports(Capability.SUBGROUP_SHUFFLES);
    this.spec = spec;
    this.pipeline = FusedPipeline.of(spec.input());
    this.keys = spec.keys().stream().map(pipeline::bind).toList();
    this.keyWords = new KeyWords(keys);
    for (AggregateCall call : spec.calls()) {
      accumulatorOfCall.add(share(accumulator(call)));
    }
    this.firstSeenWord = grouped() ? keyWords.end() : 0;
    this.words = placeWords(firstSeenWord + assignSeenBits());
  }

  private Accumulator accumulator(AggregateCall call) {
    Expression guarded = call.guarded();
    Expression argument = guarded == null ? null : pipeline.bind(guarded);
    return switch (call.function()) {
      case COUNT -> new CountAccumulator(argument != null && argument.nullable() ? argument : null);
      case SEEN -> new SeenAccumulator(argument);
      case SUM ->
          argument.type().isFloating() ? FloatSum.of(argument) : ExactSum.of(argument, call.mode());
      case FIRST, LAST -> pick(call, argument);
      case MEAN, DISTANCES, CUBED_DISTANCES, FOURTH_DISTANCES ->
          new Moments(
              argument, call.guardedOthers().stream().map(pipeline::bind).toList(), order(call));
      case LEFT_MEAN, RIGHT_MEAN, CODISTANCES ->
          new PairMoments(argument, call.guardedOthers().stream().map(pipeline::bind).toList());
      case BIT_AND, BIT_OR, BIT_XOR -> new BitAccumulator(call.function(), argument);
      case BLOOM_FILTER -> new BloomItems(argument, call.bloomHead());
      case BLOOM_UNION -> new BloomUnion(argument, call.bloomHead());
      case DISTINCT_WORD, DISTINCT_ZEROS, DISTINCT_INVERSE ->
          new DistinctRegisters(
              argument,
              call.evaluatedOthers().stream().map(pipeline::bind).toList(),
              DistinctShape.of(call.others()));
      case MIN, MAX ->
          isWide(argument)
              ? new RowExtreme(call.function(), argument)
              : new OrderedExtreme(call.function(), argument);
    };
  }

  /** Returns up to which power anything adds what the call is about. */
  private int order(AggregateCall call) {
    return spec.calls().stream()
        .filter(call::sharesMoments)
        .mapToInt(other -> other.function().order())
        .max()
        .orElseThrow();
  }

  private Accumulator pick(AggregateCall call, Expression value) {
    Expression looked = null;
    if (call.condition() != null) {
      Expression yes = new Literal(DataType.BOOLEAN, true);
      looked = pipeline.bind(CaseWhen.orNull(call.condition(), yes));
    }
    return new RowPick(call.function(), looked, value);
  }

  /** Tells whether a value does not fit an atomic word. */
  private static boolean isWide(Expression argument) {
    return RegisterType.of(argument.type()).words() > 1;
  }

  private int share(Accumulator accumulator) {
    int index = accumulators.indexOf(accumulator);
    if (index < 0) {
      accumulators.add(accumulator);
      index = accumulators.size() - 1;
    }
    return index;
  }

  /** Gives a bit to each accumulator that needs one and returns how many words they take. */
  private int assignSeenBits() {
    int bits = 0;
    for (Accumulator accumulator : accumulators) {
      seenBits.add(needsSeenBit(accumulator) ? bits++ : -1);
    }
    return (bits + SEEN_BITS - 1) / SEEN_BITS;
  }

  /** A group exists only because of a row, so an argument that is never null was seen. */
  private boolean needsSeenBit(Accumulator accumulator) {
    return accumulator.tracksSeen() && !(grouped() && !accumulator.argument().nullable());
  }

  private int placeWords(int first) {
    int next = first;
    for (int i = 0; i < accumulators.size(); i++) {
      Class<?> kind = accumulators.get(i).getClass();
      long before = accumulators.subList(0, i).stream().filter(kind::isInstance).count();
      states.add(new StateWords(i, next, (int) before));
      next += accumulators.get(i).words();
    }
    return next;
  }

  /** Tells whether the device has ballots of subgroups. */
  boolean ballots() {
    return ballots;
  }

  AggregateSpec spec() {
    return spec;
  }

  FusedPipeline pipeline() {
    return pipeline;
  }

  boolean grouped() {
    return !keys.isEmpty();
  }

  List<Expression> keys() {
    return keys;
  }

  KeyWords keyWords() {
    return keyWords;
  }

  List<Accumulator> accumulators() {
    return accumulators;
  }

  StateWords state(int accumulator) {
    return states.get(accumulator);
  }

  int accumulatorOf(int call) {
    return accumulatorOfCall.get(call);
  }

  /** Returns how many seen words there are. */
  int seenWords() {
    return (int) (seenBits.stream().filter(bit -> bit >= 0).count() + SEEN_BITS - 1) / SEEN_BITS;
  }

  int firstSeenWord() {
    return firstSeenWord;
  }

  /** Returns the index of the seen word of an accumulator among the seen words, or -1. */
  int seenWord(int accumulator) {
    int bit = seenBits.get(accumulator);
    return bit < 0 ? -1 : bit / SEEN_BITS;
  }

  /** Returns the mask of an accumulator in its seen word, as a GLSL literal without suffix. */
  String seenMask(int accumulator) {
    return "0x" + Integer.toHexString(1 << (seenBits.get(accumulator) % SEEN_BITS));
  }

  /** Returns how many 64-bit words a slot takes. */
  int words() {
    // A state without words would have no address.
    return Math.max(words, 1);
  }

  /** Tells whether rows of a batch must be evaluated again when it is done. */
  boolean keepsRows() {
    return accumulators.stream().anyMatch(KeptRow.class::isInstance);
  }

  /** Tells whether strings of rows of a batch must be copied when it is done. */
  boolean keepsStrings() {
    return accumulators.stream()
        .anyMatch(a -> a instanceof KeptRow kept && KeepCode.isString(kept));
  }

  /** Tells whether there are words that carries must be propagated in. */
  boolean sumsFloats() {
    return floatSums() > 0 || keepsMoments();
  }

  boolean keepsMoments() {
    return accumulators.stream().anyMatch(a -> a instanceof Moments || a instanceof PairMoments);
  }

  /** Tells whether there are sums of cubes. */
  boolean keepsPowers() {
    return accumulators.stream().anyMatch(a -> a instanceof Moments moments && moments.order() > 2);
  }

  long floatSums() {
    return accumulators.stream().filter(FloatSum.class::isInstance).count();
  }

  boolean keepsFilters() {
    return accumulators.stream().anyMatch(BloomState.class::isInstance);
  }

  boolean keepsSketches() {
    return keepsFilters() || accumulators.stream().anyMatch(DistinctRegisters.class::isInstance);
  }

  /** Returns the numbers of the accumulators that unite Bloom filters. */
  List<Integer> unions() {
    return IntStream.range(0, accumulators.size())
        .filter(i -> accumulators.get(i) instanceof BloomUnion)
        .boxed()
        .toList();
  }
}
