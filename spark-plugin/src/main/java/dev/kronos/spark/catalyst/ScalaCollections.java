// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.catalyst;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.OptionConverters;

/** Converts between Scala's and Java's collections. */
public final class ScalaCollections {
  private ScalaCollections() {}

  /** Returns an unmodifiable copy of a Scala sequence; elements must not be null. */
  public static <T> List<T> list(scala.collection.Seq<? extends T> seq) {
    return List.copyOf(CollectionConverters.asJava(seq));
  }

  /** Returns an immutable Scala copy of a list. */
  public static <T> Seq<T> seq(List<? extends T> list) {
    // A strict copy: the view that asScala gives is not serializable.
    List<T> copy = List.copyOf(list);
    return scala.collection.immutable.Vector$.MODULE$.from(CollectionConverters.asScala(copy));
  }

  /** Tells whether two lists hold the very same objects; plans are too large to compare. */
  public static boolean sameElements(List<?> left, List<?> right) {
    if (left.size() != right.size()) {
      return false;
    }
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i) != right.get(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns an immutable Scala copy of a map, in its order. */
  public static <K, V> scala.collection.immutable.Map<K, V> map(Map<K, V> map) {
    return scala.collection.immutable.ListMap$.MODULE$.from(CollectionConverters.asScala(map));
  }

  /** Returns a view of a Scala set as Java's. */
  public static <T> Set<T> set(scala.collection.Set<T> set) {
    return CollectionConverters.asJava(set);
  }

  /** Returns the value of a Scala option. */
  public static <T> Optional<T> optional(Option<T> option) {
    return OptionConverters.toJava(option);
  }

  /** Returns Scala's empty option. */
  public static <T> Option<T> none() {
    return Option.empty();
  }
}
