// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.column.DataType;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.operator.pipeline.RegisterType;
import dev.kronos.operator.window.WindowCode.Columns;
import dev.kronos.operator.window.WindowPlan.Fold;
import dev.kronos.vulkan.spirv.ShaderSource;

/**
 * Generates what makes the levels of a {@link FrameTree} and what finds out about a frame by them.
 * Of extremes a node has the number of a row, all ones where all are null; else it has bits.
 */
final class FoldCode {
  /** In all that follows $ stands for the suffix of a tree's functions, T for a node's type. */
  private static final String LEVEL =
      """
      T found = K_NONE$;
      uint end = min(row * K_FANOUT + K_FANOUT, uint(k_args.sources));
      for (uint i = row * K_FANOUT; i < end; i++) {
        if (k_args.source == 0ul) {
          found = k_both$(found, k_leaf$(i));
        } else {
          found = k_both$(found, B(k_args.source).v[i]);
        }
      }
      B(k_args.target).v[row] = found;
      """;

  /** Combines the nodes of a range of rows; # stands for the argument. */
  private static final String RANGE =
      """
      T k_node$(uint64_t level, bool leaves, uint i) {
        if (leaves) {
          return k_leaf$(i);
        }
        return B(level).v[i];
      }
      T k_folded$(uint from, uint to) {
        T found = K_NONE$;
        uint64_t level = k_args.#;
        uint nodes = root.count;
        bool leaves = true;
        while (from < to) {
          uint first = min((from + K_FANOUT - 1u) / K_FANOUT * K_FANOUT, to);
          uint last = max(to / K_FANOUT * K_FANOUT, first);
          uint i = from < first ? from : last;
          while (i < to) {
            found = k_both$(found, k_node$(level, leaves, i));
            i = i + 1u == first ? last : i + 1u;
          }
          from = first / K_FANOUT;
          to = last / K_FANOUT;
          uint above = (nodes + K_FANOUT - 1u) / K_FANOUT;
          if (!leaves) {
            level += uint64_t(nodes) * K_NODE_BYTES$;
          }
          nodes = above;
          leaves = false;
        }
        return found;
      }
      """;

  private static final String LEAF =
      """
      T k_leaf$(uint i) {
        if (%s) {
          return %s;
        }
        return K_NONE$;
      }
      """;

  private static final String BITS =
      """
      T k_both$(T a, T b) {
        return a %s b;
      }
      """;

  /** Takes the first of equal values. */
  private static final String BETTER =
      """
      T k_both$(T a, T b) {
        if (a == K_NONE$ || b == K_NONE$) {
          return min(a, b);
        }
        uint first = min(a, b);
        uint second = max(a, b);
        %1$s x = %2$s;
        %1$s y = %3$s;
        return %4$s ? second : first;
      }
      """;

  private FoldCode() {}

  /** Returns the kernel that makes a level of a tree from the one below it. */
  static ShaderSource level(WindowPlan plan, Fold fold) {
    KernelText kernel = new KernelText("window/level").arguments("source", "target", "sources");
    kernel.columns(plan.layouts().size());
    addNodes(kernel, new Columns(kernel, plan.layouts()), fold, "");
    return kernel.append(WindowCode.loop(text(fold, LEVEL, ""))).source();
  }

  /** Adds {@code k_folded_N(uint lower, uint upper)} of the tree of a number. */
  static void addRange(KernelText kernel, Columns columns, Fold fold, int tree) {
    String suffix = "_" + tree;
    addNodes(kernel, columns, fold, suffix);
    kernel.append(text(fold, RANGE, suffix).replace("#", "tree" + tree));
  }

  /** Adds functions that make a leaf of a row, and combine two nodes. */
  private static void addNodes(KernelText kernel, Columns columns, Fold fold, String suffix) {
    kernel.append("#ifndef K_FANOUT\n#define K_FANOUT " + FrameTree.FANOUT + "u\n#endif");
    kernel.define("K_NODE_BYTES" + suffix, FrameTree.nodeBytes(fold) + "ul");
    kernel.define("K_NONE" + suffix, none(fold.function()));
    String valid = columns.valid(fold.column(), "i");
    boolean isBits = fold.function().foldsBits();
    String leaf = isBits ? "T(int64_t(" + columns.value(fold.column(), "i") + "))" : "i";
    kernel.append(text(fold, LEAF.formatted(valid, leaf), suffix));
    String both =
        isBits ? BITS.formatted(operator(fold.function())) : better(kernel, columns, fold);
    kernel.append(text(fold, both, suffix));
  }

  private static String none(WindowFunction function) {
    return switch (function) {
      case BIT_AND -> "0xFFFFFFFFFFFFFFFFul";
      case BIT_OR, BIT_XOR -> "0ul";
      default -> "0xFFFFFFFFu";
    };
  }

  private static String operator(WindowFunction function) {
    return switch (function) {
      case BIT_AND -> "&";
      case BIT_OR -> "|";
      default -> "^";
    };
  }

  private static String better(KernelText kernel, Columns columns, Fold fold) {
    DataType type = columns.type(fold.column());
    boolean least = fold.function() == WindowFunction.MIN;
    return BETTER.formatted(
        RegisterType.of(type).glslName(),
        columns.value(fold.column(), "first"),
        columns.value(fold.column(), "second"),
        WindowCode.less(kernel, type, least ? "y" : "x", least ? "x" : "y"));
  }

  private static String text(Fold fold, String template, String suffix) {
    boolean isBits = fold.function().foldsBits();
    return template
        .replaceAll("\\bT\\b", isBits ? "uint64_t" : "uint")
        .replaceAll("\\bB\\b", isBits ? "BufferU64" : "BufferU32")
        .replace("$", suffix);
  }
}
