// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.exec;

import dev.kronos.operator.join.BuildSpec;
import dev.kronos.operator.join.BuildTable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;

/**
 * Shares the tables that this executor built of broadcasts among its tasks: each is built once, and
 * stays on the device between tasks for as long as its broadcast exists. Thread-safe.
 */
final class BuildTables implements AutoCloseable {
  private final Map<Key, Entry> entries = new ConcurrentHashMap<>();
  private final LongPredicate exists;

  /**
   * Creates an empty collection.
   *
   * @param exists tells whether the broadcast of an id still exists
   */
  BuildTables(LongPredicate exists) {
    this.exists = exists;
  }

  /** Names a table: two joins may build one broadcast by different keys. */
  private record Key(long broadcast, BuildSpec spec) {}

  /**
   * Returns a table. Others that ask for it meanwhile wait for it.
   *
   * @param broadcast the broadcast's id
   * @param spec how the table is built of it
   * @param build builds it, if need be
   * @return a table with a reference that the caller closes
   */
  BuildTable table(long broadcast, BuildSpec spec, Supplier<BuildTable> build) {
    dropGone(broadcast);
    Key key = new Key(broadcast, spec);
    BuildTable table = null;
    while (table == null) {
      // An entry that another task dropped in between is closed and gives nothing.
      table = entries.computeIfAbsent(key, k -> new Entry()).retained(build);
    }
    return table;
  }

  /** Drops the tables of broadcasts that are gone, so that they do not wait for the end. */
  private void dropGone(long wanted) {
    for (Iterator<Map.Entry<Key, Entry>> i = entries.entrySet().iterator(); i.hasNext(); ) {
      Map.Entry<Key, Entry> entry = i.next();
      long broadcast = entry.getKey().broadcast();
      if (broadcast != wanted && !exists.test(broadcast)) {
        i.remove();
        entry.getValue().close();
      }
    }
  }

  /**
   * Drops all tables; those that tasks hold go with their last reference. Tables asked for later
   * are built anew.
   */
  @Override
  public void close() {
    for (Key key : List.copyOf(entries.keySet())) {
      Entry dropped = entries.remove(key);
      if (dropped != null) {
        dropped.close();
      }
    }
  }

  /** Holds one table, or the place for it. */
  private static final class Entry {
    private BuildTable table;
    private boolean closed;

    synchronized BuildTable retained(Supplier<BuildTable> build) {
      if (closed) {
        return null;
      }
      if (table == null) {
        table = build.get();
      }
      return table.retain();
    }

    synchronized void close() {
      closed = true;
      if (table != null) {
        table.close();
        table = null;
      }
    }
  }
}
