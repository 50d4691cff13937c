// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.Optional;
import java.util.function.Function;

/**
 * Says what became of something of Spark's that was to be translated: the translation, or the
 * reason why there is none.
 *
 * @param <T> what a translation is
 */
public sealed interface Translation<T> {

  /**
   * Holds a translation.
   *
   * @param value the translation
   * @param <T> what it is
   */
  record Supported<T>(T value) implements Translation<T> {}

  /**
   * Holds the reason why there is none.
   *
   * @param reason a phrase for the user, such as {@code expression is not supported: Rand}
   * @param <T> what a translation would have been
   */
  record Unsupported<T>(String reason) implements Translation<T> {}

  /**
   * Translates further what there is.
   *
   * @param next makes of a translation what stands above it, or throws
   * @param <R> what that is
   * @return what came of it; the reason of this one, or of {@code next}, where nothing did
   */
  default <R> Translation<R> then(Function<T, R> next) {
    Optional<String> obstacle = obstacle();
    if (obstacle.isPresent()) {
      return new Unsupported<>(obstacle.get());
    }
    try {
      return new Supported<>(next.apply(orThrow()));
    } catch (UntranslatableException e) {
      return new Unsupported<>(e.getMessage());
    }
  }

  /** Returns the reason why there is no translation, or nothing when there is one. */
  default Optional<String> obstacle() {
    return this instanceof Unsupported<T> u ? Optional.of(u.reason()) : Optional.empty();
  }

  /**
   * Returns the translation.
   *
   * @throws IllegalStateException when there is none
   */
  default T orThrow() {
    if (this instanceof Supported<T> supported) {
      return supported.value();
    }
    throw new IllegalStateException("not translated: reason=" + obstacle().orElseThrow());
  }
}
