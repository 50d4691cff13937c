// SPDX-License-Identifier: Apache-2.0
package dev.kronos.spark.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers what was said about the nodes of each query: adaptive execution plans a query many
 * times, in parts, and what was said of a node is not to be said again. Thread-safe.
 *
 * <p>A node has no name that lasts from one plan to the next. So decisions are counted: when a plan
 * has more equal ones than any plan of the query before, those in excess are new.
 */
final class SaidDecisions {
  private static final int QUERIES_REMEMBERED = 256;

  private final Map<String, Map<NodeDecision, Integer>> timesOfQuery =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Map<NodeDecision, Integer>> eldest) {
          return size() > QUERIES_REMEMBERED;
        }
      };

  /**
   * Returns what was not yet said of a query, and remembers it as said.
   *
   * @param query the query's id
   * @param decisions about all nodes of one plan of the query
   * @return those that are new, in order
   */
  synchronized List<NodeDecision> fresh(String query, List<NodeDecision> decisions) {
    Map<NodeDecision, Integer> said = timesOfQuery.computeIfAbsent(query, id -> new HashMap<>());
    Map<NodeDecision, Integer> met = new HashMap<>();
    List<NodeDecision> fresh = new ArrayList<>();
    for (NodeDecision decision : decisions) {
      int times = met.merge(decision, 1, Integer::sum);
      if (times > said.getOrDefault(decision, 0)) {
        said.put(decision, times);
        fresh.add(decision);
      }
    }
    return fresh;
  }
}
