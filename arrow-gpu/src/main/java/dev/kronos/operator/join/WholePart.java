// SPDX-License-Identifier: Apache-2.0
package dev.kronos.operator.join;

import dev.kronos.Kronos;
import dev.kronos.column.ColumnBatch;
import dev.kronos.dispatch.StreamCounters;
import dev.kronos.operator.pipeline.Resources;
import java.util.List;

/** Joins a part whose build side is one table. */
final class WholePart implements PartJoin {
  private final Resources resources = new Resources();
  private final JoinPass pass;

  /** Takes over the part, and the table of its build side; nothing where it fails. */
  WholePart(Kronos kronos, JoinSpec spec, BuildTable table, JoinPart part) {
    this.pass = new JoinPass(kronos, spec, table, part.probe(), null);
    resources.own(part);
    resources.own(table);
    resources.own(pass);
  }

  @Override
  public ColumnBatch next() {
    return pass.next();
  }

  @Override
  public ColumnBatch probed() {
    return pass.probed();
  }

  @Override
  public List<StreamCounters> counters() {
    return List.of(pass.counters());
  }

  @Override
  public void close() {
    resources.close();
  }
}
