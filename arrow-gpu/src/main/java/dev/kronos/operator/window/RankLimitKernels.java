// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.window;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnLayout;
import dev.kronos.dispatch.Kernel;
import dev.kronos.operator.pipeline.KernelText;
import dev.kronos.vulkan.spirv.ShaderSource;
import java.util.List;

/**
 * Holds the kernels that limit ranks. Immutable.
 *
 * @param partitions marks the first rows of partitions
 * @param peers marks the first rows of groups of peers
 * @param places lists marked rows
 * @param within marks rows whose rank is small, and tells where the last row stands
 */
record RankLimitKernels(Kernel partitions, Kernel peers, Kernel places, Kernel within) {

  /** Compiles the kernels over columns that leave the pipeline, or finds them compiled. */
  static RankLimitKernels of(Kronos kronos, RankLimit limit, List<ColumnLayout> layouts) {
    List<Kernel> all = sources(limit, layouts).stream().map(kronos.kernels()::compile).toList();
    return new RankLimitKernels(all.get(0), all.get(1), all.get(2), all.get(3));
  }

  /** Returns the texts of the kernels, in order. */
  static List<ShaderSource> sources(RankLimit limit, List<ColumnLayout> layouts) {
    WindowSpec windows = limit.windows();
    return List.of(
        WindowCode.marks(layouts, windows.partition()),
        WindowCode.marks(layouts, windows.keys()),
        WindowCode.places(),
        within(limit.function()));
  }

  /**
   * Rows of the first partition go on from where a row of the batch before stood: {@code number} is
   * the place of row 0 in its partition and {@code rank} its rank, both from 1. The first {@code
   * skipped} rows are not kept.
   */
  private static ShaderSource within(WindowFunction function) {
    String rank =
        switch (function) {
          case ROW_NUMBER -> "number";
          case RANK ->
              "firstPeer > start ? firstPeer - start + (first ? k_args.number : 1ul) : firstRank";
          default -> "group - BufferU32(k_args.peers).v[start + 1u] + 1u + firstRank";
        };
    return new KernelText("window/within")
        .arguments("kept", "partitions", "partitionRows", "peers", "peerRows")
        .arguments("standing", "number", "rank", "skipped", "most")
        .append(
            WindowCode.loop(
                """
                uint part = BufferU32(k_args.partitions).v[row + 1u] - 1u;
                uint start = BufferU32(k_args.partitionRows).v[part];
                uint group = BufferU32(k_args.peers).v[row + 1u] - 1u;
                uint firstPeer = BufferU32(k_args.peerRows).v[group];
                bool first = part == 0u;
                uint64_t firstRank = first ? k_args.rank : 1ul;
                uint64_t number = row - start + (first ? k_args.number : 1ul);
                uint64_t rank = %s;
                bool kept = row >= uint(k_args.skipped) && rank <= k_args.most;
                BufferU32(k_args.kept).v[row] = kept ? 1u : 0u;
                if (row + 1u == root.count) {
                  BufferU64(k_args.standing).v[0] = number;
                  BufferU64(k_args.standing).v[1] = rank;
                }
                """
                    .formatted(rank)))
        .source();
  }
}
