// SPDX-License-Identifier: Apache-2.0
package dev.kronos.expression;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * A function of single values that needs no code of its own in the emitter: its operands are
 * evaluated from left to right until one is null, which makes the result null; the rest is one call
 * in GLSL and one in Java. Families of functions are enums, a line for each function. {@link Call}
 * applies them.
 */
public sealed interface ScalarFunction
    permits BitFunction,
        CodeFunction,
        DigestFunction,
        FormatFunction,
        HalfFunction,
        MathFunction,
        SketchFunction,
        TimeFunction,
        TimeTextFunction,
        WordFunction {

  /** Says when the function puts a row in error. */
  enum Failure {
    /** Never. */
    NEVER,
    /** For some operands the result does not exist: the mode of the call says what happens. */
    BY_MODE,
    /** As BY_MODE, but it is an error in every mode, as in Spark. */
    ALWAYS
  }

  /**
   * Says what a function is.
   *
   * @param signature its operands and its result
   * @param failure when it puts a row in error
   * @param java computes it as {@link ScalarFunction#apply} says
   */
  record Definition(Signature signature, Failure failure, Function<List<Object>, Object> java) {}

  /** Returns what the function is. */
  Definition definition();

  /** Returns what the family's file of GLSL is called, without its ending. */
  String family();

  /** Returns the name of the line. */
  String name();

  /** Returns the operands and the result that the function has. */
  default Signature signature() {
    return definition().signature();
  }

  /** Tells whether the function takes room for characters, be it for its value or to work in. */
  default boolean makesText() {
    return false;
  }

  /** Says when the function puts a row in error. */
  default Failure failure() {
    return definition().failure();
  }

  /** Returns the file of GLSL that has the function. */
  default String include() {
    return family() + ".glsl";
  }

  /**
   * Returns the name of the function in GLSL, of which there is one for each register of its
   * operands. What may fail takes an {@code inout bool} after its operands.
   */
  default String glslName() {
    return family() + "_" + name().toLowerCase(Locale.ROOT);
  }

  /**
   * Computes the function in Java.
   *
   * @param operands values as {@link Literal} describes them, none null
   * @return the value, not null
   * @throws RowErrorException when it has none
   */
  default Object apply(List<Object> operands) {
    return definition().java().apply(operands);
  }
}
